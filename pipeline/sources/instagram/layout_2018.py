"""The layout of 2018-20: a handful of files at the root, with ISO times and usernames everywhere."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pipeline.formats.counting import if_ended, json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.model.codes import Direction
from pipeline.model.records import (
    Interaction,
    ListSeen,
    Parsed,
    Person,
    Row,
    SetAside,
    Skipped,
    Stored,
    Tie,
    Unattributed,
)
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Item, Member, Parse, Reader
from pipeline.sources.instagram.follows_and_requests import acceptance, request_id
from pipeline.sources.instagram.people import handle_of, is_owner, mentions, person_of
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_object, as_text, objects_of
from pipeline.sources.shared.meta.json_lists import Element, is_whole_json, without_time
from pipeline.sources.shared.meta.messages import ranks, read_message, repeated_call_lines
from pipeline.sources.shared.meta.participants import MentionPattern, ThreadPage
from pipeline.sources.shared.meta.text_repair import repair_tree
from pipeline.sources.shared.meta.times import iso_micros

_REQUESTS: Final = ("follow_requests_sent", "permanent_follow_requests")
_DELETED: Final = "__deleted__"
_CALL_JOINED: Final = re.compile(r"\b(?:joined|left)\b")
_FOLLOWS: Final[dict[str, tuple[Direction, str]]] = {
    "followers": ("inbound", "followed_by"),
    "following": ("outbound", "follows"),
}
_LISTS_OF_ACTS: Final = re.compile(r"media_likes|comment_likes|media_comments|live_comments|story_comments")


def _whole_file(read: Callable[[object, Context], Iterator[Item]]) -> Parse:
    """Return a parser of a whole file, which is set aside as one record when it is no JSON."""

    def parse(member: Member, context: Context) -> Iterator[Item]:
        try:
            data = repair_tree(loads(member.read()))
        except BadJson as problem:
            yield SetAside("", problem.code, problem.reason)
            return
        yield from read(data, context)

    return parse


def _whole_file_counter(count: Callable[[object], int]) -> Count:
    def counter(member: Member, _context: Context) -> int:
        try:
            return count(loads(member.read()))
        except BadJson:
            return 1

    return counter


def _act_entries(data: object) -> Iterator[tuple[str, Element]]:
    """Yield (name of its list, entry) of each like and comment."""
    for key, listed in as_object(data).items():
        if _LISTS_OF_ACTS.fullmatch(key):
            yield from ((key, Element(f"/{key}/{index}", entry)) for index, entry in enumerate(as_list(listed)))


def _acts(data: object, context: Context) -> Iterator[Item]:
    for key, entry in _act_entries(data):
        read = _like if key.endswith("likes") else _comment
        yield read(as_list(entry.value), entry.pointer, context)


def _like(entry: list[object], pointer: str, context: Context) -> Parsed:
    """Read a like. Format fact: it is a list of time and username."""
    at = iso_micros(entry[0]) if entry else None
    if at is None:
        return _unusable(entry, pointer)
    handle = handle_of(entry[-1]) if len(entry) > 1 else ""
    if not handle:
        return Stored(pointer, (Unattributed("like", "outbound", at),))
    if is_owner(context, handle):
        return Skipped(pointer, "self_event")
    return Stored(pointer, (person_of(handle), Interaction(handle, "outbound", "like", at)))


def _comment(entry: list[object], pointer: str, context: Context) -> Parsed:
    """Read a comment. Format fact: it is a list of time, text and username of the media owner."""
    at = iso_micros(entry[0]) if entry else None
    if at is None:
        return _unusable(entry, pointer)
    text = entry[1] if len(entry) > 1 and isinstance(entry[1], str) else None
    handle = handle_of(entry[-1]) if len(entry) > 2 else ""
    is_own = bool(handle) and is_owner(context, handle)
    rows: list[Row] = []
    if handle and not is_own:
        rows += [person_of(handle), Interaction(handle, "outbound", "comment", at, text=text)]
    rows += mentions(text, context, at, beside=frozenset({handle}))
    if rows:
        return Stored(pointer, tuple(rows))
    if is_own:
        return Skipped(pointer, "self_event")
    return Stored(pointer, (Unattributed("comment", "outbound", at, text=text),))


def _unusable(entry: list[object], pointer: str) -> SetAside:
    if entry:
        return without_time(pointer, "an entry")
    return SetAside(pointer, "missing_field", "an entry of this list has not the usual fields")


def _connections(data: object, context: Context) -> Iterator[Item]:
    """Yield follows, blocks and follow requests. Format fact: each list is an object of username -> time."""
    lists = as_object(data)
    following = as_object(lists.get("following"))
    for key, people in lists.items():
        if not isinstance(people, dict):
            continue
        if key in _FOLLOWS:
            yield ListSeen(_FOLLOWS[key][1], complete=True)
        for name, written in people.items():
            pointer = f"/{key}/{name.replace('~', '~0').replace('/', '~1')}"
            handle, at = handle_of(name), iso_micros(written)
            if key not in (*_FOLLOWS, *_REQUESTS, "blocked_users"):
                yield Skipped(pointer, "not_social")
            elif not handle:
                yield SetAside(pointer, "missing_field", "an entry of this list has no username")
            elif is_owner(context, handle):
                yield Skipped(pointer, "self_event")
            elif key in _REQUESTS:
                yield _request(pointer, handle, at, followed_since=iso_micros(following.get(name)))
            elif key == "blocked_users":
                yield Stored(pointer, (person_of(handle), Tie(handle, "blocked", at)))
            else:
                yield _follow(pointer, handle, at, key)


def _request(pointer: str, handle: str, at: int | None, *, followed_since: int | None) -> Parsed:
    """Return a follow request with the id that later layouts give it, and its acceptance when a follow began after it."""
    if at is None:
        return without_time(pointer, "a follow request")
    native_id = request_id("outbound", handle, at)
    rows: list[Row] = [person_of(handle), Interaction(handle, "outbound", "follow_request", at, native_id=native_id)]
    if followed_since is not None and followed_since >= at:
        rows.append(acceptance(handle, "inbound", followed_since, native_id))
    return Stored(pointer, tuple(rows))


def _follow(pointer: str, handle: str, at: int | None, key: str) -> Parsed:
    direction, tie = _FOLLOWS[key]
    rows: list[Row] = [person_of(handle), Tie(handle, tie, at)]
    if at is not None:
        rows.append(Interaction(handle, direction, "follow", at))
    return Stored(pointer, tuple(rows))


def _conversations(data: object, context: Context) -> Iterator[Item]:
    """Yield the messages of all conversations. Format fact: a thread has no id, so its participants identify it."""
    for index, conversation in enumerate(as_list(data)):
        messages = as_object(conversation).get("conversation")
        if isinstance(messages, list):
            participants = as_list(as_object(conversation).get("participants"))
            page = _page({handle_of(name) or str(name) for name in participants}, context)
            yield from _messages(messages, f"/{index}/conversation", page)


def _page(participants: set[str], context: Context) -> ThreadPage:
    """Return the thread of these participants (usernames)."""
    handles = sorted(participants)
    own = frozenset(handle for handle in handles if is_owner(context, handle))
    others = [handle for handle in handles if handle not in own]
    patterns = (
        MentionPattern(re.compile(rf"@{re.escape(handle)}(?![\w.]*\w)", re.IGNORECASE), person_of(handle))
        for handle in others
    )
    return ThreadPage(
        "+".join(handles),
        own,
        counterpart=_person(others[0]) if len(others) == 1 else None,
        has_stories=True,
        is_owner_alone=not others,
        mention_patterns=tuple(patterns),
    )


def _person(handle: str) -> Person:
    """Return a person by username. Format fact: a deleted account's is `__deleted__` with random letters."""
    return Person(handle, placeholder=True) if handle.startswith(_DELETED) else person_of(handle)


