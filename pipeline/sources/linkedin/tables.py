"""Which file is what, by normalised name and header, and its rows by the dialect that it is written in."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Dialect, Row, read_rows
from pipeline.formats.decoding import decode
from pipeline.model.naming import normalise_name
from pipeline.model.records import Context, Parsed, SetAside
from pipeline.sources.base import Member, Parse


class Table(NamedTuple):
    """A kind of file: its reader, the columns by which its header is known, and whether these are LinkedIn's alone."""

    reader: str
    columns: tuple[str, ...]
    telling: bool = True


TABLES: Final[dict[str, Table]] = {
    "connections": Table("connections", ("First Name", "Last Name", "Connected On")),
    "messages": Table("messages", ("CONVERSATION ID", "FROM", "DATE", "CONTENT")),
    "guidemessages": Table("ai_messages", ("CONVERSATION ID", "FROM", "DATE")),
    "learningcoachmessages": Table("ai_messages", ("CONVERSATION ID", "FROM", "DATE")),
    "learningroleplaymessages": Table("ai_messages", ("CONVERSATION ID", "FROM", "DATE")),
    "invitations": Table("invitations", ("From", "To", "Sent At", "Direction")),
    "comments": Table("comments", ("Date", "Link", "Message")),
    "reactions": Table("reactions", ("Date", "Type", "Link")),
    "shares": Table("shares", ("Date", "ShareLink", "ShareCommentary")),
    "instantreposts": Table("reposts", ("Date", "Link")),
    "votes": Table("votes", ("Date", "Link", "OptionText")),
    "memberfollows": Table("follows", ("Date", "Status")),
    "companyfollows": Table("organisations", ("Organization", "Followed On")),
    "endorsementgiveninfo": Table("endorsed", ("Endorsement Date", "Endorsee First Name")),
    "endorsementreceivedinfo": Table("endorsed_by", ("Endorsement Date", "Endorser First Name")),
    "recommendationsgiven": Table("recommended", ("First Name", "Last Name", "Text", "Creation Date")),
    "recommendationsreceived": Table("recommended_by", ("First Name", "Last Name", "Text", "Creation Date")),
    "contacts": Table("contacts", ("FirstName", "LastName", "Emails"), telling=False),
    "importedcontacts": Table("contacts", ("FirstName", "LastName", "Emails"), telling=False),
    "profile": Table("profile", ("First Name", "Last Name", "Headline"), telling=False),
    "emailaddresses": Table("profile", ("Email Address", "Confirmed"), telling=False),
    "registration": Table("profile", ("Registered At",), telling=False),
}
"""File name without ending, lower case, without blanks, underscores and a trailing member id -> table."""
HEADERS: Final = {table.reader: () if table.reader == "profile" else table.columns for table in TABLES.values()}
"""Columns that a reader's header holds; the owner's own files have one header each, in the first row."""
_SUFFIX: Final = re.compile(r"_(\d+)$")
_COPY: Final = re.compile(r" ?\(\d+\)$")
_BACKSLASHES: Final = re.compile(rb'\\\\(?=")|\\"|\\')
_BACKSLASH: Final = Dialect(backslash=True)
_PREAMBLE: Final = 12


def table_name(name: str) -> str:
    """Return a member's normalised name, empty for what is no CSV."""
    base = name.rpartition("/")[2]
    stem, dot, ending = base.rpartition(".")
    if not dot or ending.lower() != "csv":
        return ""
    return re.sub(r"[\s_]+", "", _SUFFIX.sub("", _COPY.sub("", stem)).lower())


def member_id(name: str) -> str:
    """Return the owner's numeric id that recent complete exports append to the names of activity files, else empty."""
    found = _SUFFIX.search(name.rpartition("/")[2].rpartition(".")[0])
    return found[1] if found and len(found[1]) > 3 and table_name(name) in TABLES else ""


def _joined(column: str) -> str:
    return normalise_name(column).replace(" ", "")


def fits(member: Member, columns: tuple[str, ...]) -> bool:
    """Tell whether one of the first lines holds these columns (blanks in names don't count)."""
    text, _ = decode(member.head(8192))
    wanted = {_joined(column) for column in columns}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if wanted <= {_joined(cell) for cell in row}:
                return True
            if number >= _PREAMBLE:
                return False
    except csv.Error:
        return False
    return False


def _header(member: Member, reader: str) -> tuple[str, ...]:
    """Return the table's columns as this file spells them (`FirstName` or `First Name`); empty when it has another header."""
    if not HEADERS[reader]:
        return ()
    text, _ = decode(member.head(8192))
    wanted = [_joined(column) for column in HEADERS[reader]]
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            names = {_joined(cell): cell for cell in row}
            if all(column in names for column in wanted):
                return tuple(names[column] for column in wanted)
    except csv.Error:
        pass
    return HEADERS[reader]


def count_of(reader: str) -> Callable[[Member, Context], int]:
    """Return the counter of a kind of table."""
    dialect = _BACKSLASH if reader == "comments" else Dialect()
    return lambda member, context: csv_rows(dialect, _header(member, reader))(member, context)


def _lone(found: re.Match[bytes]) -> bytes:
    return rb"\\" if found[0] == b"\\" else found[0]


def rows(member: Member, reader: str) -> Iterator[Row]:
    """Yield a table's rows, whatever stands before its header.

    Comments are written with a backslash before a quote; other backslashes in them are the text's own and stay.
    """
    header = _header(member, reader)
    if reader == "comments":
        yield from read_rows(io.BytesIO(_BACKSLASHES.sub(_lone, member.read())), _BACKSLASH, header)
        return
    with member.open() as stream:
        yield from read_rows(stream, Dialect(), header)


def get(row: Row, *names: str) -> str:
    """Return the first non-empty value among columns, blanks in their names not counting."""
    if found := row.get(*names):
        return found
    spelled = {column.replace(" ", ""): column for column in row.values}
    return row.get(*(spelled[_joined(name)] for name in names if _joined(name) in spelled))


def each(reader: str, handle: Callable[[Row, Context], Parsed]) -> Parse:
    """Return a parse function over a table's rows; what can't be split into columns is set aside."""

    def read(member: Member, context: Context) -> Iterator[Parsed]:
        for row in rows(member, reader):
            if row.problem:
                yield unreadable(row)
            else:
                yield handle(row, context)

    return read


def unreadable(row: Row) -> SetAside:
    """Set a row aside that can't be split into columns."""
    words = "this row can't be read: a quote is never closed, or it has too many fields"
    return SetAside(row.pointer, row.problem or "unreadable", words)


def no_time(row: Row) -> SetAside:
    """Set a row aside whose time can't be read."""
    return SetAside(row.pointer, "unreadable_time", "its date is missing or in none of the forms that LinkedIn writes")
