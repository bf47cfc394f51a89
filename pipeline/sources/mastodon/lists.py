"""The CSV lists of Settings > Import and export: followed, muted, blocked accounts; lists; blocked servers; bookmarks."""

from collections.abc import Callable, Iterator
from typing import Final

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Dialect, Row, read_rows
from pipeline.model.records import ListSeen, Parsed, Person, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.mastodon.people import acct, is_owner
from pipeline.sources.shared.web.json_items import text_of

NAMES: Final = {
    "following_accounts": "following", "blocked_accounts": "blocked", "lists": "lists", "muted_accounts": "muted",
    "domain_blocks": "muted", "blocked_domains": "muted", "bookmarks": "muted", "followers": "followers",
    "follows": "following", "follow": "following", "blocks": "blocked", "mutes": "muted",
}  # fmt: skip
"""File name without `.csv` (and without a copy's number) -> reader. `muted` is every list that isn't social."""
TIE_OF: Final = {"following": "follows", "followers": "followed_by", "blocked": "blocked", "lists": "listed"}


def dialect(member: Member) -> Dialect:
    """Return whether the list has a header: current following and muted lists have one, the others and older ones have none."""
    first = member.head().lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].lower()
    return Dialect(has_header=b"account address" in first)


def count_rows(member: Member, context: Context) -> int:
    """Count the entries."""
    return csv_rows(dialect(member))(member, context)


def home_host(context: Context) -> str:
    """Return the owner's server, empty when it isn't known."""
    account, owner = context.survey.account, context.owner("mastodon")
    names = [account.native_id] if account else sorted(owner.ids | owner.handles)
    return next((acct(name, "").rpartition("@")[2] for name in names if "@" in name.strip("@") and "/" not in name), "")


def _address(row: Row, reader: str) -> str:
    if row.get("Account address"):
        return row.get("Account address")
    return row.get("1") if reader == "lists" else row.get("0")


def reader_of(reader: str) -> Callable[[Member, Context], Iterator[Item]]:
    """Return the parse function of one kind of list: an entry is a tie; a list read whole proves absence."""
    kind = TIE_OF[reader]

    def read(member: Member, context: Context) -> Iterator[Item]:
        whole = True
        with member.open() as stream:
            for row in read_rows(stream, dialect(member)):
                entry = _entry(row, reader, kind, context)
                whole &= not isinstance(entry, SetAside)
                yield entry
        yield ListSeen(kind, complete=whole)

    return read


def _entry(row: Row, reader: str, kind: str, context: Context) -> Parsed:
    if row.problem:
        return SetAside(row.pointer, row.problem, "this line of the list can't be read as a table row")
    address = text_of(_address(row, reader))
    if not address:
        return SetAside(row.pointer, "missing_field", "a line without an account's address")
    native_id = acct(address, home_host(context))
    if is_owner(native_id, context.owner("mastodon")):
        return Skipped(row.pointer, "self_event")
    return Stored(row.pointer, (Person(native_id, handle=native_id), Tie(native_id, kind)))


def skip_rows(member: Member, _context: Context) -> Iterator[Parsed]:
    """Skip the rows of lists that record no act or tie."""
    with member.open() as stream:
        for row in read_rows(stream, dialect(member)):
            yield Skipped(row.pointer, "not_social")
