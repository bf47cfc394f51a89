"""Messages as Messenger and Instagram write them, newest first, up to 10,000 on a page, to rows.

Format fact: messages have no id. Reactions need one to refer to, and the same message may occur in two exports, in two
folders and in the encrypted download. So each gets the id `<thread>:<milliseconds>:<digest>` with a digest of sender and
text, and `#n` for the n-th equal message of that millisecond. The id is the same in every export that shows the message,
whatever its pages and folders, and equal messages ("ok", "ok") stay apart. Source: methods:native-ids, methods:one-act-one-row.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from pipeline.model.codes import KINDS, Direction, Surface
from pipeline.model.durations import MINUTE
from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.sources.shared.json_values.access import JsonObject, as_object, as_text, objects_of
from pipeline.sources.shared.meta.automatic_lines import (
    classify_line,
    is_call_end,
    mentions_call,
    missed_call_by,
    openings,
)
from pipeline.sources.shared.meta.participants import Sender, ThreadPage
from pipeline.sources.shared.meta.text_repair import clean_name, repair
from pipeline.sources.shared.meta.times import epoch_micros

_MESSAGE_KINDS: Final = frozenset(KINDS["message"])
_SYSTEM_TYPES: Final = ("Subscribe", "Unsubscribe", "placeholder")
"""Values of `type`: members joined, members left, an empty placeholder. A tuple, since a foreign value may be unhashable."""
_WHOLE_CALL: Final = re.compile(r"\b(?:called|angerufen|appelé|llamó|chiamat[oa]|gebeld|ligou)\b")
"""Words of lines that state a call from start to end ("Ana called you.")."""
_LONGEST_CALL_LINE: Final = 400
_MISSED_AFTER: Final = 5 * MINUTE
_PAGE_SIZE: Final = 1_000_000
"""More messages than a page holds, so that ranks rise over all pages of a thread."""


def ranks(times: Sequence[int], page_number: int) -> Iterator[int | None]:
    """Yield each message's rank in order of time within its thread, None for all when the page's order is unknown.

    Format fact: page 1 is the newest page, and a page is written newest first, in some exports oldest first. A page whose
    times are in neither order states no order.

    Args:
        times: the messages' times in the order of the file (`message_times`).
        page_number: number of the page, 0 for a thread of one file.
    """
    base = (_PAGE_SIZE - page_number) * _PAGE_SIZE
    written = list(times)
    if written == sorted(written, reverse=True):
        yield from range(base + len(times) - 1, base - 1, -1)
    elif written == sorted(written):
        yield from range(base, base + len(times))
    else:
        yield from (None for _ in times)


def written_time(message: JsonObject) -> object:
    """Return a message's time as written: milliseconds, in the exports of early 2018 seconds under `timestamp`."""
    value = message.get("timestamp_ms")
    return value if value is not None else message.get("timestamp")


def message_times(messages: Sequence[object]) -> list[int]:
    """Return the times as written; a message without one gets its predecessor's, so that the rest keep their order."""
    times: list[int] = []
    last = 0
    for message in messages:
        value = written_time(message) if isinstance(message, dict) else None
        if isinstance(value, int):
            last = value
        times.append(last)
    return times


def repeated_call_lines(messages: Sequence[object]) -> set[int]:
    """Return the indexes of lines about a call that another line of the page states: that it ended or was missed.

    Format fact: a call may have a line of its own for its start, each person who joins, and its end; or one line only. A
    line about the end belongs to the nearest earlier start that has no end yet, one about a missed call to the nearest
    such start of the last minutes. Without one it is the only line about its call.

    Args:
        messages: a page's messages, in the order of the file.
    """
    lines = [(index, message, role) for index, message in enumerate(messages) if (role := _call_role(message))]
    if len(lines) < 2:
        return set()
    newest_first = message_times([message for _, message, _ in lines])
    if newest_first == sorted(newest_first, reverse=True):
        lines.reverse()
    repeated: set[int] = set()
    started: list[int] = []
    for index, message, role in sorted(lines, key=lambda line: message_times([line[1]])[0]):
        at = epoch_micros(written_time(as_object(message))) or 0
        if role == "start":
            started.append(at)
        elif started and (role == "end" or at - started[-1] <= _MISSED_AFTER):
            started.pop()
            repeated.add(index)
    return repeated


def _call_role(message: object) -> Literal["", "start", "end", "missed"]:
    """Return what a message says of a call, empty for other messages."""
    raw = message.get("content") if isinstance(message, dict) else None
    if not isinstance(raw, str) or len(raw) > _LONGEST_CALL_LINE or not mentions_call(raw):
        return ""
    text = repair(raw)
    if is_call_end(text):
        return "end"
    if missed_call_by(text):
        return "missed"
    sender = clean_name(repair(as_text(as_object(message).get("sender_name"))))
    is_start = classify_line(text, openings(sender)) == "call" and not _WHOLE_CALL.search(text)
    return "start" if is_start else ""


