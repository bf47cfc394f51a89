"""Direct messages, one to one and in groups, with their reactions; calls."""

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Context, Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.sources.base import Member
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unknown_kind, unreadable_time
from pipeline.sources.x.files import records
from pipeline.sources.x.people import id_of, is_owner, person

_CONVERSATION: Final = re.compile(rb'"conversationId"\s*:\s*"([^"\\]+)"')
_PAIR: Final = re.compile(r"(\d+)-(\d+)")
_NAME: Final = re.compile(r"(?<![\w@])@(\w{1,20})")
_SYSTEM: Final = frozenset({"joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate"})
_CALLED: Final = re.compile(
    r"(invite|callee|participant|recipient|caller|host|initiat|broadcaster|sender)", re.IGNORECASE
)


def _conversations(member: Member) -> Iterator[tuple[str, str, bytes]]:
    """Yield (pointer of the message, conversation id, raw message) over all conversations."""
    with member.open() as stream:
        for index, raw in split_array(stream):
            found = _CONVERSATION.search(raw)
            name = found[1].decode("utf-8", "replace") if found else ""
            for number, message in split_array(io.BytesIO(raw), ("dmConversation", "messages")):
                yield f"/{index}/dmConversation/messages/{number}", name, message


def read_dms(member: Member, context: Context) -> Iterator[Parsed]:
    """Read every message of every conversation."""
    for place, thread, raw in _conversations(member):
        try:
            value = loads(raw)
        except BadJson as error:
            yield SetAside(place, error.code, error.reason)
            continue
        if not isinstance(value, dict) or not value:
            yield SetAside(place, "not_an_object", "a message here should be a JSON object with one key")
            continue
        kind, body = next(iter(value.items()))
        if kind in _SYSTEM:
            yield Skipped(place, "system_line")
        elif kind == "welcomeMessageCreate":
            yield Skipped(place, "automatic")
        elif kind == "messageCreate" and isinstance(body, dict):
            yield _message(body, place, thread, context)
        elif kind == "reactionCreate" and isinstance(body, dict):
            yield _lone_reaction(body, place, thread, context)
        else:
            yield unknown_kind(place, kind)


def skip_headers(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out headers of messages: the message files hold the same with text."""
    for place, _, _ in _conversations(member):
        yield Skipped(place, "duplicate_of_other_file")


def _mine(native: str, context: Context) -> bool:
    return is_owner(native, "", context)


def _message(body: dict[str, Any], place: str, thread: str, context: Context) -> Parsed:
    sender, key, at = id_of(body.get("senderId")), id_of(body.get("id")) or None, iso_us(body.get("createdAt"))
    if not sender:
        return SetAside(place, "missing_field", "a message without its sender's id")
    if at is None:
        return unreadable_time(place)
    if not context.owner("x").ids:
        return SetAside(
            place, "unknown_owner", "whose archive this is can't be told: set ids in [owner.x] of dancecard.toml"
        )
    raw = body.get("text")
    text = kept(unescape(raw), context) if isinstance(raw, str) else None
    pair = _PAIR.fullmatch(thread)
    recipient = id_of(body.get("recipientId"))
    others = {part for part in (pair.groups() if pair else (sender, recipient)) if part and not _mine(part, context)}
    if pair is None and (thread or not recipient):
        return _group(body, (place, thread, key, sender, at), text, context)
    if not others:
        return Skipped(place, "self_event")
    if len(others) > 1:
        return Skipped(place, "between_others")
    other = others.pop()
    direction, back = ("outbound", "inbound") if _mine(sender, context) else ("inbound", "outbound")
    rows: list[Row] = [Person(other)]
    if direction == "outbound":
        rows.append(Interaction(other, "outbound", "message", at, native_id=key, thread=thread or None, text=text))
    else:
        rows.append(Interaction(other, "inbound", "message", at, native_id=key, thread=thread or None, text=text))
    for reaction, who, when in _reactions(body):
        if _mine(who, context) == (back == "outbound"):
            act = Interaction(other, "outbound", "message_reaction", when, thread=thread or None, reply_to=key)
            if back == "inbound":
                act = act._replace(direction="inbound")
            rows.append(act._replace(native_id=reaction, surface="direct"))
    return Stored(place, tuple(rows))


def _reactions(body: dict[str, Any]) -> Iterator[tuple[str | None, str, int]]:
    """Yield (event id, sender, time) of a message's readable reactions."""
    listed = body.get("reactions")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict):
            who, at = id_of(item.get("senderId")), iso_us(item.get("createdAt"))
            if who and at is not None:
                yield id_of(item.get("eventId")) or None, who, at


