"""Reddit as a source: the flat CSV tables of a data request."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Row, read_rows
from pipeline.model.naming import normalise_name
from pipeline.model.records import Context, ListSeen, Parsed, SetAside, Skipped
from pipeline.sources.base import Archive, Claim, Item, Member, Parse, Reader, Source
from pipeline.sources.reddit import rows
from pipeline.sources.reddit.declaration import REDDIT
from pipeline.sources.reddit.survey import survey
from pipeline.sources.reddit.tables import BASE_OF, NAMES, REQUIRED, table_name

_TELLING: Final = frozenset(
    {"chat_history", "gilded_content", "gold_received", "post_votes", "comment_votes", "comment_headers"}
)
"""Names of tables that only Reddit has."""
_HANDLES: Final[dict[str, Callable[[Row, Context], Parsed]]] = {
    "comments": lambda row, context: rows.post_or_comment(row, context, comment=True),
    "posts": lambda row, context: rows.post_or_comment(row, context, comment=False),
    "messages": rows.message,
    "chat": rows.chat,
    "votes": rows.vote,
    "friends": rows.friend,
    "gilded": rows.award_given,
    "gold": rows.award_received,
}
_SKIPS: Final = {
    "headers": "duplicate_of_other_file",
    "announcements": "system_line",
    "drafts": "draft",
    "other": "not_social",
}


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by usual name and fitting header; tables of headers only where the full table isn't there."""
    tables = {table_name(member.name) for member in archive.members}
    for member in archive.members:
        name = table_name(member.name)
        if name not in NAMES:
            continue
        reader = "headers" if BASE_OF.get(name) in tables else NAMES[name]
        first = member.head(8192).decode("utf-8-sig", "replace").splitlines()[:1]
        columns = {normalise_name(cell.strip('"')) for cell in (first[0].split(",") if first else [])}
        fits = all(column in columns for column in REQUIRED.get(NAMES[name], ()))
        reddish = bool(
            {"permalink", "subreddit", "statistic", "content_link", "channel_url", "gilder_username"} & columns
        )
        if name in _TELLING or (fits and reddish):
            yield Claim(member.name, reader, 0.9)
        elif fits and (tables & _TELLING or "statistics" in tables):
            yield Claim(member.name, reader, 0.6)


def reader_of(reader: str) -> Parse:
    """Return the parse function of a kind of table."""
    handle, required = _HANDLES[reader], [normalise_name(column) for column in REQUIRED[reader]]

    def read(member: Member, context: Context) -> Iterator[Item]:
        with member.open() as stream:
            for row in read_rows(stream):
                if row.problem:
                    yield SetAside(
                        row.pointer,
                        row.problem,
                        "this row can't be read: a quote is never closed, or it has too many fields",
                    )
                elif not all(column in row.values for column in required):
                    columns = ", ".join(row.values)[:300]
                    yield SetAside(
                        row.pointer, "unknown_layout", f"not understood: please report the header row ({columns})"
                    )
                else:
                    yield handle(row, context)
        if reader == "friends":
            yield ListSeen("follows", complete=True)

    return read


def skipper_of(rule: str) -> Parse:
    """Return a parse function that leaves out every row by a rule."""

    def read(member: Member, _context: Context) -> Iterator[Item]:
        with member.open() as stream:
            for row in read_rows(stream):
                yield Skipped(row.pointer, rule)

    return read


SOURCE = Source(
    name="reddit",
    version=2,
    platforms=(REDDIT,),
    recognise=recognise,
    readers={
        **{name: Reader(reader_of(name), csv_rows()) for name in _HANDLES},
        **{name: Reader(skipper_of(rule), csv_rows()) for name, rule in _SKIPS.items()},
        "statistics": Reader(None, None),
        "subreddits": Reader(None, None),
    },
    survey=survey,
)
