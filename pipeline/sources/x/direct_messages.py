"""Direct messages of two and of groups, with their reactions.

Format facts: people are numeric ids; a conversation of two is named after both (`12-34`), a group by one number; a message
carries its reactions, which some versions also write as events of their own.
"""

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.codes import Direction
from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import JsonObject, objects_of
from pipeline.sources.shared.web.json_items import iso_us, kept, unknown_kind, unreadable_time
from pipeline.sources.x.people import Mention, id_of, is_owner, is_owner_id, person_of

_CONVERSATION: Final = re.compile(rb'"conversationId"\s*:\s*"([^"\\]+)"')
_PAIR: Final = re.compile(r"(\d+)-(\d+)")
_HANDLE: Final = re.compile(r"(?<![\w@])@(\w{1,20})")
_SYSTEM: Final = frozenset({"joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate"})


class _RawMessage(NamedTuple):
    pointer: str
    thread: str
    """Id of the conversation, empty when its record lacks it."""
    raw: bytes


class _Message(NamedTuple):
    """A message, parsed."""

    pointer: str
    thread: str | None
    native_id: str | None
    sender: str
    at: int
    text: str | None
    reactions: "tuple[_Reaction, ...]"


class _Reaction(NamedTuple):
    """A reaction to a message."""

    native_id: str | None
    sender: str
    at: int


def _raw_messages(member: Member) -> Iterator[_RawMessage]:
    """Yield the messages of all conversations."""
    with member.open() as stream:
        for index, raw in split_array(stream):
            found = _CONVERSATION.search(raw)
            thread = found[1].decode("utf-8", "replace") if found else ""
            for number, message in split_array(io.BytesIO(raw), ("dmConversation", "messages")):
                yield _RawMessage(f"/{index}/dmConversation/messages/{number}", thread, message)


def read_messages(member: Member, context: Context) -> Iterator[Parsed]:
    """Yield the outcome of every message of every conversation."""
    for pointer, thread, raw in _raw_messages(member):
        try:
            value = loads(raw)
        except BadJson as problem:
            yield SetAside(pointer, problem.code, problem.reason)
            continue
        if not isinstance(value, dict) or not value:
            yield SetAside(pointer, "not_an_object", "a message here should be a JSON object with one key")
            continue
        kind, body = next(iter(value.items()))
        if kind in _SYSTEM:
            yield Skipped(pointer, "system_line")
        elif kind == "welcomeMessageCreate":
            yield Skipped(pointer, "automatic")
        elif kind == "messageCreate" and isinstance(body, dict):
            yield _read_message(body, pointer, thread, context)
        elif kind == "reactionCreate" and isinstance(body, dict):
            yield _read_reaction(body, pointer, thread, context)
        else:
            yield unknown_kind(pointer, kind)