def read_message(message: object, pointer: str, page: ThreadPage, seq: int | None) -> Parsed:
    """Return the outcome of one message: rows of the message, call or act on a story, and of the reactions to it.

    Args:
        message: the record as exported, its texts not repaired.
        pointer: its location in the member.
        page: the page of the conversation; remembers introduced people and equal messages.
        seq: its rank in the thread (`ranks`).
    """
    if not isinstance(message, dict):
        return SetAside(pointer, "not_an_object", "an entry of this conversation has no fields")
    if page.skip_rule:
        return Skipped(pointer, page.skip_rule)
    raw = message.get("content")
    text = repair(raw) if isinstance(raw, str) and raw else None
    may_be_call = text is not None and mentions_call(text)
    if text is not None and may_be_call and _is_over(text) and pointer in page.repeated_calls():
        return Skipped(pointer, "system_line")
    at = epoch_micros(written_time(message))
    if at is None:
        return SetAside(pointer, "unreadable_time", "a message without a time that can be read")
    if message.get("is_unsent") or message.get("is_taken_down"):
        return Skipped(pointer, "deleted_placeholder")
    record_type = message.get("type")
    if message.get("users") or record_type in _SYSTEM_TYPES:
        return Skipped(pointer, "system_line")
    sender = page.sender(message.get("sender_name"))
    kind = "message"
    missed = _missed_call(page, sender, text) if text is not None and may_be_call else ""
    if "call_duration" in message or message.get("missed") is not None or record_type == "Call":
        kind, text = "call", None
    elif missed:
        kind, text = "call", None
        sender = Sender(None if missed == "owner" else page.counterpart, sender.beginnings)
    elif text is not None:
        line_kind = classify_line(text, sender.beginnings, has_stories=page.has_stories, may_be_call=may_be_call)
        if line_kind == "unsent":
            return Skipped(pointer, "deleted_placeholder")
        if line_kind == "system":
            return Skipped(pointer, "system_line")
        if line_kind:
            kind, text = "message" if line_kind == "attachment" else line_kind, None
    native_id = _message_id(page, sender, at, text or kind)
    share, reactions = message.get("share"), message.get("reactions")
    url = _url_of(share) if share else None
    is_group = page.counterpart is None
    direction: Direction = "outbound" if sender.person is None else "inbound"
    if sender.person is not None and kind == "message" and page.is_request:
        kind = "message_request"
    surface: Surface | None = None if is_group or kind in _MESSAGE_KINDS else "direct"
    rows: list[Row] = []
    for person in _addressed(page, text, reactions) if sender.person is None else (sender.person,):
        if person.native_id not in page.introduced:
            rows.extend(page.introduce(person))
        # `_make` takes half the time of the constructor, and an archive may hold millions of messages.
        rows.append(Interaction._make((
            person.native_id, direction, kind, at, 1, native_id, page.thread, None, is_group, text, url, seq, surface,
            None, False, None, None, None,
        )))  # fmt: skip
    if not rows:
        if page.is_owner_alone:
            return Skipped(pointer, "self_event")
        rows.append(Unattributed(kind, "outbound", at, text=text, url=url, native_id=native_id, thread=page.thread))
    if reactions:
        rows.extend(_reactions(page, sender, reactions, native_id))
    return Stored(pointer, tuple(rows))


def _is_over(text: str) -> bool:
    """Return whether a line states that a call ended or was missed."""
    return is_call_end(text) or missed_call_by(text) != ""


def _url_of(share: object) -> str | None:
    """Return the address that a message shares, None without any."""
    link = as_object(share).get("link")
    return repair(link) if isinstance(link, str) and link else None


def _missed_call(page: ThreadPage, sender: Sender, text: str) -> Literal["", "owner", "other"]:
    """Return who made the call that a line of a conversation of two reports as missed, empty for other lines.

    A line about the owner's call names the other person, whoever it is filed under.
    """
    if page.counterpart is None:
        return ""
    missed = missed_call_by(text)
    named = (*openings(page.counterpart.display_name or ""), *sender.beginnings)
    return missed if missed != "owner" or text.startswith(named) else ""


def _message_id(page: ThreadPage, sender: Sender, at: int, content: str) -> str:
    writer = "me" if sender.person is None else sender.person.native_id
    begun = page.digests.get(writer)
    if begun is None:
        begun = page.digests[writer] = hashlib.blake2b(f"{writer}\n".encode(), digest_size=6)
    digest = begun.copy()  # takes half the time of a new one
    digest.update(content.encode())
    native_id = f"{page.thread}:{at // 1000}:{digest.hexdigest()}"
    count = page.ordinals.get(native_id, 0)
    page.ordinals[native_id] = count + 1
    return f"{native_id}#{count}" if count else native_id


def _addressed(page: ThreadPage, text: str | None, reactions: object) -> list[Person]:
    """Return the people whom the owner's message goes to: the other person; in a group those mentioned or reacting.

    Source: methods:group-chats.
    """
    if page.counterpart is not None:
        return [page.counterpart]
    found: dict[str, Person] = {}
    if text and "@" in text:
        found = {
            mention.person.native_id: mention.person
            for mention in page.mention_patterns
            if mention.pattern.search(text)
        }
    for reaction in objects_of(reactions):
        actor = page.sender(reaction.get("actor")).person
        if actor is not None:
            found.setdefault(actor.native_id, actor)
    return list(found.values())


def _reactions(page: ThreadPage, sender: Sender, reactions: object, message_id: str) -> Iterator[Row]:
    """Yield a row for each reaction between the owner and another person.

    Format fact: only recent exports date reactions. An undated one of the owner's is a tie, an undated one of another
    person's has no row.
    """
    for reaction in objects_of(reactions):
        actor = page.sender(reaction.get("actor"))
        other = sender.person if actor.person is None else actor.person
        if other is None or (actor.person is None) == (sender.person is None):
            continue
        is_outbound = actor.person is None
        at = epoch_micros(reaction.get("timestamp"))
        if at is None and not is_outbound:
            continue
        yield from page.introduce(other)
        if at is None:
            yield Tie(other.native_id, "reacted")
            continue
        is_group = page.counterpart is None
        yield Interaction(
            other.native_id,
            "outbound" if is_outbound else "inbound",
            "message_reaction",
            at,
            thread=page.thread,
            reply_to=message_id,
            is_group=is_group,
            surface=None if is_group else "direct",
        )
