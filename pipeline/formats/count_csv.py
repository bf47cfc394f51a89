"""Count CSV rows by the quoting rule alone: quoted fields are removed, and the remaining non-empty lines are rows."""

import csv
import io
import re
from collections.abc import Sequence
from typing import BinaryIO, Final

from pipeline.formats.csv_rows import Dialect, is_header
from pipeline.formats.decoding import decode

_CHUNK: Final = 1 << 20
_ROW = re.compile(rb"[^\r\n]+")


def _before_data(head: bytes, dialect: Dialect, header: Sequence[str]) -> int:
    """Return the number of non-empty rows before the first data row; -1 when the header is missing."""
    text, _ = decode(head)
    rows = 0
    for row in csv.reader(io.StringIO(text, newline=""), **dialect.arguments()):
        if not row:
            continue
        rows += 1
        if not header or is_header(row, header):
            return rows
    return -1


def rows_in(stream: BinaryIO, dialect: Dialect, header: Sequence[str]) -> int:
    """Return the number of non-empty rows after the header.

    An unterminated quote makes the rest of the file one record, as `csv_rows.read_rows` yields it.

    Args:
        stream: bytes in UTF-8.
        dialect: how the file is written.
        header: column names that the header must hold; () for any first row.
    """
    delimiter = re.escape(dialect.delimiter.encode())
    inner = rb'(?:[^"\\]++|\\.|"")*+' if dialect.backslash else rb'(?:[^"]++|"")*+'
    opening = rb"(?:\A|(?<=[\r\n]|" + delimiter + rb"))" + (rb" *" if dialect.skip_blanks else b"") + b'"'
    quoted = re.compile(opening + inner + b'"', re.DOTALL)
    unclosed = re.compile(opening)
    first = stream.read(_CHUNK)
    before = _before_data(first, dialect, header) if dialect.has_header else 0
    if before < 0:
        return 0
    number, rest, data = 0, b"", first
    while data:
        while data.endswith((b'"', b"\\")) and (more := stream.read(1 << 16)):
            data += more
        chunk = quoted.sub(b"q", rest + data)
        bad = unclosed.search(chunk)
        end = bad.start() if bad else len(chunk)
        cut = max(chunk.rfind(b"\n", 0, end), chunk.rfind(b"\r", 0, end)) + 1
        number += len(_ROW.findall(chunk, 0, cut))
        rest = chunk[cut:]
        data = stream.read(max(_CHUNK, len(rest)))
    return max(0, number + (1 if rest.strip(b"\r\n") else 0) - before)
