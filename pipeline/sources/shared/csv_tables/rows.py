"""Rows that become no data: malformed ones, rows under an unknown header, rows of a table that a rule leaves out."""

from collections.abc import Iterator

from pipeline.formats.csv_rows import Row, read_rows
from pipeline.model.records import Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Member, Parse

_LONGEST_HEADER = 300
"""Characters of a header that a reason quotes."""


def malformed_row(row: Row) -> SetAside:
    """Set aside a row that cannot be split into columns: an unclosed quote, or more fields than the header has."""
    reason = "this row can't be read: a quote is never closed, or it has too many fields"
    return SetAside(row.pointer, row.problem or "unreadable", reason)


def unknown_header(row: Row) -> SetAside:
    """Set aside a row of a table whose header lacks a required column. The reason quotes the header, never the row."""
    columns = ", ".join(row.values)[:_LONGEST_HEADER]
    return SetAside(row.pointer, "unknown_layout", f"not understood: please report the header row ({columns})")


def skip_rows(rule: str, header: tuple[str, ...] = ()) -> Parse:
    """Return a parser that leaves out every row of a table.

    Args:
        rule: one of `pipeline.model.codes.SKIP_RULES`.
        header: columns by which the header is found where text may precede it; empty for the first row.
    """

    def parse(member: Member, _context: Context) -> Iterator[Parsed]:
        with member.open() as stream:
            for row in read_rows(stream, header=header):
                yield Skipped(row.pointer, rule)

    return parse