def _messages(messages: list[object], pointer: str, page: ThreadPage) -> Iterator[Item]:
    later_form = [_later_form(message) if isinstance(message, dict) else message for message in messages]
    times = [_milliseconds(message.get("created_at")) if isinstance(message, dict) else 0 for message in messages]
    repeated = repeated_call_lines(later_form)
    for index, (message, rank) in enumerate(zip(later_form, ranks(times, 0), strict=True)):
        if index in repeated or _is_system_line(messages[index]):
            yield Skipped(f"{pointer}/{index}", "system_line")
        elif page.owner_names:
            yield _with_handles(read_message(message, f"{pointer}/{index}", page, rank))
        else:
            reason = "the export doesn't state which participant is you: add your handle under [owner]"
            yield SetAside(f"{pointer}/{index}", "owner_unknown", reason)


def _is_system_line(message: object) -> bool:
    """Return whether a message is a group's action (it was named, somebody was added) or says that somebody joined a call."""
    if not isinstance(message, dict) or message.get("text"):
        return False
    return bool(message.get("action")) or bool(_CALL_JOINED.search(as_text(message.get("video_call_action"))))


def _milliseconds(written: object) -> int:
    return (iso_micros(written) or 0) // 1000


def _later_form(message: JsonObject) -> JsonObject:
    """Return a message with the field names of later layouts."""
    text = message.get("text") or message.get("heart")
    common: JsonObject = {
        "sender_name": str(message.get("sender") or "").lower(),
        "timestamp_ms": _milliseconds(message.get("created_at")),
        "content": text if isinstance(text, str) else None,
        "share": {"link": message.get("media_share_url") or message.get("media_url") or message.get("link")},
        "reactions": [
            {
                "actor": str(like.get("username") or "").lower(),
                "timestamp": _milliseconds(like.get("date")) // 1000,
            }
            for like in objects_of(message.get("likes"))
        ],
    }
    if action := as_text(message.get("video_call_action")):
        # The action lacks the name with which lines of later layouts begin.
        common["content"] = f"{common['sender_name']} {action}"
        common["call_duration"] = 0
    return common


def _with_handles(parsed: Parsed) -> Parsed:
    """Return a group's rows with people by username: in this layout a sender's name is one."""
    if not isinstance(parsed, Stored):
        return parsed
    rows: list[Row] = []
    for row in parsed.rows:
        if isinstance(row, Person) and row.native_id.startswith("name:"):
            rows.append(_person(handle_of(row.display_name) or row.native_id))
        elif isinstance(row, (Interaction, Tie)) and row.person.startswith("name:"):
            rows.append(row._replace(person=handle_of(row.person.removeprefix("name:")) or row.person))
        else:
            rows.append(row)
    return Stored(parsed.pointer, tuple(rows))


_count_listed: Final = json_array("*", "conversation")


def _count_conversations(member: Member, context: Context) -> int:
    return _count_listed(member, context) if is_whole_json(member) else if_ended(1, member)


def _count_connections(data: object) -> int:
    return sum(len(people) for people in as_object(data).values() if isinstance(people, dict))


_ACTS: Final = Reader(_whole_file(_acts), _whole_file_counter(lambda data: sum(1 for _ in _act_entries(data))))
READERS = {
    "flat_likes": _ACTS,
    "flat_comments": _ACTS,
    "flat_connections": Reader(_whole_file(_connections), _whole_file_counter(_count_connections)),
    "flat_messages": Reader(_whole_file(_conversations), _count_conversations),
}
