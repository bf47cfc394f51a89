"""The CSV files of a LinkedIn export: which one is which, and their rows.

Format facts: complete exports append the member's numeric id to the names of activity files (`Comments_17000001.csv`);
column names have or lack blanks (`First Name`, `FirstName`); `Connections.csv` may begin with notes above its header;
`Comments.csv` escapes a quote with a backslash, every other file doubles it.
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
from pipeline.model.records import Parsed, SetAside
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Member, Parse
from pipeline.sources.shared.csv_tables.rows import malformed_row

ReadRow: TypeAlias = Callable[[Row, Context], Parsed]
"""Turns one row of a table into its outcome."""


class Table(NamedTuple):
    """A kind of file."""

    reader: str
    columns: tuple[str, ...]
    """The columns by which its header is recognised."""
    distinctive: bool = True
    """Whether only LinkedIn writes such a header; the others are claimed only beside one that is."""


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
    "contacts": Table("contacts", ("FirstName", "LastName", "Emails"), distinctive=False),
    "importedcontacts": Table("contacts", ("FirstName", "LastName", "Emails"), distinctive=False),
    "profile": Table("profile", ("First Name", "Last Name", "Headline"), distinctive=False),
    "emailaddresses": Table("profile", ("Email Address", "Confirmed"), distinctive=False),
    "registration": Table("profile", ("Registered At",), distinctive=False),
}
"""Table name (see `table_name`) -> table."""
HEADERS: Final = {table.reader: () if table.reader == "profile" else table.columns for table in TABLES.values()}
"""Reader -> columns that its header holds; empty for the owner's own files, whose headers differ and are the first row."""
_MEMBER_ID: Final = re.compile(r"_(\d+)$")
_COPY_NUMBER: Final = re.compile(r" ?\(\d+\)$")
_BACKSLASHES: Final = re.compile(rb'\\\\(?=")|\\"|\\')
_BACKSLASH_DIALECT: Final = Dialect(backslash=True)
_PREAMBLE_LINES: Final = 12


def table_name(path: str) -> str:
    """Return a CSV's name in lower case without folder, ending, blanks, underscores, copy number and member id.

    >>> table_name("export/Endorsement_Given_Info.csv"), table_name("Comments_17000001.csv"), table_name("a.json")
    ('endorsementgiveninfo', 'comments', '')
    """
    base = path.rpartition("/")[2]
    stem, dot, ending = base.rpartition(".")
    if not dot or ending.lower() != "csv":
        return ""
    return re.sub(r"[\s_]+", "", _MEMBER_ID.sub("", _COPY_NUMBER.sub("", stem)).lower())


def member_id(path: str) -> str:
    """Return the owner's numeric id from the name of an activity file; empty for names without one."""
    found = _MEMBER_ID.search(path.rpartition("/")[2].rpartition(".")[0])
    return found[1] if found and len(found[1]) > 3 and table_name(path) in TABLES else ""


def _without_blanks(column: str) -> str:
    return normalise_name(column).replace(" ", "")


def has_columns(member: Member, columns: tuple[str, ...]) -> bool:
    """Return whether one of a file's first lines is a header with all these columns, blanks in names disregarded."""
    text, _ = decode(member.head(8192))
    wanted = {_without_blanks(column) for column in columns}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if wanted <= {_without_blanks(cell) for cell in row}:
                return True
            if number >= _PREAMBLE_LINES:
                return False
    except csv.Error:
        return False
    return False


def _header(member: Member, reader: str) -> tuple[str, ...]:
    """Return the table's columns as this file spells them; the usual spelling when the file has another header."""
    if not HEADERS[reader]:
        return ()
    text, _ = decode(member.head(8192))
    wanted = [_without_blanks(column) for column in HEADERS[reader]]
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            names = {_without_blanks(cell): cell for cell in row}
            if all(column in names for column in wanted):
                return tuple(names[column] for column in wanted)
    except csv.Error:
        pass
    return HEADERS[reader]


def row_counter(reader: str) -> Count:
    """Return the counter of rows for a reader's tables."""
    dialect = _BACKSLASH_DIALECT if reader == "comments" else Dialect()
    return lambda member, context: csv_rows(dialect, _header(member, reader))(member, context)


def _double_lone_backslash(found: re.Match[bytes]) -> bytes:
    return rb"\\" if found[0] == b"\\" else found[0]


def rows(member: Member, reader: str) -> Iterator[Row]:
    """Yield the rows of a reader's table, without the notes above its header.

    In `Comments.csv` only a backslash before a quote escapes; others belong to the text and are kept.
    """
    header = _header(member, reader)
    if reader == "comments":
        escaped = _BACKSLASHES.sub(_double_lone_backslash, member.read())
        yield from read_rows(io.BytesIO(escaped), _BACKSLASH_DIALECT, header)
        return
    with member.open() as stream:
        yield from read_rows(stream, Dialect(), header)


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
