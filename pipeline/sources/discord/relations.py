"""Read the list of relationships in `user.json`: friends, blocked people, requests."""

from collections.abc import Iterator
from typing import Any, Final

from pipeline.model.records import Interaction, ListSeen, Parsed, Person, Row, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.discord.ids import snowflake
from pipeline.sources.shared.web.json_items import iso_us, objects, text_of, unknown_kind

PATH: Final = ("relationships",)
_TIES: Final = {"1": "connected", "FRIEND": "connected", "2": "blocked", "BLOCKED": "blocked"}
_INCOMING: Final = frozenset({"3", "PENDING_INCOMING", "INCOMING_REQUEST"})
_OUTGOING: Final = frozenset({"4", "PENDING_OUTGOING", "OUTGOING_REQUEST"})
_NOTHING: Final = frozenset({"0", "NONE", "5", "IMPLICIT", "6", "SUGGESTION"})
"""No relation, people one plays with, suggestions: nobody did anything."""


def person_of(entry: dict[str, Any]) -> Person | None:
    """Return whom an entry names."""
    user = entry.get("user")
    told: dict[str, Any] = user if isinstance(user, dict) else {}
    number = snowflake(told.get("id")) or snowflake(entry.get("id"))
    handle = text_of(told.get("username"))
    tag = text_of(told.get("discriminator"))
    handle = f"{handle}#{tag}" if handle and tag.strip("0") else handle
    native_id = number or handle.casefold()
    name = text_of(told.get("global_name")) or text_of(told.get("display_name"))
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


def _relation(context: Context) -> Any:
    owners = {snowflake(one) for one in context.owner("discord").ids}

    def handle(entry: dict[str, Any], place: str) -> Parsed:
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
