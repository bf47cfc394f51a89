"""Columns and values at the start of a file of any text format: JSON, CSV, blocks of `label: value` lines, chat lines, mail."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from pipeline.formats.decoding import decode

SAMPLED: Final = 1 << 16
"""Bytes of a file that are looked at."""
_ROWS: Final = 400
_PREAMBLE: Final = 8
"""Lines that may precede the header row of a CSV file."""
_JSON: Final = re.compile(r"\A\s*(?:[\w.$]+(?:\[[^\]]*\])?(?:\.\w+)*\s*=\s*)?[\[{]\s*[\[{\"]")
_PAIR: Final = re.compile(r'"((?:[^"\\]|\\.){1,80})"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?))')
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
_LABEL: Final = re.compile(r"^\s*([^\W\d][^:\n]{0,40}?)\s*:\s(?:\s*(\S.*))?$")
_CHAT_LINE: Final = re.compile(
    r"^[^\w\n]{0,4}\d[^\n]{0,40}?\d{1,2}[:.]\d{2}[^\n:]{0,16}?[\]\-–,:]\s+([^\W\d][^:\n]{0,40}):\s"
)
_MAIL_HEADER: Final = re.compile(r"^(from|to|date|subject|message-id|received|mime-version):", re.IGNORECASE)
_MAIL_HEADERS: Final = 4
_DELIMITERS: Final = (",", ";", "\t", "|")

Form = Literal["json", "csv", "blocks", "chat", "mail"]


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of a file.

    Attributes:
        form: how the file is written.
        columns: name -> values that are not empty, in the file's order; none for chat lines and mail, whose names are content.
        rows: aligned rows of a CSV file, in the order of `columns`; none for other forms.
    """

    form: Form
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Sequence[Sequence[str]] = ()


def sample(head: bytes) -> Sample | None:
    """Return what the start of a file holds; None when it is no text or has no records of a known form.

    >>> sample(b'[{"sender": "Ana", "at": 1700000000}]').columns
    {'sender': ['Ana'], 'at': ['1700000000']}
    """
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    text, _ = decode(head)
    text = text.lstrip("\ufeff")
    if _JSON.match(text):
        columns = _json_columns(text)
        return Sample("json", columns) if columns else None
    lines = text.splitlines()
    if len(head) >= SAMPLED:
        del lines[-1:]
    if _is_mail(lines):
        return Sample("mail")
    if len({match[1].strip() for line in lines if (match := _CHAT_LINE.match(line))}) > 1:
        return Sample("chat")
    return _csv(lines) or _blocks(lines)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text) if "\\" in text else text


def _json_columns(text: str) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for name, string, number in _PAIR.findall(text):
        if value := _unescaped(string).strip() or number:
            columns.setdefault(_unescaped(name), []).append(value)
    return columns


def _is_mail(lines: Sequence[str]) -> bool:
    """Return whether the file starts with the headers of a mail, perhaps below the separator of a mailbox."""
    found: set[str] = set()
    for line in lines[:60]:
        if not line.strip() and found:
            break
        if match := _MAIL_HEADER.match(line):
            found.add(match[1].lower())
    return len(found) >= _MAIL_HEADERS and {"from", "date"} <= found


def _csv(lines: Sequence[str]) -> Sample | None:
    for start in range(min(_PREAMBLE, len(lines))):
        delimiter = max(_DELIMITERS, key=lines[start].count)
        if lines[start].count(delimiter) < 2:
            continue
        header, *rows = _rows(lines[start:], delimiter)
        names = [cell.strip() for cell in header]
        rows = [row for row in rows if len(row) == len(names)]
        if all(names) and len(set(names)) == len(names) and rows:
            columns = {name: [row[place] for row in rows if row[place]] for place, name in enumerate(names)}
            return Sample("csv", columns, rows)
    return None


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            rows.append([cell.strip() for cell in row])
            if len(rows) > _ROWS:
                break
    except csv.Error:  # a field over the limit: what was read so far is enough
        pass
    return rows or [[]]


def _blocks(lines: Sequence[str]) -> Sample | None:
    """Return the labels of `label: value` lines that occur in at least two adjacent lines of the same order."""
    found = list(_labels(lines))
    together = set(pairwise(label for label, _ in found))
    repeated = {label for pair in together for label in pair if pair[0] != pair[1]}
    columns: dict[str, list[str]] = {}
    for label, value in found:
        if label in repeated and value:
            columns.setdefault(label, []).append(value)
    return Sample("blocks", columns) if len(columns) > 1 else None


def _labels(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if match := _LABEL.match(line):
            yield match[1], (match[2] or "").strip()
