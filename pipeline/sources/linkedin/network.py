"""Connections, invitations and their acceptance, follows, the address book.

Format facts: connections carry the day on which they were made, not who asked; invitations carry a time but not whether
they were accepted. An acceptance is derived from both lists.
"""

import re
from collections.abc import Iterator

from pipeline.formats.csv_rows import Row
from pipeline.model.durations import DAY_S
from pipeline.model.naming import normalise_email
from pipeline.model.records import Alias, Interaction, ListSeen, Parsed, Person, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.linkedin.dates import parse_date
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.people import (
    cell_text,
    full_name,
    identify,
    identify_by_name,
    is_owner,
    resolve_name,
    with_page,
)
from pipeline.sources.linkedin.tables import cell, rows, table_parser, unreadable_date
from pipeline.sources.shared.csv_tables.rows import malformed_row
from pipeline.sources.shared.web.json_items import kept, unknown_kind


def _connection(row: Row, context: Context) -> Parsed:
    name = full_name(cell(row, "First Name"), cell(row, "Last Name"))
    person = identify(cell(row, "URL"), name, cell(row, "Email Address"))
    if person is None:
        return Skipped(row.pointer, "empty_item")
    if is_owner(person, context):
        return Skipped(row.pointer, "self_event")
    since = cell(row, "Connected On")
    date = parse_date(since)
    if date is None and cell_text(since):
        return unreadable_date(row)
    people = with_page(person, context)
    return Stored(row.pointer, (*people, Tie(person.native_id, "connected", date.at if date else None)))


def read_connections(member: Member, context: Context) -> Iterator[Item]:
    """Yield a tie for each connection; the list counts as complete when none of its rows was set aside."""
    complete = True
    for row in rows(member, "connections"):
        item = malformed_row(row) if row.problem else _connection(row, context)
        complete &= not isinstance(item, SetAside)
        yield item
    yield ListSeen("connected", complete=complete)


def invitation(row: Row, context: Context) -> Parsed:
    """Read an invitation and, when it led to a connection, its acceptance on the day of the connection.

    Source: methods:acceptances.
    """
    way = cell(row, "Direction").upper()
    if way not in {"OUTGOING", "INCOMING"}:
        return unknown_kind(row.pointer, way)
    outgoing = way == "OUTGOING"
    url, name = ("inviteeProfileUrl", "To") if outgoing else ("inviterProfileUrl", "From")
    person = identify(cell(row, url), cell(row, name))
    if person is None:
        return SetAside(row.pointer, "missing_field", "an invitation that doesn't name the other person")
    date = parse_date(cell(row, "Sent At"))
    if date is None:
        return unreadable_date(row)
    if is_owner(person, context):
        return Skipped(row.pointer, "self_event")
    invitation_id = f"invitation:{way.lower()}:{person.native_id}:{date.at}"
    act = Interaction(
        person.native_id,
        "outbound" if outgoing else "inbound",
        "invitation",
        date.at,
        resolution_s=date.resolution_s,
        native_id=invitation_id,
        text=kept(cell_text(cell(row, "Message")), context),
        zone_assumed=date.lacks_zone,
    )
    facts = context.facts(LinkedInFacts)
    resolved = resolve_name(person.native_id, facts.page_by_name)
    connected_on = facts.connected_on.get(resolved)
    if connected_on is None or facts.accepted_invitations.get(f"{act.direction} {resolved}") != date.at:
        return Stored(row.pointer, (*with_page(person, context), act))
    acceptance = Interaction(
        person.native_id,
        "inbound" if outgoing else "outbound",
        "accept",
        connected_on,
        resolution_s=DAY_S,
        native_id=f"accept:{invitation_id}",
        reply_to=invitation_id,
    )
    return Stored(row.pointer, (*with_page(person, context), act, acceptance))


def _follow(row: Row, context: Context) -> Parsed:
    name = cell_text(cell(row, "Full Name")) or full_name(cell(row, "First Name"), cell(row, "Last Name"))
    if not name:
        return SetAside(row.pointer, "missing_field", "a follow that doesn't name the person")
    date = parse_date(cell(row, "Date"))
    if date is None:
        return unreadable_date(row)
    people = tuple(identify_by_name(name, context))
    if "unfollow" in cell(row, "Status").lower():
        return Skipped(row.pointer, "not_social", people)
    native_id = people[0].native_id
    act = Interaction(native_id, "outbound", "follow", date.at, resolution_s=date.resolution_s)
    return Stored(row.pointer, (*people, act, Tie(native_id, "follows", date.at)))


def _address_book_entry(row: Row, context: Context) -> Parsed:
    written = re.split(r"[,;\s]+", cell(row, "Emails", "Email Address"))
    emails = [normalise_email(part) for part in written if "@" in part]
    name = full_name(cell(row, "FirstName"), cell(row, "LastName"))
    person = identify("", name, emails[0] if emails else "")
    if person is None:
        return Skipped(row.pointer, "empty_item")
    if is_owner(person, context):
        return Skipped(row.pointer, "self_event")
    since = parse_date(cell(row, "CreatedAt"))
    more = [Person(email, display_name=person.display_name, email=email) for email in emails[1:]]
    aliases = [Alias(email, person.native_id, "one entry of the address book") for email in emails[1:]]
    tie = Tie(person.native_id, "in_address_book", since.at if since else None)
    return Stored(row.pointer, (person, *more, *aliases, tie))


def _organisation(row: Row, _context: Context) -> Parsed:
    return Skipped(row.pointer, "not_social")


read_invitations = table_parser("invitations", invitation)
read_follows = table_parser("follows", _follow)
read_address_book = table_parser("contacts", _address_book_entry)
read_organisations = table_parser("organisations", _organisation)