def skip_headers(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out headers of messages: the message files hold the same messages with their text."""
    for message in _raw_messages(member):
        yield Skipped(message.pointer, "duplicate_of_other_file")


def _read_message(body: JsonObject, pointer: str, thread: str, context: Context) -> Parsed:
    sender, at = id_of(body.get("senderId")), iso_us(body.get("createdAt"))
    if not sender:
        return SetAside(pointer, "missing_field", "a message without its sender's id")
    if at is None:
        return unreadable_time(pointer)
    if not context.owner("x").ids:
        reason = "the owner of this archive is not known: set ids in [owner.x] of dancecard.toml"
        return SetAside(pointer, "owner_unknown", reason)
    raw = body.get("text")
    message = _Message(
        pointer,
        thread or None,
        native_id=id_of(body.get("id")) or None,
        sender=sender,
        at=at,
        text=kept(unescape(raw), context) if isinstance(raw, str) else None,
        reactions=tuple(_reactions(body)),
    )
    pair = _PAIR.fullmatch(thread)
    recipient = id_of(body.get("recipientId"))
    if pair is None and (thread or not recipient):
        if is_owner_id(sender, context):
            return _sent_to_group(message, context)
        return _received_in_group(message, context)
    sides = pair.groups() if pair else (sender, recipient)
    others = {side for side in sides if side and not is_owner_id(side, context)}
    if not others:
        return Skipped(pointer, "self_event")
    if len(others) > 1:
        return Skipped(pointer, "between_others")
    return _direct(message, others.pop(), context)


def _reactions(body: JsonObject) -> Iterator[_Reaction]:
    """Yield the readable reactions to a message."""
    for item in objects_of(body.get("reactions")):
        sender, at = id_of(item.get("senderId")), iso_us(item.get("createdAt"))
        if sender and at is not None:
            yield _Reaction(id_of(item.get("eventId")) or None, sender, at)


def _message_row(message: _Message, person: str, direction: Direction, *, is_group: bool) -> Interaction:
    return Interaction(
        person,
        direction,
        "message",
        message.at,
        native_id=message.native_id,
        thread=message.thread,
        is_group=is_group,
        text=message.text,
    )


def _reaction_row(
    reaction: _Reaction, message: _Message, person: str, direction: Direction, *, is_group: bool
) -> Interaction:
    return Interaction(
        person,
        direction,
        "message_reaction",
        reaction.at,
        native_id=reaction.native_id,
        thread=message.thread,
        reply_to=message.native_id,
        is_group=is_group,
        surface="group" if is_group else "direct",
    )


def _direct(message: _Message, other: str, context: Context) -> Parsed:
    """Return the rows of a message of two, and of the reactions to it by the side that did not send it."""
    direction: Direction = "outbound" if is_owner_id(message.sender, context) else "inbound"
    back: Direction = "inbound" if direction == "outbound" else "outbound"
    rows: list[Row] = [Person(other), _message_row(message, other, direction, is_group=False)]
    rows += [
        _reaction_row(reaction, message, other, back, is_group=False)
        for reaction in message.reactions
        if is_owner_id(reaction.sender, context) == (back == "outbound")
    ]
    return Stored(message.pointer, tuple(rows))


def _received_in_group(message: _Message, context: Context) -> Parsed:
    """Return the row of a group message by another person, and of the owner's reactions to it."""
    rows: list[Row] = [Person(message.sender), _message_row(message, message.sender, "inbound", is_group=True)]
    rows += [
        _reaction_row(reaction, message, message.sender, "outbound", is_group=True)
        for reaction in message.reactions
        if is_owner_id(reaction.sender, context)
    ]
    return Stored(message.pointer, tuple(rows))


def _sent_to_group(message: _Message, context: Context) -> Parsed:
    """Return a row for each person whom the owner's group message mentions by `@` or who reacts to it.

    Source: methods:group-chats.
    """
    addressed: dict[str, Person] = {}
    for handle in _HANDLE.findall(message.text or ""):
        person = person_of(Mention("", handle), context)
        numeric = person.native_id if person and person.native_id.isdigit() else ""
        if person and not is_owner(numeric, handle, context):
            addressed.setdefault(person.native_id, person)
    answers = [reaction for reaction in message.reactions if not is_owner_id(reaction.sender, context)]
    for reaction in answers:
        addressed.setdefault(reaction.sender, Person(reaction.sender))
    rows: list[Row] = []
    for person in addressed.values():
        rows += [person, _message_row(message, person.native_id, "outbound", is_group=True)]
    rows += [_reaction_row(reaction, message, reaction.sender, "inbound", is_group=True) for reaction in answers]
    if not rows:
        lost = Unattributed(
            "message", "outbound", message.at, text=message.text, native_id=message.native_id, thread=message.thread
        )
        return Stored(message.pointer, (lost,))
    return Stored(message.pointer, tuple(rows))


def _read_reaction(body: JsonObject, pointer: str, thread: str, context: Context) -> Parsed:
    """Read a reaction that is an event of its own."""
    sender, at, pair = id_of(body.get("senderId")), iso_us(body.get("createdAt")), _PAIR.fullmatch(thread)
    if not sender:
        return SetAside(pointer, "missing_field", "a reaction without its sender's id")
    if at is None:
        return unreadable_time(pointer)
    native_id = id_of(body.get("eventId"), body.get("id")) or None
    is_own = is_owner_id(sender, context)
    others = [side for side in pair.groups() if not is_owner_id(side, context)] if pair else []
    other = (others[0] if len(others) == 1 else "") if is_own else sender
    if not other:
        lost = Unattributed("message_reaction", "outbound", at, native_id=native_id, thread=thread or None)
        return Stored(pointer, (lost,))
    act = Interaction(
        other,
        "outbound" if is_own else "inbound",
        "message_reaction",
        at,
        native_id=native_id,
        thread=thread or None,
        reply_to=id_of(body.get("messageId"), body.get("targetMessageId")) or None,
        is_group=pair is None,
        surface="group" if pair is None else "direct",
    )
    return Stored(pointer, (Person(other), act))
