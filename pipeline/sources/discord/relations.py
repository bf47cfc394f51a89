"""Read the list of relationships in `user.json`: friends, blocked people, requests."""

from collections.abc import Callable, Iterator
from typing import Final

from pipeline.model.records import Interaction, ListSeen, Parsed, Person, Row, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.discord.ids import snowflake
from pipeline.sources.shared.json_values.access import JsonObject, as_object
from pipeline.sources.shared.web.json_items import iso_us, objects, text_of, unknown_kind

PATH: Final = ("relationships",)
_TIES: Final = {"1": "connected", "FRIEND": "connected", "2": "blocked", "BLOCKED": "blocked"}
_INCOMING: Final = frozenset({"3", "PENDING_INCOMING", "INCOMING_REQUEST"})
_OUTGOING: Final = frozenset({"4", "PENDING_OUTGOING", "OUTGOING_REQUEST"})
_NOTHING: Final = frozenset({"0", "NONE", "5", "IMPLICIT", "6", "SUGGESTION"})
"""No relation, people met in games, suggestions: no act of a person."""


def person_of(entry: JsonObject) -> Person | None:
    """Return the person of an entry; None without one."""
    user = entry.get("user")
    stated = as_object(user)
    number = snowflake(stated.get("id")) or snowflake(entry.get("id"))
    handle = text_of(stated.get("username"))
    tag = text_of(stated.get("discriminator"))
    handle = f"{handle}#{tag}" if handle and tag.strip("0") else handle
    native_id = number or handle.casefold()
    name = text_of(stated.get("global_name")) or text_of(stated.get("display_name"))
    return Person(native_id, handle=handle or None, display_name=name or None) if native_id else None


def read_relations(member: Member, context: Context) -> Iterator[Item]:
    """Read all relationships."""
    seen = False
    for parsed in objects(member, PATH, "/relationships", _relation(context)):
        seen = True
        yield parsed
    if seen:
        yield ListSeen("connected", complete=True)
        yield ListSeen("blocked", complete=True)


def _relation(context: Context) -> Callable[[JsonObject, str], Parsed]:
    owners = {snowflake(one) for one in context.owner("discord").ids}

    def handle(entry: JsonObject, place: str) -> Parsed:
        person = person_of(entry)
        kind = str(entry.get("type")).upper()
        if person is None:
            return SetAside(place, "missing_field", "a relationship without a user")
        if person.native_id in owners:
            return Skipped(place, "self_event")
        since = iso_us(entry.get("since"))
        row: Row
        if kind in _TIES:
            row = Tie(person.native_id, _TIES[kind], since)
        elif kind in _INCOMING | _OUTGOING:
            if since is None:
                return Skipped(place, "not_social", (person,))
            row = Interaction(person.native_id, "inbound" if kind in _INCOMING else "outbound", "friend_request", since)
        elif kind in _NOTHING:
            return Skipped(place, "not_social", (person,))
        else:
            return unknown_kind(place, f"relationship {kind}")
        return Stored(place, (person, row))

    return handle
