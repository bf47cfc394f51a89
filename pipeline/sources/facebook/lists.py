"""Friends, friend requests, followers and whom the owner follows: names with a date."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from pipeline.model.codes import Direction
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Interaction, ListSeen, Parsed, Row, SetAside, Skipped, Stored, Tie
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.meta.messages import GONE
from pipeline.sources.shared.meta.values import list_reader, micros, tidy_name, untimed
from pipeline.sources.shared.meta.values import named as by_name


def _name(record: dict[str, Any], pointer: str) -> str | SetAside | Skipped:
    name = record.get("name")
    if not isinstance(name, str):
        return SetAside(pointer, "missing_field", "an entry of this list has no name")
    name = tidy_name(name)
    # A closed account in a list is a nameless placeholder: there is nobody to tie it to.
    return Skipped(pointer, "empty_item") if normalise_name(name) in GONE else name


def friend(record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
    """Read a friend: a mutual relation since a date; who asked is not recorded."""
    name = _name(record, pointer)
    if not isinstance(name, str):
        return name
    return Stored(pointer, (by_name(name), Tie(name_id(name), "connected", micros(record.get("timestamp")))))


FRIENDS: Final = "friends"
"""Survey map: normalised name -> since when a friend, microseconds."""
REQUESTS: Final = "friend_requests"
"""Survey map: `<direction>|<normalised name>` of a friend request -> its newest time, microseconds."""


def request_id(direction: Direction, person: str, at: int) -> str:
    """Return the id by which a friend request is the same act wherever it stands."""
    return f"friend_request:{direction}:{person}:{at // 1_000_000}"


def _requested(record: dict[str, Any], pointer: str, direction: Direction, context: Context) -> Parsed:
    name = _name(record, pointer)
    if not isinstance(name, str):
        return name
    at = micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a friend request")
    person = name_id(name)
    identity = request_id(direction, person, at)
    rows: list[Row] = [by_name(name), Interaction(person, direction, "friend_request", at, native_id=identity)]
    since = int(context.survey.maps.get(FRIENDS, {}).get(normalise_name(name), 0))
    if since >= at:
        # An older export shows the request still open, a newer one the friendship: that was the acceptance.
        back: Direction = "inbound" if direction == "outbound" else "outbound"
        rows.append(Interaction(person, back, "accept", since, native_id=f"accept:{identity}", reply_to=identity))
    return Stored(pointer, tuple(rows))


def request_sent(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a friend request of the owner's that nobody has answered."""
    return _requested(record, pointer, "outbound", context)


def request_received(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a friend request to the owner, pending or refused."""
    return _requested(record, pointer, "inbound", context)


def _followed(record: dict[str, Any], pointer: str, direction: Direction, tie: str) -> Parsed:
    name = _name(record, pointer)
    if not isinstance(name, str):
        return name
    at = micros(record.get("timestamp"))
    rows: list[Row] = [by_name(name), Tie(name_id(name), tie, at)]
    if at is not None:
        rows.append(Interaction(name_id(name), direction, "follow", at))
    return Stored(pointer, tuple(rows))


def following(record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
    """Read whom the owner follows (people and pages mixed): an act when dated, and a tie."""
    return _followed(record, pointer, "outbound", "follows")


def follower(record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
    """Read a follower of a public profile: an act when dated, and a tie."""
    return _followed(record, pointer, "inbound", "followed_by")


def blocked(record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
    """Read somebody whom the owner blocked."""
    name = _name(record, pointer)
    if not isinstance(name, str):
        return name
    return Stored(pointer, (by_name(name), Tie(name_id(name), "blocked", micros(record.get("timestamp")))))


def _seen(kind: str, *, complete: bool) -> Callable[[Member, Context, bool], Iterator[Item]]:
    def after(_member: Member, _context: Context, intact: bool) -> Iterator[Item]:
        yield ListSeen(kind, complete and intact)

    return after


READERS = {
    "friends": list_reader(friend, r"friends(_v\d+)?", _seen("connected", complete=True)),
    "friend_requests_sent": list_reader(request_sent, r"sent_requests(_v\d+)?"),
    "friend_requests_received": list_reader(request_received, r"received_requests(_v\d+)?"),
    "friend_requests_rejected": list_reader(request_received, r"rejected_requests(_v\d+)?"),
    "following": list_reader(following, r"following(_v\d+)?", _seen("follows", complete=True)),
    # Followers appear only where the profile lets the public follow: absence from this list proves nothing.
    "followers": list_reader(follower, r"followers(_v\d+)?", _seen("followed_by", complete=False)),
    "blocked": list_reader(blocked, r"blocked_users(_v\d+)?"),
}
