"""One chat of Telegram's export: its other side, and the rows of its messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.shared.json_values.access import JsonObject, objects_of
from pipeline.sources.shared.web.json_items import kept, text_of, unknown_kind, unreadable_time
from pipeline.sources.telegram.people import (
    SERVICE_ID,
    chat_id,
    mentions,
    message_id,
    owner_handles,
    owner_ids,
    peer,
    plain_text,
    sender_id,
    sender_peer,
)
from pipeline.sources.telegram.times import reaction_time, when

GROUPS: Final = frozenset({"private_group", "private_supergroup", "public_supergroup"})
SKIPPED: Final = {
    "saved_messages": "self_event",
    "bot_chat": "automatic",
    "verification_codes": "automatic",
    "private_channel": "broadcast_channel",
    "public_channel": "broadcast_channel",
}
"""Type of a chat -> the rule by which all of it is left out."""
TYPES: Final = frozenset({"personal_chat", "replies", *GROUPS, *SKIPPED})
_CALLS: Final = frozenset({"phone_call", "conference_call"})
_OWNER_UNKNOWN: Final = (
    "the export doesn't state who you are: add your Telegram user id under [owner.telegram] in dancecard.toml, or give the full"
    " export as well"
)


@dataclass(slots=True)
class Links:
    """Reply links of a group, collected before its messages are read."""

    answered: dict[int, dict[str, Person]] = field(default_factory=dict)
    """Message id -> people who answer it by a reply, by their ids."""
    authors: dict[int, str] = field(default_factory=dict)
    """Id of an answered message -> its author's id; filled while reading, empty until then."""


