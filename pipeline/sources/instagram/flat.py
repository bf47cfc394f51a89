"""The layout of 2018-20: a handful of files at the root, ISO times, usernames everywhere."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pipeline.formats.counting import if_ended, json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.model.codes import Direction
from pipeline.model.durations import SECOND
from pipeline.model.records import (
    Context,
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
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.instagram.follows import request_id
from pipeline.sources.instagram.people import handle_of, is_owner, mentions, person_of
from pipeline.sources.shared.meta.messages import Page, places, read_message
from pipeline.sources.shared.meta.values import intact, iso_micros, repair_tree, untimed

_REQUESTS: Final = ("follow_requests_sent", "permanent_follow_requests")
_FOLLOWS: Final[dict[str, tuple[Direction, str]]] = {
    "followers": ("inbound", "followed_by"),
    "following": ("outbound", "follows"),
}
_LISTS: Final = re.compile(r"media_likes|comment_likes|media_comments|live_comments|story_comments")


def _load(member: Member) -> Any:
    return repair_tree(loads(member.read()))


def _guard(read: Callable[[Any, Context], Iterator[Item]]) -> Callable[[Member, Context], Iterator[Item]]:
    """Read a whole file, or set it aside as one record when it is no JSON."""

    def parse(member: Member, context: Context) -> Iterator[Item]:
        try:
            data = _load(member)
        except BadJson as problem:
            yield SetAside("", problem.code, problem.reason)
            return
        yield from read(data, context)

    return parse


def _counted(count: Callable[[Any], int]) -> Callable[[Member, Context], int]:
    def counter(member: Member, _context: Context) -> int:
        try:
            return count(loads(member.read()))
        except BadJson:
            return 1

    return counter


def _rows_of_lists(data: Any) -> Iterator[tuple[str, str, Any]]:
    for key, listed in data.items() if isinstance(data, dict) else ():
        if _LISTS.fullmatch(key) and isinstance(listed, list):
            yield from ((key, f"/{key}/{index}", entry) for index, entry in enumerate(listed))


def _acts(data: Any, context: Context) -> Iterator[Item]:
    """Yield likes `[time, username]` and comments `[time, text, username]`."""
    for key, pointer, entry in _rows_of_lists(data):
        yield _act(key, pointer, entry, context)


def _act(key: str, pointer: str, entry: Any, context: Context) -> Parsed:
    if not isinstance(entry, list) or not entry:
        return SetAside(pointer, "missing_field", "an entry of this list has not the usual fields")
    at = iso_micros(entry[0])
    if at is None:
        return untimed(pointer, "an entry")
    liked = key.endswith("likes")
    kind = "like" if liked else "comment"
    text = entry[1] if not liked and len(entry) > 1 and isinstance(entry[1], str) else None
    handle = handle_of(entry[-1]) if len(entry) > (1 if liked else 2) else ""
    own = bool(handle) and is_owner(context, handle)
    rows: list[Row] = []
    if handle and not own:
        rows += [person_of(handle), Interaction(handle, "outbound", kind, at, text=text)]
    if not liked:
        rows += mentions(text, context, at, beside=frozenset({handle}))
    if rows:
        return Stored(pointer, tuple(rows))
    return Skipped(pointer, "self_event") if own else Stored(pointer, (Unattributed(kind, "outbound", at, text),))


def _connections(data: Any, context: Context) -> Iterator[Item]:
    for key, people in data.items() if isinstance(data, dict) else ():
        if not isinstance(people, dict):
            continue
        if key in _FOLLOWS:
            yield ListSeen(_FOLLOWS[key][1], complete=True)
        for name, written in people.items():
            pointer = f"/{key}/{name.replace('~', '~0').replace('/', '~1')}"
            if key in _REQUESTS:
                following = data.get("following")
                since = iso_micros(following.get(name)) if isinstance(following, dict) else None
                yield _request(pointer, handle_of(name), iso_micros(written), since, context)
            else:
                yield _connection(key, pointer, name, written, context)


def _request(pointer: str, handle: str, at: int | None, since: int | None, context: Context) -> Parsed:
    """Return a request to follow, known by the same words as in later layouts, and its acceptance by who is followed since."""
    if not handle:
        return SetAside(pointer, "missing_field", "an entry of this list has no username")
    if is_owner(context, handle):
        return Skipped(pointer, "self_event")
    if at is None:
        return untimed(pointer, "a follow request")
    known = request_id("outbound", handle, at)
    rows: list[Row] = [person_of(handle), Interaction(handle, "outbound", "follow_request", at, native_id=known)]
    if since is not None and since >= at:
        rows.append(Interaction(handle, "inbound", "accept", since, native_id=f"accept:{known}", reply_to=known))
    return Stored(pointer, tuple(rows))


def _connection(key: str, pointer: str, name: str, written: Any, context: Context) -> Parsed:
    handle, at = handle_of(name), iso_micros(written)
    if key not in (*_FOLLOWS, "blocked_users"):
        return Skipped(pointer, "not_social")
    if not handle:
        return SetAside(pointer, "missing_field", "an entry of this list has no username")
    if is_owner(context, handle):
        return Skipped(pointer, "self_event")
    if key == "blocked_users":
        return Stored(pointer, (person_of(handle), Tie(handle, "blocked", at)))
    direction, tie = _FOLLOWS[key]
    rows: list[Row] = [person_of(handle), Tie(handle, tie, at)]
    if at is not None:
        rows.append(Interaction(handle, direction, "follow", at))
    return Stored(pointer, tuple(rows))


def _conversations(data: Any, context: Context) -> Iterator[Item]:
    """Yield the messages of all conversations: people are usernames, the thread is known by who is in it."""
    for index, talk in enumerate(data if isinstance(data, list) else ()):
        messages = talk.get("conversation") if isinstance(talk, dict) else None
        if not isinstance(messages, list):
            continue
        listed = talk.get("participants")
        names = sorted({handle_of(name) or str(name) for name in listed} if isinstance(listed, list) else ())
        me = frozenset(name for name in names if is_owner(context, name))
        others = [name for name in names if name not in me]
        page = Page("+".join(names), counterpart=None, me=me, stories=True, alone=not others)
        if len(others) == 1:
            page.counterpart = person_of(others[0])
        page.mentionable = tuple(
            (re.compile(rf"@{re.escape(name)}(?![\w.]*\w)", re.IGNORECASE), person_of(name)) for name in others
        )
        plain = [_plain(message) for message in messages]
        ranks = places([message["timestamp_ms"] if isinstance(message, dict) else 0 for message in plain], 0)
        for place, (message, rank) in enumerate(zip(plain, ranks, strict=True)):
            pointer = f"/{index}/conversation/{place}"
            if not me:
                yield SetAside(
                    pointer,
                    "owner_unknown",
                    "nothing in the export says which participant is you: add your handle under [owner]",
                )
            else:
                yield _with_handles(read_message(message, pointer, page, rank))


def _plain(message: Any) -> Any:
    """Return a message in the words of the later layouts."""
    if not isinstance(message, dict):
        return message
    at = iso_micros(message.get("created_at"))
    text = message.get("text") or message.get("heart")
    likes = message.get("likes")
    plain: dict[str, Any] = {
        "sender_name": str(message.get("sender") or "").lower(),
        "timestamp_ms": (at or 0) // 1000,
        "content": text if isinstance(text, str) else None,
        "share": {"link": message.get("media_share_url") or message.get("media_url") or message.get("link")},
        "reactions": [
            {
                "actor": str(like.get("username") or "").lower(),
                "timestamp": (iso_micros(like.get("date")) or 0) // SECOND,
            }
            for like in (likes if isinstance(likes, list) else ())
            if isinstance(like, dict)
        ],
    }
    if message.get("video_call_action"):
        plain["call_duration"] = 0
    return plain


def _with_handles(parsed: Item) -> Item:
    """Return a group's rows with people by username: here a sender's name is one, so nobody is known by name only."""
    if not isinstance(parsed, Stored):
        return parsed
    rows: list[Row] = []
    for row in parsed.rows:
        if isinstance(row, Person) and row.native_id.startswith("name:"):
            rows.append(person_of(handle_of(row.display_name) or row.native_id))
        elif isinstance(row, (Interaction, Tie)) and row.person.startswith("name:"):
            rows.append(row._replace(person=handle_of(row.person.removeprefix("name:")) or row.person))
        else:
            rows.append(row)
    return Stored(parsed.pointer, tuple(rows))


_LISTED = json_array("*", "conversation")


def _count_conversations(member: Member, context: Context) -> int:
    return _LISTED(member, context) if intact(member) else if_ended(1, member)


READERS = {
    "flat_likes": Reader(_guard(_acts), _counted(lambda data: sum(1 for _ in _rows_of_lists(data)))),
    "flat_comments": Reader(_guard(_acts), _counted(lambda data: sum(1 for _ in _rows_of_lists(data)))),
    "flat_connections": Reader(
        _guard(_connections),
        _counted(
            lambda data: (
                sum(len(people) for people in data.values() if isinstance(people, dict))
                if isinstance(data, dict)
                else 0
            )
        ),
    ),
    "flat_messages": Reader(_guard(_conversations), _count_conversations),
}
