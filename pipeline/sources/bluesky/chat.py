"""The chat export: JSON Lines of conversations and messages (`chat.bsky.convo.defs`).

A message is `{id, rev, text, sender{did}, sentAt, reactions[]}`, bare or under `message`, with its conversation under
`convoId` or `convo`. The form of the lines is not documented, so both are read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import BadJson, loads, utf8_stream
from pipeline.model.codes import Surface
from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context, SourceFacts
from pipeline.sources.base import Member
from pipeline.sources.bluesky.rows import mentions
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import iso_us, kept, one_object, text_of, unknown_kind, unreadable_time

GROUP = "group"
"""Marks a conversation that states to be a group, among its DIDs."""


@dataclass(frozen=True, slots=True)
class BlueskyFacts(SourceFacts):
    """What the lines of a chat export need of each other."""

    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Conversation id -> DIDs that are known to be in it, and `GROUP` where it states to be one."""
    answerers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Message id -> DIDs of those who answer it explicitly."""


def message_of(line: JsonObject) -> JsonObject:
    """Return the message inside a line: under `message`, or the line itself."""
    inner = line.get("message")
    return inner if isinstance(inner, dict) else line


def convo_of(line: JsonObject) -> str:
    """Return the conversation's id, empty when the line names none."""
    for source in (line, message_of(line)):
        convo = source.get("convo")
        for value in (source.get("convoId"), convo.get("id") if isinstance(convo, dict) else convo):
            if text_of(value):
                return text_of(value)
    return text_of(line.get("id")) if isinstance(line.get("members"), list) else ""


def members_of(line: JsonObject) -> list[Person]:
    """Return the people that a conversation object lists."""
    convo = line.get("convo")
    lists = [line.get("members"), convo.get("members") if isinstance(convo, dict) else None]
    return [
        Person(
            text_of(entry.get("did")), text_of(entry.get("handle")) or None, text_of(entry.get("displayName")) or None
        )
        for entries in lists
        if isinstance(entries, list)
        for entry in entries
        if isinstance(entry, dict) and text_of(entry.get("did")).startswith("did:")
    ]


def is_group(line: JsonObject) -> bool:
    """Return whether a conversation object is marked as a group (`kind` is a `groupConvo`)."""
    for convo in (line, line.get("convo")):
        kind = convo.get("kind") if isinstance(convo, dict) else None
        if isinstance(kind, dict) and text_of(kind.get("$type")).endswith("#groupConvo"):
            return True
    return False


def sender_of(message: JsonObject) -> str:
    """Return the DID of a message's or reaction's sender, empty when it is missing."""
    sender = message.get("sender")
    did = text_of(sender.get("did")) if isinstance(sender, dict) else ""
    return did if did.startswith("did:") else ""


