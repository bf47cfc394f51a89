"""Read CSV rows with their line numbers: columns by normalised names, quoting by a given dialect, every row accounted for."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pipeline.formats.decoding import clean, decode, utf8_stream
from pipeline.model.naming import normalise_name

_FIELD_LIMIT = 64 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written.

    Attributes:
        delimiter: between two fields.
        backslash: whether a quote inside quotes may also be escaped by a backslash, as LinkedIn does.
        skip_blanks: whether blanks between the delimiter and a quote are ignored.
        has_header: whether the first row names the columns.
    """

    delimiter: str = ","
    backslash: bool = False
    skip_blanks: bool = False
    has_header: bool = True

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `csv.reader`."""
        return {
            "delimiter": self.delimiter,
            "escapechar": "\\" if self.backslash else None,
            "skipinitialspace": self.skip_blanks,
            "strict": False,
        }


@dataclass(slots=True)
class Row:
    """A row of a CSV file.

    Attributes:
        line: line where it starts, from 1.
        offset: byte where it starts.
        values: by normalised column name; without a header by position, as "0", "1" …
        problem: None, `too_many_fields`, or `unterminated_quote`: the row is then the rest of the file.
    """

    line: int
    offset: int
    values: dict[str, str] = field(default_factory=dict)
    problem: str | None = None

    @property
    def pointer(self) -> str:
        """Location of the row in the member."""
        return f"byte:{self.offset}" if self.problem == "unterminated_quote" else f"line:{self.line}"

    def get(self, *names: str) -> str:
        """Return the first non-empty value of these columns, stripped; else the empty string."""
        for name in names:
            if value := self.values.get(normalise_name(name), "").strip():
                return value
        return ""


def is_header(row: Sequence[str], wanted: Sequence[str]) -> bool:
    """Return whether a row holds all the wanted column names, in normal form."""
    names = {normalise_name(cell) for cell in row}
    return all(normalise_name(name) in names for name in wanted)


class _Lines:
    """Physical lines of a stream as text, with the location of the current record."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = utf8_stream(stream)
        self._split = re.compile(rb"\r\n|\r|\n")
        self.line = self.offset = 0
        self.ended = False
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        rest = b""
        while data := self._stream.read(1 << 18):
            data = rest + data
            start = 0
            for found in self._split.finditer(data, 0, len(data) - (1 if data.endswith(b"\r") else 0)):
                yield self._line(data[start : found.end()])
                start = found.end()
            rest = data[start:]
        if rest:
            yield self._line(rest)
        self.ended = True

    def _line(self, raw: bytes) -> str:
        self.line += 1
        self.offset += len(raw)
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text, _ = decode(raw)
        text = clean(text)
        self.record.append(text)
        return text


def _is_open(record: str, dialect: Dialect) -> bool:
    """Return whether a record's last quote is not closed."""
    inner = r'(?:[^"\\]++|\\.|"")*+' if dialect.backslash else r'(?:[^"]++|"")*+'
    opening = rf'(?:\A|(?<=[\r\n{re.escape(dialect.delimiter)}])){" *" if dialect.skip_blanks else ""}"'
    return re.search(opening, re.sub(f'{opening}{inner}"', "q", record, flags=re.DOTALL)) is not None


def read_rows(stream: BinaryIO, dialect: Dialect | None = None, header: Sequence[str] = ()) -> Iterator[Row]:
    """Yield the data rows of a CSV file; blank rows are skipped.

    Args:
        stream: bytes in UTF-8, or UTF-16 with a byte order mark; lines in cp1252 are decoded as such.
        dialect: how the file is written; None for commas and RFC 4180 quotes.
        header: column names that the header must hold; rows before it are skipped, and without it no row is yielded. With () the
            first non-empty row is the header.
    """
    how = dialect or Dialect()
    source = _Lines(stream)
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        yield from _rows(source, how, header)
    finally:
        csv.field_size_limit(before)


def _rows(source: _Lines, how: Dialect, header: Sequence[str]) -> Iterator[Row]:
    columns: list[str] | None = None if how.has_header else []
    reader = csv.reader(iter(source), **how.arguments())
    while True:
        line, offset = source.line + 1, source.offset
        source.record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, offset, problem="unterminated_quote")
            return
        if source.ended and _is_open("".join(source.record), how):
            if columns is not None:
                yield Row(line, offset, problem="unterminated_quote")
            return
        if not cells:
            continue
        if columns is None:
            if not header or is_header(cells, header):
                columns = [normalise_name(cell) for cell in cells]
            continue
        if not how.has_header:
            yield Row(line, offset, {str(place): cell for place, cell in enumerate(cells)})
        elif len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            yield Row(line, offset, dict(zip(columns, cells, strict=False)), "too_many_fields")
        else:
            yield Row(line, offset, dict(zip(columns, cells, strict=False)))