class Chat:
    """A chat; call `read` on its messages in their order."""

    def __init__(self, around: JsonObject, context: Context, links: Links, *, bare_ids: bool) -> None:
        self.type = text_of(around.get("type"))
        self.name = text_of(around.get("name"))
        self.id = chat_id(around.get("id"), bare_ids=bare_ids)
        self.context, self.links = context, links
        owner = context.owner("telegram")
        self.me, self.my_handles = owner_ids(owner), owner_handles(owner)
        self.group = self.type in GROUPS or self.type == "replies"
        self.others = self.mine = False
        """Whether messages of others, and of the owner, were seen."""
        self.rule = SKIPPED.get(self.type)
        if self.type == "personal_chat" and self.id in self.me:
            self.rule = "self_event"
        if self.type == "personal_chat" and self.id == SERVICE_ID:
            self.rule = "automatic"

    @property
    def partner(self) -> Person:
        """The other person of a one-to-one chat; a closed account has no name."""
        return Person(self.id, display_name=self.name or None, placeholder=not self.name)

    def read(self, message: JsonObject, place: str, seq: int) -> Parsed:
        """Return the rows of a message or service line, or why there are none."""
        if self.rule:
            return Skipped(place, self.rule)
        if self.type not in TYPES:
            return unknown_kind(place, f"chat of the type {self.type or 'nothing'}")
        if not self.id:
            return SetAside(place, "missing_field", "a message of a chat without id")
        kind = text_of(message.get("type")) or "message"
        if kind not in {"message", "service", "unsupported"}:
            return unknown_kind(place, kind)
        call = kind == "service" and text_of(message.get("action")) in _CALLS and not self.group
        if kind == "service" and not call and not message.get("reactions"):
            return Skipped(place, "system_line")
        who = self._sender(message, "actor" if kind == "service" else "from")
        if isinstance(who, SetAside):
            return SetAside(place, who.code, who.reason)
        stamp = when(message, self.context.settings)
        if stamp is None:
            return unreadable_time(place)
        rows: list[Row] = []
        if kind != "service" or call:
            act = "call" if call else "message"
            if who.native_id.startswith("channel") and who.native_id != f"channel{self.id}":
                return Skipped(place, "broadcast_channel")
            rows += self._acts(message, who, act, stamp.at, assumed=stamp.assumed, seq=seq)
        rows += self._reactions(message, who)
        if not any(isinstance(row, Interaction | Tie | Unattributed) for row in rows):
            return Skipped(place, "system_line")
        return Stored(place, tuple(rows))

    def _sender(self, message: JsonObject, key: str) -> Person | SetAside:
        """Return the sender; the owner is a person with an empty id."""
        kind, digits = sender_peer(message.get(f"{key}_id"))
        name = text_of(message.get(key))
        if not int(digits or 0):
            digits = ""
        if self.type == "personal_chat":
            if digits == self.id or (not digits and name and name == self.name):
                return self.partner
            if digits in self.me or (name and name in self.context.owner("telegram").names):
                return Person("")
            if digits:
                return SetAside("", "owner_unknown", _OWNER_UNKNOWN)
            return SetAside("", "missing_field", "a message without a sender")
        if not digits:
            return SetAside("", "missing_field", "a message without a sender")
        written_as_group = (
            isinstance(message.get(f"{key}_id"), int) and digits == self.id
        )  # before 2021, ids had no kind
        if kind in {"channel", "chat"} or written_as_group:
            return Person(f"channel{digits}", display_name=name or None)
        if digits in self.me or (not self.me and name and name in self.context.owner("telegram").names):
            return Person("")
        if not self.me and not self.context.owner("telegram").names:
            return SetAside("", "owner_unknown", _OWNER_UNKNOWN)
        return Person(digits, display_name=name or None, placeholder=not name)

    def _key(self, number: object, chat: str = "") -> str | None:
        key = message_id(number)
        return f"{chat or self.id}/{key}" if key else None

    def _acts(self, message: JsonObject, who: Person, kind: str, at: int, *, assumed: bool, seq: int) -> Iterator[Row]:
        text = kept(plain_text(message).strip(), self.context)
        key = self._key(message.get("id"))
        link = self._key(message.get("reply_to_message_id"), peer(message.get("reply_to_peer_id"))[1])
        number = message.get("id")
        if self.group and isinstance(number, int) and number in self.links.authors:
            self.links.authors[number] = who.native_id or "me"
        if who.native_id == f"channel{self.id}":  # an administrator writing in the group's name
            yield Unattributed("message", "inbound", at, text, native_id=key, thread=self.id)
            return
        self.others, self.mine = self.others or bool(who.native_id), self.mine or not who.native_id
        people = [who] if who.native_id else [self.partner] if not self.group else self._addressed(message)
        answered = self._answered(message)
        for person in people:
            yield person
            aimed = link if not self.group or who.native_id or person.native_id == answered else None
            yield Interaction(
                person.native_id, "inbound" if who.native_id else "outbound", kind, at, native_id=key, thread=self.id, reply_to=aimed, is_group=self.group, text=text, seq=seq, zone_assumed=assumed
            )  # fmt: skip
        if not people:
            yield Unattributed(kind, "outbound", at, text, native_id=key, thread=self.id)

    def _answered(self, message: JsonObject) -> str:
        """Return the author of the message of this group that the owner's answers."""
        target = message.get("reply_to_message_id")
        author = self.links.authors.get(target, "") if isinstance(target, int) else ""
        return author if author.isdecimal() and not message.get("reply_to_peer_id") else ""

    def _addressed(self, message: JsonObject) -> list[Person]:
        """Return the people whom a message of the owner's in a group addresses: by reply, by mention; and those who answer or react to it."""
        found: dict[str, Person] = {}
        if answered := self._answered(message):
            found[answered] = Person(answered)
        if not message.get("forwarded_from"):
            found |= {person.native_id: person for person in mentions(message)}
        number = message.get("id")
        if isinstance(number, int):
            for native_id, person in self.links.answered.get(number, {}).items():
                found.setdefault(native_id, person)
        for reactor, _entry, _emoji in _recent(message):
            if reactor:
                found.setdefault(reactor, Person(reactor))
        return [one for key, one in found.items() if key not in self.me and (one.handle or "") not in self.my_handles]

    def _reactions(self, message: JsonObject, author: Person) -> Iterator[Row]:
        """Yield the reactions between the owner and another person; reactions among others are passed over."""
        key = self._key(message.get("id"))
        for reactor, entry, emoji in _recent(message):
            mine = reactor in self.me or (self.type == "personal_chat" and not self.me and reactor != self.id)
            other = author if mine else Person(reactor, display_name=text_of(entry.get("from")) or None)
            if not reactor or mine == (not author.native_id) or not other.native_id.isdecimal():
                continue
            stamp = reaction_time(entry.get("date"), message, self.context.settings)
            yield other
            if stamp is None:
                if mine:
                    yield Tie(other.native_id, "reacted")
                continue
            yield Interaction(
                other.native_id, "outbound" if mine else "inbound", "message_reaction", stamp.at, native_id=f"{key}#{'me' if mine else reactor}#{emoji}" if key else None, thread=self.id, reply_to=key, is_group=self.group, text=emoji,
                surface="group" if self.group else "direct", zone_assumed=stamp.assumed,
            )  # fmt: skip


def _recent(message: JsonObject) -> Iterator[tuple[str, JsonObject, str | None]]:
    """Yield (id, entry, emoji) of the people whose reactions the export names: the last few."""
    for reaction in objects_of(message.get("reactions")):
        for entry in objects_of(reaction.get("recent")):
            yield sender_id(entry.get("from_id")), entry, text_of(reaction.get("emoji")) or None
