"""Reddit as a source: the flat CSV tables of a data request."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from pipeline.formats.csv_rows import Row
from pipeline.model.naming import normalise_name
from pipeline.model.records import ListSeen, Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Archive, Claim, Item, Member, Parse, Reader, Source
from pipeline.sources.reddit import messages, posts
from pipeline.sources.reddit.declaration import REDDIT
from pipeline.sources.reddit.facts import RedditFacts
from pipeline.sources.reddit.survey import survey
from pipeline.sources.reddit.tables import (
    DISTINCTIVE,
    DISTINCTIVE_COLUMNS,
    FULL_TABLE,
    READER_OF,
    REQUIRED,
    SHAPES,
    table_name,
)
from pipeline.sources.shared.csv_tables.headings import first_heading, read_table, row_counter
from pipeline.sources.shared.csv_tables.rows import malformed_row, unknown_header

_ROW_READERS: Final[dict[str, Callable[[Row, Context], Parsed]]] = {
    "comments": posts.comment,
    "posts": posts.post,
    "messages": messages.message,
    "chat": messages.chat,
    "votes": posts.vote,
    "friends": posts.friend,
    "gilded": posts.award_given,
    "gold": posts.award_received,
}
_SKIP_RULES: Final = {
    "headers": "duplicate_of_other_file",
    "announcements": "system_line",
    "drafts": "draft",
    "other": "not_social",
}
"""Reader -> the rule by which it leaves out all rows."""


class _Table(NamedTuple):
    """A CSV of an archive."""

    member: str
    name: str
    """Its name without part numbers (`tables.table_name`)."""
    columns: frozenset[str]

    @property
    def reader(self) -> str:
        """The reader by usual name, else by a header that only Reddit writes; empty for other tables."""
        shaped = next((reader for reader, columns in SHAPES.items() if columns <= self.columns), "")
        return READER_OF.get(self.name, shaped)

    @property
    def fits(self) -> bool:
        """Whether the header has the columns that its reader needs."""
        return all(column in self.columns for column in REQUIRED.get(self.reader, ()))

    @property
    def is_distinctive(self) -> bool:
        """Whether name or header are Reddit's only."""
        return self.name in DISTINCTIVE or (self.fits and bool(DISTINCTIVE_COLUMNS & self.columns))


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by usual name and fitting header, or by a header that only Reddit writes.

    A table of headers is read only where the full table is missing. Beside another table of Reddit's, one with a usual name
    and another header is claimed too, so that its rows are set aside.
    """
    found = [
        _Table(member.name, name, first_heading(member).names)
        for member in archive.members
        if (name := table_name(member.name))
    ]
    tables = {table.name for table in found if table.name in READER_OF}
    is_reddit = "statistics" in tables or any(table.reader and table.is_distinctive for table in found)
    for table in found:
        reader = "headers" if FULL_TABLE.get(table.name) in tables else table.reader
        if reader and (table.is_distinctive or is_reddit):
            yield Claim(table.member, reader, 0.9 if table.is_distinctive else 0.6 if table.fits else 0.3)


def table_parser(reader: str) -> Parse:
    """Return the parser of a kind of table; malformed rows and rows without a required column are set aside."""
    read_row, required = _ROW_READERS[reader], [normalise_name(column) for column in REQUIRED[reader]]

    def parse(member: Member, context: Context) -> Iterator[Item]:
        complete = True
        for row in read_table(member, first_heading(member)):
            if row.problem:
                item: Parsed = malformed_row(row)
            elif not all(column in row.values for column in required):
                item = unknown_header(row)
            else:
                item = read_row(row, context)
            complete &= not isinstance(item, SetAside)
            yield item
        if reader == "friends":
            yield ListSeen("follows", complete=complete)

    return parse


def _skip(rule: str) -> Parse:
    """Return a parser that leaves out every row of a table."""
    return lambda member, _context: (Skipped(row.pointer, rule) for row in read_table(member, first_heading(member)))


SOURCE = Source(
    name="reddit",
    version=3,
    platforms=(REDDIT,),
    recognise=recognise,
    readers={
        **{name: Reader(table_parser(name), row_counter(first_heading)) for name in _ROW_READERS},
        **{name: Reader(_skip(rule), row_counter(first_heading)) for name, rule in _SKIP_RULES.items()},
        "statistics": Reader(None, None),
        "subreddits": Reader(None, None),
    },
    survey=survey,
    facts=RedditFacts,
)