def survey_people(member: Member) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return who writes or is listed in each conversation, and who answers each message; broken lines are left out."""
    people: dict[str, set[str]] = {}
    answerers: dict[str, set[str]] = {}
    try:
        with member.open() as stream:
            for raw in utf8_stream(stream):
                try:
                    line = loads(raw)
                except BadJson:
                    continue
                if isinstance(line, dict):
                    found = {person.native_id for person in members_of(line)} | {sender_of(message_of(line))}
                    found |= {GROUP} if is_group(line) else set()
                    people.setdefault(convo_of(line), set()).update(found - {""})
                    message = message_of(line)
                    if (link := answered_by(message)) and sender_of(message):
                        answerers.setdefault(link, set()).add(sender_of(message))
    except MemberError:
        pass
    return people, answerers


def answered_by(message: JsonObject) -> str:
    """Return the id of the message that a message answers, empty for none."""
    answered = message.get("replyTo")
    return (text_of(answered.get("id")) or text_of(answered.get("messageId"))) if isinstance(answered, dict) else ""


def owner_among(people: dict[str, set[str]]) -> str | None:
    """Return the one DID that is in every conversation, if there are two or more conversations and one such DID."""
    sets = [found - {GROUP} for found in people.values() if found - {GROUP}]
    common = set.intersection(*sets) if len(sets) > 1 else set()
    return next(iter(common)) if len(common) == 1 else None


def read_chat(member: Member, context: Context) -> Iterator[Parsed]:
    """Read the lines of a chat export."""
    owners = context.owner("bluesky").ids
    people = context.facts(BlueskyFacts).people
    number = 0
    with member.open() as stream:
        for line, raw in enumerate(utf8_stream(stream), 1):
            if raw.strip():
                number += 1
                yield one_object(
                    raw, f"line:{line}", lambda value, place: _line(value, place, owners, people, context=context)
                )


def _line(
    line: JsonObject, place: str, owners: frozenset[str], people: Mapping[str, frozenset[str]], context: Context
) -> Parsed:
    listed = tuple(person for person in members_of(line) if person.native_id not in owners)
    message = message_of(line)
    kind = text_of(message.get("$type"))
    if "deletedMessage" in kind:
        return Skipped(place, "deleted_placeholder", listed)
    if "systemMessage" in kind:
        return Skipped(place, "system_line", listed)
    if "sentAt" not in message:
        if isinstance(line.get("members"), list):
            return Skipped(place, "not_social", listed)
        return unknown_kind(place, kind or "chat line without a time")
    sender, at = sender_of(message), iso_us(message.get("sentAt"))
    if not sender:
        return SetAside(place, "missing_field", "a message without the id of its sender")
    if at is None:
        return unreadable_time(place)
    if not owners:
        reason = "the chat doesn't state who you are: add your repository, or your did under [owner.bluesky] in dancecard.toml"
        return SetAside(place, "owner_unknown", reason)
    convo = convo_of(line)
    others = sorted({*people.get(convo, ()), *(p.native_id for p in listed), sender} - owners)
    rows = _message(message, sender, at, convo=convo or None, others=others, owners=owners, context=context)
    return Stored(place, (*listed, *rows))


def _surface(*, group: bool) -> Surface:
    return "group" if group else "direct"


def _message(
    message: JsonObject,
    sender: str,
    at: int,
    *,
    convo: str | None,
    others: list[str],
    owners: frozenset[str],
    context: Context,
) -> Iterator[Row]:
    key = text_of(message.get("id")) or None
    answered = message.get("replyTo")
    answered = answered if isinstance(answered, dict) else {}
    link = answered_by(message) or None
    group = convo is not None and (GROUP in others or len(others) > 1)  # lines that name none may be of several
    text = kept(text_of(message.get("text")), context)
    if sender not in owners:
        yield Person(sender)
        yield Interaction(
            sender,
            "inbound",
            "message",
            at,
            native_id=key,
            thread=convo,
            reply_to=link,
            is_group=group,
            text=text,
        )
    elif not group and len(others) == 1:
        yield Person(others[0])
        yield Interaction(others[0], "outbound", "message", at, native_id=key, thread=convo, reply_to=link, text=text)
    else:
        aims = {person.native_id: person for person in mentions(message)} if group else {}
        if group and sender_of(answered):
            aims.setdefault(sender_of(answered), Person(sender_of(answered)))
        for did in sorted(context.facts(BlueskyFacts).answerers.get(key or "", ())) if group else ():
            aims.setdefault(did, Person(did))
        for did, person in aims.items():
            if did not in owners:
                yield person
                aimed = link if did == sender_of(answered) else None
                yield Interaction(
                    did,
                    "outbound",
                    "message",
                    at,
                    native_id=key,
                    thread=convo,
                    reply_to=aimed,
                    is_group=group,
                    text=text,
                )
        if not aims.keys() - owners:
            yield Unattributed("message", "outbound", at, text, native_id=key, thread=convo)
    surface = _surface(group=group)
    reactions = message.get("reactions")
    for reaction in reactions if isinstance(reactions, list) else []:
        actor, when = (
            (sender_of(reaction), iso_us(reaction.get("createdAt"))) if isinstance(reaction, dict) else ("", None)
        )
        if not actor or when is None or (actor in owners) == (sender in owners):
            continue  # between others, or the owner's own on the owner's own
        other, direction = (sender, "outbound") if actor in owners else (actor, "inbound")
        mark = f"{key}#{actor}#{text_of(reaction.get('value'))}" if key else None
        value = text_of(reaction.get("value")) or None
        yield Person(other)
        if direction == "outbound":
            yield Interaction(
                other,
                "outbound",
                "message_reaction",
                when,
                native_id=mark,
                thread=convo,
                reply_to=key,
                is_group=group,
                text=value,
                surface=surface,
            )
        else:
            yield Interaction(
                other,
                "inbound",
                "message_reaction",
                when,
                native_id=mark,
                thread=convo,
                reply_to=key,
                is_group=group,
                text=value,
                surface=surface,
            )
