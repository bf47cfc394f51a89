"""Friends, friend requests, followers, followed and blocked accounts. Format fact: each is a name with a date."""

from pipeline.model.codes import Direction
from pipeline.model.durations import SECOND
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Interaction, ListSeen, Parsed, Row, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.facebook.facts import FacebookFacts
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.meta.json_lists import AfterList, ReadRecord, list_reader, without_time
from pipeline.sources.shared.meta.people import is_closed_account, person_by_name
from pipeline.sources.shared.meta.text_repair import clean_name
from pipeline.sources.shared.meta.times import epoch_micros


def _name(record: JsonObject, pointer: str) -> str | SetAside | Skipped:
    """Return the name of a list's entry, or the outcome of an entry without one."""
    name = record.get("name")
    if not isinstance(name, str):
        return SetAside(pointer, "missing_field", "an entry of this list has no name")
    # A closed account is a placeholder without a name of its own.
    return Skipped(pointer, "empty_item") if is_closed_account(clean_name(name)) else clean_name(name)


def _relation(tie: str) -> ReadRecord:
    """Return the reader of a relation that is no act: friends (the export does not record who asked) and blocked accounts."""

    def read(record: JsonObject, pointer: str, _context: Context) -> Parsed:
        name = _name(record, pointer)
        if not isinstance(name, str):
            return name
        since = epoch_micros(record.get("timestamp"))
        return Stored(pointer, (person_by_name(name), Tie(name_id(name), tie, since)))

    return read


def request_id(direction: Direction, person: str, at: int) -> str:
    """Return the id by which a friend request is the same act in every list and export."""
    return f"friend_request:{direction}:{person}:{at // SECOND}"


def friend_request(direction: Direction) -> ReadRecord:
    """Return the reader of friend requests, sent or received (pending and rejected ones).

    An older export shows the request still open, a newer one the friendship: the friendship's start is then the acceptance.
    Source: methods:acceptances.
    """
    back: Direction = "inbound" if direction == "outbound" else "outbound"

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        name = _name(record, pointer)
        if not isinstance(name, str):
            return name
        at = epoch_micros(record.get("timestamp"))
        if at is None:
            return without_time(pointer, "a friend request")
        person = name_id(name)
        native_id = request_id(direction, person, at)
        rows: list[Row] = [
            person_by_name(name),
            Interaction(person, direction, "friend_request", at, native_id=native_id),
        ]
        since = context.facts(FacebookFacts).friends_since.get(normalise_name(name), 0)
        if since >= at:
            acceptance = Interaction(person, back, "accept", since, native_id=f"accept:{native_id}", reply_to=native_id)
            rows.append(acceptance)
        return Stored(pointer, tuple(rows))

    return read


def _follow(direction: Direction, tie: str) -> ReadRecord:
    """Return the reader of follows: a tie, and an act when dated."""

    def read(record: JsonObject, pointer: str, _context: Context) -> Parsed:
        name = _name(record, pointer)
        if not isinstance(name, str):
            return name
        at = epoch_micros(record.get("timestamp"))
        rows: list[Row] = [person_by_name(name), Tie(name_id(name), tie, at)]
        if at is not None:
            rows.append(Interaction(name_id(name), direction, "follow", at))
        return Stored(pointer, tuple(rows))

    return read


def _list_seen(tie: str, *, complete: bool) -> AfterList:
    return lambda _member, _context, all_read: [ListSeen(tie, complete and all_read)]


READERS = {
    "friends": list_reader(_relation("connected"), r"friends(_v\d+)?", _list_seen("connected", complete=True)),
    "friend_requests_sent": list_reader(friend_request("outbound"), r"sent_requests(_v\d+)?"),
    "friend_requests_received": list_reader(friend_request("inbound"), r"received_requests(_v\d+)?"),
    "friend_requests_rejected": list_reader(friend_request("inbound"), r"rejected_requests(_v\d+)?"),
    "following": list_reader(
        _follow("outbound", "follows"), r"following(_v\d+)?", _list_seen("follows", complete=True)
    ),
    # Followers are listed only where the profile lets the public follow: absence from this list proves nothing.
    "followers": list_reader(
        _follow("inbound", "followed_by"), r"followers(_v\d+)?", _list_seen("followed_by", complete=False)
    ),
    "blocked": list_reader(_relation("blocked"), r"blocked_users(_v\d+)?"),
}
