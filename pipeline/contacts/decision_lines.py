"""The lines of contacts.csv and steps.csv, each valid CSV or a problem that names the line. Source: methods:owner-decisions."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

COLUMNS: Final = ("action", "contact", "other", "tier", "audience", "exclude", "note")
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
"""Bytes that aren't UTF-8, as `errors="surrogateescape"` decodes them."""


class LineProblem(ValueError):  # noqa: N818 - a finding that is collected, seldom raised
    """A line is invalid; the message names the file, the line and what is allowed."""

    def __init__(self, number: int, words: str, file: str) -> None:
        super().__init__(f"{file}, line {number}: {words}")


@dataclass(frozen=True, slots=True)
class Layout:
    """A file that the owner edits: its name, its columns, and those of them that its first line must have."""

    file: str
    columns: tuple[str, ...]
    required: tuple[str, ...]


CONTACTS: Final = Layout("contacts.csv", COLUMNS, ("action", "contact"))


@dataclass(frozen=True, slots=True)
class Line:
    """One decision: the number of its first line, and column -> stripped text."""

    number: int
    values: dict[str, str]
    file: str

    def __getitem__(self, column: str) -> str:
        """Return the text in a column, empty when the file has no such column."""
        return self.values.get(column, "")

    def problem(self, words: str) -> LineProblem:
        """Return what is wrong with this line."""
        return LineProblem(self.number, words, self.file)


def decision_lines(text: str, layout: Layout = CONTACTS) -> Iterator[Line | LineProblem]:
    """Yield each line that isn't empty, or what is wrong with it.

    A quoted field may contain line breaks. A quote that is never closed spoils its own line only.

    Args:
        text: CSV with a header row; bytes that aren't UTF-8 as surrogates.
        layout: the file's columns.
    """
    records = _records(text.removeprefix("\ufeff"), layout.file)
    heads = next(records, None)
    if heads is None:
        return
    if isinstance(heads, LineProblem):
        yield heads
        return
    _, names = heads
    names = [name.strip() for name in names]
    unknown = [name for name in names if name and name not in layout.columns]
    if not set(layout.required) <= set(names):
        words = f"the first line must name the columns, separated by commas: {','.join(layout.columns)}"
        yield LineProblem(1, words, layout.file)
        return
    if unknown:
        known = ", ".join(layout.columns)
        yield LineProblem(1, f"unknown column {unknown[0]!r}; known are {known}", layout.file)
    for record in records:
        if isinstance(record, LineProblem):
            yield record
            continue
        number, cells = record
        values = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name in layout.columns}
        if any(values.values()):
            yield Line(number, values, layout.file)


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]] | LineProblem]:
    """Yield (number of the first line, cells) of each record that isn't empty."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        reader = csv.reader((f"{line}\n" for line in islice(lines, at, None)), strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            yield LineProblem(at + 1, f"can't be read as CSV: {error}; look for a quote that isn't closed", file)
            at += 1
            continue
        damaged = next((n for n in range(at, at + reader.line_num) if _UNDECODED.search(lines[n])), None)
        if damaged is not None:
            yield LineProblem(damaged + 1, "not UTF-8 text; save the file as CSV UTF-8", file)
        elif cells:
            yield at + 1, cells
        at += reader.line_num
