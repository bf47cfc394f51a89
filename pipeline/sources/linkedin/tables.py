"""The CSV files of a LinkedIn export: which one is which, and their rows.

Format facts: complete exports append the member's numeric id to the names of activity files (`Comments_17000001.csv`);
column names have or lack blanks (`First Name`, `FirstName`); `Connections.csv` may begin with notes above its header;
`Comments.csv` escapes a quote with a backslash, every other file doubles it.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Row, read_rows
from pipeline.model.durations import SECOND
from pipeline.model.naming import normalise_name
from pipeline.model.records import Parsed, SetAside
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Member, Parse
from pipeline.sources.linkedin.dates import has_day_first, is_slashed, parse_date
from pipeline.sources.shared.csv_tables.headings import Heading, find_heading, first_heading, read_table
from pipeline.sources.shared.csv_tables.rows import malformed_row

ReadRow: TypeAlias = Callable[[Row, Context], Parsed]
"""Turns one row of a table into its outcome."""


class Table(NamedTuple):
    """A kind of file."""

    reader: str
    columns: tuple[str, ...]
    """The columns by which its header is recognised."""
    one_of: tuple[str, ...] = ()
    """Further columns of which the header holds at least one."""
    distinctive: bool = True
    """Whether only LinkedIn writes such a header; the others are claimed only beside one that is."""
    own_name: bool = True
    """Whether only LinkedIn gives a file this name."""

    def fits(self, names: Iterable[str]) -> bool:
        """Return whether a header is of this table, case and blanks in names disregarded."""
        found = {_without_blanks(name) for name in names}
        any_further = not self.one_of or any(_without_blanks(name) in found for name in self.one_of)
        return any_further and all(_without_blanks(column) in found for column in self.columns)


_AI_MESSAGES: Final = Table("ai_messages", ("CONVERSATION ID", "FROM", "DATE"))
_CONTACTS: Final = Table("contacts", ("FirstName", "LastName", "Emails"), distinctive=False, own_name=False)
_RECOMMENDATION: Final = ("First Name", "Last Name", "Text", "Creation Date")
TABLES: Final[dict[str, Table]] = {
    "connections": Table("connections", ("First Name", "Last Name", "Connected On")),
    "messages": Table(
        "messages",
        ("FROM", "DATE", "CONTENT"),
        one_of=("CONVERSATION ID", "DIRECTION", "FOLDER"),
        own_name=False,
    ),
    "guidemessages": _AI_MESSAGES,
    "learningcoachmessages": _AI_MESSAGES,
    "learningroleplaymessages": _AI_MESSAGES,
    "invitations": Table("invitations", ("From", "To", "Sent At", "Direction")),
    "comments": Table("comments", ("Date", "Link", "Message"), own_name=False),
    "reactions": Table("reactions", ("Date", "Type", "Link"), own_name=False),
    "shares": Table("shares", ("Date", "ShareLink", "ShareCommentary"), own_name=False),
    "instantreposts": Table("reposts", ("Date", "Link")),
    "votes": Table("votes", ("Date", "Link", "OptionText"), own_name=False),
    "memberfollows": Table("follows", ("Date", "Status")),
    "companyfollows": Table("organisations", ("Organization", "Followed On")),
    "endorsementgiveninfo": Table("endorsed", ("Endorsement Date", "Endorsee First Name")),
    "endorsementreceivedinfo": Table("endorsed_by", ("Endorsement Date", "Endorser First Name")),
    "recommendationsgiven": Table("recommended", _RECOMMENDATION),
    "recommendationsreceived": Table("recommended_by", _RECOMMENDATION),
    "contacts": _CONTACTS,
    "importedcontacts": _CONTACTS,
    "profile": Table("profile", ("First Name", "Last Name", "Headline"), distinctive=False, own_name=False),
    "emailaddresses": Table("profile", ("Email Address", "Confirmed"), distinctive=False, own_name=False),
    "registration": Table("profile", ("Registered At",), distinctive=False, own_name=False),
}
"""Table name (see `table_name`) -> table."""
UNKNOWN: Final = "unknown"
"""Reader of tables with a usual name whose header is of no known layout."""
_SHAPES: Final = (
    Table("messages", ("CONVERSATION ID", "FROM", "DATE", "CONTENT", "FOLDER")),
    Table("connections", ("First Name", "Last Name", "Company", "Position", "Connected On")),
    Table("invitations", ("From", "To", "Sent At", "Direction")),
    Table("shares", ("Date", "ShareLink", "ShareCommentary")),
    Table("endorsed", ("Endorsement Date", "Endorsee First Name")),
    Table("endorsed_by", ("Endorsement Date", "Endorser First Name")),
)
"""Tables that are recognised by their header alone, whatever the file's name."""
_AI_NAME: Final = re.compile(r"coach|guide|learning|role.?play|assistant|(?:^|[_ ])ai[_ ]", re.IGNORECASE)
_DATE_COLUMNS: Final = (
    "Connected On",
    "Sent At",
    "Date",
    "Creation Date",
    "Endorsement Date",
    "CreatedAt",
    "Registered At",
)
_MEMBER_ID: Final = re.compile(r"_(\d{4,})$")
_NUMBER: Final = re.compile(r"[_-]\d+$")
_COPY_NUMBER: Final = re.compile(r" ?\(\d+\)$| copy$| - copy$", re.IGNORECASE)
_BACKSLASHES: Final = re.compile(rb'\\\\(?=")|\\"|\\')


