"""Reddit as a source: the flat CSV tables of a data request."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Row, read_rows
from pipeline.model.naming import normalise_name
from pipeline.model.records import ListSeen, Parsed
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
    table_name,
)
from pipeline.sources.shared.csv_tables.rows import malformed_row, skip_rows, unknown_header

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


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by usual name and fitting header; a table of headers is read only where the full table is missing."""
    tables = {table_name(member.name) for member in archive.members}
    for member in archive.members:
        name = table_name(member.name)
        if name not in READER_OF:
            continue
        reader = "headers" if FULL_TABLE.get(name) in tables else READER_OF[name]
        first_line = member.head(8192).decode("utf-8-sig", "replace").splitlines()[:1]
        columns = {normalise_name(cell.strip('"')) for cell in (first_line[0].split(",") if first_line else [])}
        has_required = all(column in columns for column in REQUIRED.get(READER_OF[name], ()))
        if name in DISTINCTIVE or (has_required and DISTINCTIVE_COLUMNS & columns):
            yield Claim(member.name, reader, 0.9)
        elif has_required and (tables & DISTINCTIVE or "statistics" in tables):
            yield Claim(member.name, reader, 0.6)


def table_parser(reader: str) -> Parse:
    """Return the parser of a kind of table; malformed rows and rows without a required column are set aside."""
    read_row, required = _ROW_READERS[reader], [normalise_name(column) for column in REQUIRED[reader]]

    def parse(member: Member, context: Context) -> Iterator[Item]:
        with member.open() as stream:
            for row in read_rows(stream):
                if row.problem:
                    yield malformed_row(row)
                elif not all(column in row.values for column in required):
                    yield unknown_header(row)
                else:
                    yield read_row(row, context)
        if reader == "friends":
            yield ListSeen("follows", complete=True)

    return parse


SOURCE = Source(
    name="reddit",
    version=3,
    platforms=(REDDIT,),
    recognise=recognise,
    readers={
        **{name: Reader(table_parser(name), csv_rows()) for name in _ROW_READERS},
        **{name: Reader(skip_rows(rule), csv_rows()) for name, rule in _SKIP_RULES.items()},
        "statistics": Reader(None, None),
        "subreddits": Reader(None, None),
    },
    survey=survey,
    facts=RedditFacts,
)