def _group(
    body: dict[str, Any], act: tuple[str, str, str | None, str, int], text: str | None, context: Context
) -> Parsed:
    """A group's message: inbound a row; the owner's own for whom it names and for who reacts to it."""
    place, thread, key, sender, at = act
    group = thread or None
    own = _mine(sender, context)
    rows: list[Row] = []
    if not own:
        rows += [
            Person(sender),
            Interaction(sender, "inbound", "message", at, native_id=key, thread=group, is_group=True, text=text),
        ]
        for reaction, who, when in _reactions(body):
            if _mine(who, context):
                rows.append(
                    Interaction(
                        sender,
                        "outbound",
                        "message_reaction",
                        when,
                        native_id=reaction,
                        thread=group,
                        reply_to=key,
                        is_group=True,
                        surface="group",
                    )
                )
        return Stored(place, tuple(rows))
    addressed: dict[str, Person] = {}
    for name in _NAME.findall(text or ""):
        named = person("", name, "", context)
        if named and not is_owner(named.native_id if named.native_id.isdigit() else "", name, context):
            addressed.setdefault(named.native_id, named)
    answers = [answer for answer in _reactions(body) if not _mine(answer[1], context)]
    for _, native, _ in answers:
        addressed.setdefault(native, Person(native))
    for one in addressed.values():
        rows += [
            one,
            Interaction(
                one.native_id,
                "outbound",
                "message",
                at,
                native_id=key,
                thread=group,
                is_group=True,
                text=text,
            ),
        ]
    for reaction, native, when in answers:
        rows.append(
            Interaction(
                native,
                "inbound",
                "message_reaction",
                when,
                native_id=reaction,
                thread=group,
                reply_to=key,
                is_group=True,
                surface="group",
            )
        )
    return Stored(place, tuple(rows) or (Unattributed("message", "outbound", at, text, native_id=key, thread=group),))


def _lone_reaction(body: dict[str, Any], place: str, thread: str, context: Context) -> Parsed:
    """A reaction that stands as an event of its own, as some versions write it."""
    who, at, pair = id_of(body.get("senderId")), iso_us(body.get("createdAt")), _PAIR.fullmatch(thread)
    if not who:
        return SetAside(place, "missing_field", "a reaction without its sender's id")
    if at is None:
        return unreadable_time(place)
    native = id_of(body.get("eventId"), body.get("id")) or None
    answered = id_of(body.get("messageId"), body.get("targetMessageId")) or None
    own = _mine(who, context)
    others = [part for part in pair.groups() if not _mine(part, context)] if pair else []
    other = (others[0] if len(others) == 1 else "") if own else who
    if not other:
        return Stored(
            place, (Unattributed("message_reaction", "outbound", at, native_id=native, thread=thread or None),)
        )
    act = Interaction(
        other,
        "inbound",
        "message_reaction",
        at,
        native_id=native,
        thread=thread or None,
        reply_to=answered,
        is_group=pair is None,
    )
    act = act._replace(direction="outbound" if own else "inbound", surface="group" if pair is None else "direct")
    return Stored(place, (Person(other), act))


def _ids(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the numeric ids below keys that name people of a call."""
    if depth > 6:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if _CALLED.search(key):
                yield from _leaves(inner)
            else:
                yield from _ids(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner, depth + 1)


def _leaves(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, list) and depth < 4:
        for inner in value:
            yield from _leaves(inner, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        for key, inner in value.items():
            if key.lower().endswith("id") or key.lower().endswith("ids"):
                yield from _leaves(inner, depth + 1)
    elif found := id_of(value):
        yield found


def _first(value: Any, name: str, depth: int = 0) -> str:
    """Return the first text under a key, however deep."""
    if depth > 6:
        return ""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    here = text_of(value.get(name)) if isinstance(value, dict) else ""
    return here or next(filter(None, (_first(item, name, depth + 1) for item in inner)), "")


def read_calls_placed(member: Member, context: Context) -> Iterator[Parsed]:
    """Read calls that the owner placed: one row for each invited person, else unattributed."""
    yield from _calls(member, context, outbound=True)


def read_calls_received(member: Member, context: Context) -> Iterator[Parsed]:
    """Read calls that the owner received: a row where exactly one other person is named, else unattributed."""
    yield from _calls(member, context, outbound=False)


def _calls(member: Member, context: Context, *, outbound: bool) -> Iterator[Parsed]:
    for place, value, problem in records(member, ""):
        if value is None:
            yield SetAside(
                place, problem.code if problem else "not_json", problem.reason if problem else "not valid JSON"
            )
            continue
        at = iso_us(_first(value, "createdAt"))
        if at is None:
            yield unreadable_time(place)
            continue
        others = sorted({native for native in _ids(value) if not _mine(native, context)})
        if not others or (not outbound and len(others) > 1):
            yield Stored(place, (Unattributed("call", "outbound" if outbound else "inbound", at),))
            continue
        rows: list[Row] = []
        for native in others:
            group = len(others) > 1
            act = Interaction(native, "outbound" if outbound else "inbound", "call", at, is_group=group)
            rows += [Person(native), act]
        yield Stored(place, tuple(rows))