def table_name(path: str) -> str:
    """Return a CSV's name in lower case without folder, ending, blanks, underscores, copy number and member id.

    >>> table_name("export/Endorsement_Given_Info.csv"), table_name("Comments_17000001.csv"), table_name("a.json")
    ('endorsementgiveninfo', 'comments', '')
    """
    base = path.rpartition("/")[2]
    stem, dot, ending = base.rpartition(".")
    if not dot or ending.lower() not in {"csv", "tsv"}:
        return ""
    return re.sub(r"[\s_]+", "", _NUMBER.sub("", _COPY_NUMBER.sub("", stem)).lower())


def member_id(path: str) -> str:
    """Return the owner's numeric id from the name of an activity file; empty for names without one."""
    found = _MEMBER_ID.search(path.rpartition("/")[2].rpartition(".")[0])
    return found[1] if found and table_name(path) in TABLES else ""


def _without_blanks(column: str) -> str:
    return normalise_name(column).replace(" ", "")


def table_of(member: Member) -> Table | None:
    """Return the kind of table by usual name and fitting header, else by a header that only LinkedIn writes."""
    named = TABLES.get(table_name(member.name))
    if named and find_heading(member, named.fits):
        return named
    if named or not table_name(member.name):
        return None
    shaped = next((table for table in _SHAPES if find_heading(member, table.fits)), None)
    return _AI_MESSAGES if shaped and shaped.reader == "messages" and _AI_NAME.search(member.name) else shaped


def _heading(member: Member, reader: str) -> Heading:
    """Return the heading of a reader's table; the first row when none of the known columns is there."""
    tables = [table for table in TABLES.values() if table.reader == reader]
    found = find_heading(member, lambda names: any(table.fits(names) for table in tables))
    return found or first_heading(member)


def row_counter(reader: str) -> Count:
    """Return the counter of rows for a reader's tables."""

    def count(member: Member, context: Context) -> int:
        heading = _heading(member, reader)
        return csv_rows(heading.dialect(backslash=reader == "comments"), heading.columns)(member, context)

    return count


def _double_lone_backslash(found: re.Match[bytes]) -> bytes:
    return rb"\\" if found[0] == b"\\" else found[0]


def rows(member: Member, reader: str) -> Iterator[Row]:
    """Yield the rows of a reader's table, without the notes above its header. Dates with the day first become ISO dates.

    In `Comments.csv` only a backslash before a quote escapes; others belong to the text and are kept.
    """
    found = _rows(member, reader)
    first = next(found, None)
    if first is None:
        return
    dates = [name for name in _DATE_COLUMNS if is_slashed(cell(first, name))]
    if not dates or not has_day_first(cell(row, name) for row in _rows(member, reader) for name in dates):
        yield first
        yield from found
        return
    for row in chain([first], found):
        _write_iso_dates(row)
        yield row


def _rows(member: Member, reader: str) -> Iterator[Row]:
    heading = _heading(member, reader)
    if reader == "comments":
        escaped = _BACKSLASHES.sub(_double_lone_backslash, member.read())
        yield from read_rows(io.BytesIO(escaped), heading.dialect(backslash=True), heading.columns)
    else:
        yield from read_table(member, heading)


def _write_iso_dates(row: Row) -> None:
    for name in _DATE_COLUMNS:
        column = normalise_name(name)
        value = row.values.get(column, "")
        if is_slashed(value) and (date := parse_date(value, day_first=True)):
            _day, *clock = value.split(maxsplit=1)
            moment = datetime.fromtimestamp(date.at / SECOND, UTC)
            row.values[column] = " ".join([moment.date().isoformat(), *clock])


def cell(row: Row, *names: str) -> str:
    """Return the first non-empty value among the named columns, blanks in column names disregarded."""
    if found := row.get(*names):
        return found
    spelled = {column.replace(" ", ""): column for column in row.values}
    return row.get(*(spelled[_without_blanks(name)] for name in names if _without_blanks(name) in spelled))


def table_parser(reader: str, read_row: ReadRow) -> Parse:
    """Return a parser that passes each row of a table to `read_row` and sets malformed rows aside."""

    def parse(member: Member, context: Context) -> Iterator[Parsed]:
        for row in rows(member, reader):
            yield malformed_row(row) if row.problem else read_row(row, context)

    return parse


def unreadable_date(row: Row) -> SetAside:
    """Set aside a row whose date has none of the known forms."""
    return SetAside(row.pointer, "unreadable_time", "its date is missing or in none of the forms that LinkedIn writes")
