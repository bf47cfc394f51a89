"""Connections, invitations and their acceptance, follows, the address book."""

import re
from collections.abc import Iterator

from pipeline.formats.csv_rows import Row
from pipeline.model.naming import normalise_email
from pipeline.model.records import Alias, Context, Interaction, ListSeen, Parsed, Person, SetAside, Skipped, Stored, Tie
from pipeline.sources.base import Item, Member
from pipeline.sources.linkedin.people import NAMES, full_name, identified, is_owner, leads_to, named, value
from pipeline.sources.linkedin.survey import CONNECTED, INVITED
from pipeline.sources.linkedin.tables import each, get, no_time, rows, unreadable
from pipeline.sources.linkedin.times import written
from pipeline.sources.shared.web.json_items import kept, unknown_kind


def _connection(row: Row, context: Context) -> Parsed:
    name = full_name(get(row, "First Name"), get(row, "Last Name"))
    who = identified(get(row, "URL"), name, get(row, "Email Address"))
    if who is None:
        return Skipped(row.pointer, "empty_item")
    if is_owner(who, context):
        return Skipped(row.pointer, "self_event")
    since = get(row, "Connected On")
    at = written(since)
    if at is None and value(since):
        return no_time(row)
    return Stored(row.pointer, (who, Tie(who.native_id, "connected", at.at if at else None)))


def read_connections(member: Member, context: Context) -> Iterator[Item]:
    """Read connections: ties since a day; the list proves absence when every row of it was read."""
    whole = True
    for row in rows(member, "connections"):
        item = unreadable(row) if row.problem else _connection(row, context)
        whole &= not isinstance(item, SetAside)
        yield item
    yield ListSeen("connected", complete=whole)


def invitation(row: Row, context: Context) -> Parsed:
    """Return an invitation and, if the two are connected since, its acceptance on the day of the connection."""
    way = get(row, "Direction").upper()
    if way not in {"OUTGOING", "INCOMING"}:
        return unknown_kind(row.pointer, way)
    out = way == "OUTGOING"
    url, name = ("inviteeProfileUrl", "To") if out else ("inviterProfileUrl", "From")
    who = identified(get(row, url), get(row, name))
    if who is None:
        return SetAside(row.pointer, "missing_field", "an invitation that doesn't tell the other person")
    at = written(get(row, "Sent At"))
    if at is None:
        return no_time(row)
    if is_owner(who, context):
        return Skipped(row.pointer, "self_event")
    key = f"invitation:{way.lower()}:{who.native_id}:{at.at}"
    text = kept(value(get(row, "Message")), context)
    act = Interaction(
        who.native_id, "outbound" if out else "inbound", "invitation", at.at, resolution_s=at.resolution_s, native_id=key, text=text,
        zone_assumed=at.zoneless,
    )  # fmt: skip
    maps = context.survey.maps
    known = leads_to(who.native_id, maps.get(NAMES, {}))
    day, answered = maps.get(CONNECTED, {}).get(known), maps.get(INVITED, {}).get(f"{act.direction} {known}")
    if day is None or answered != str(at.at):
        return Stored(row.pointer, (who, act))
    accept = Interaction(
        who.native_id,
        "inbound" if out else "outbound",
        "accept",
        int(day),
        resolution_s=86_400,
        native_id=f"accept:{key}",
        reply_to=key,
    )
    return Stored(row.pointer, (who, act, accept))


def _follow(row: Row, context: Context) -> Parsed:
    name = value(get(row, "Full Name")) or full_name(get(row, "First Name"), get(row, "Last Name"))
    if not name:
        return SetAside(row.pointer, "missing_field", "a follow that doesn't name the person")
    at = written(get(row, "Date"))
    if at is None:
        return no_time(row)
    people = tuple(named(name, context))
    if "unfollow" in get(row, "Status").lower():
        return Skipped(row.pointer, "not_social", people)
    native = people[0].native_id
    act = Interaction(native, "outbound", "follow", at.at, resolution_s=at.resolution_s)
    return Stored(row.pointer, (*people, act, Tie(native, "follows", at.at)))


def _in_address_book(row: Row, context: Context) -> Parsed:
    emails = [
        normalise_email(part) for part in re.split(r"[,;\s]+", get(row, "Emails", "Email Address")) if "@" in part
    ]
    who = identified("", full_name(get(row, "FirstName"), get(row, "LastName")), emails[0] if emails else "")
    if who is None:
        return Skipped(row.pointer, "empty_item")
    if is_owner(who, context):
        return Skipped(row.pointer, "self_event")
    since = written(get(row, "CreatedAt"))
    again = [Person(email, display_name=who.display_name, email=email) for email in emails[1:]]
    joined = [Alias(email, who.native_id, "one entry of the address book") for email in emails[1:]]
    return Stored(
        row.pointer, (who, *again, *joined, Tie(who.native_id, "in_address_book", since.at if since else None))
    )


def _organisation(row: Row, _context: Context) -> Parsed:
    return Skipped(row.pointer, "not_social")


read_invitations = each("invitations", invitation)
read_follows = each("follows", _follow)
read_address_book = each("contacts", _in_address_book)
read_organisations = each("organisations", _organisation)
