"""Find the header row and the delimiter of a CSV, whatever precedes the header.

Format facts: exports have commas; a table that a spreadsheet saved again may have semicolons or tabs, a byte order mark,
UTF-16, or a first line `sep=;`. Notes of any length may precede the header.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Dialect, Row, read_rows
from pipeline.formats.decoding import decode
from pipeline.model.naming import normalise_name
from pipeline.model.records import Parsed
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Member, Reader
from pipeline.sources.shared.csv_tables.rows import unknown_header

_HEAD: Final = 1 << 16
_DELIMITERS: Final = ",;\t|"
_MOST_ROWS: Final = 200
_BEFORE_HEADER: Final = re.compile(r"\ufeff?(?:[\r\n]|sep=.\r?\n)*", re.IGNORECASE)


class Heading(NamedTuple):
    """A header row."""

    delimiter: str
    columns: tuple[str, ...]
    """As written."""

    @property
    def names(self) -> frozenset[str]:
        """Column names in normal form."""
        return frozenset(normalise_name(column) for column in self.columns) - {""}

    def dialect(self, *, backslash: bool = False) -> Dialect:
        """Return the dialect of the table under this header."""
        return Dialect(self.delimiter, backslash=backslash)


NO_HEADING: Final = Heading(",", ())
"""The heading of a member that has none: the first row of a comma-separated table."""
FindHeading: TypeAlias = Callable[[Member], Heading]
"""Returns the heading of a member's table."""


def headings(member: Member) -> Iterator[Heading]:
    """Yield the first rows of at least two cells, under each delimiter."""
    text, _ = decode(member.head(_HEAD))
    for delimiter in _DELIMITERS:
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                if number >= _MOST_ROWS:
                    break
                if sum(1 for cell in row if cell.strip()) > 1:
                    yield Heading(delimiter, tuple(row))
        except csv.Error:
            continue


def find_heading(member: Member, fits: Callable[[frozenset[str]], object]) -> Heading | None:
    """Return the first row whose normalised names fit; None when no row does."""
    return next((heading for heading in headings(member) if fits(heading.names)), None)


def widest_heading(member: Member) -> Heading:
    """Return the first of the rows with the most cells: the header of a table whose columns are unknown."""
    return max(headings(member), key=lambda heading: len(heading.columns), default=NO_HEADING)


def first_heading(member: Member) -> Heading:
    """Return the first row of a table, under the delimiter that splits it into the most cells; a line `sep=;` is no row."""
    text, _ = decode(member.head(_HEAD))
    start = _BEFORE_HEADER.match(text)
    text = text[start.end() if start else 0 :]
    found = []
    for delimiter in _DELIMITERS:
        try:
            found.append(
                Heading(delimiter, tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])))
            )
        except csv.Error:
            continue
    return max(found, key=lambda heading: len(heading.columns), default=NO_HEADING)


def row_counter(find: FindHeading) -> Count:
    """Return the counter of rows of tables whose heading a function finds."""

    def count(member: Member, context: Context) -> int:
        heading = find(member)
        return csv_rows(heading.dialect(), heading.columns)(member, context)

    return count


def read_table(member: Member, heading: Heading) -> Iterator[Row]:
    """Yield the rows under a heading."""
    with member.open() as stream:
        yield from read_rows(stream, heading.dialect(), heading.columns)


def set_aside_table(member: Member, _context: Context) -> Iterator[Parsed]:
    """Set aside all rows of a table whose columns are unknown, with the names of its columns."""
    for row in read_table(member, widest_heading(member)):
        yield unknown_header(row)


UNKNOWN_TABLE: Final = Reader(set_aside_table, row_counter(widest_heading))
"""The reader of tables with a usual name, or of a usual shape, whose columns are unknown."""
