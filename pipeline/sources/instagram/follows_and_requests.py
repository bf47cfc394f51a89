"""Follows, follow requests and blocks on Instagram and, in the same form with another wrapper, on Threads."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model.codes import Direction
from pipeline.model.durations import DAY, SECOND
from pipeline.model.records import Interaction, ListSeen, Parsed, Row, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.instagram.facts import InstagramFacts
from pipeline.sources.instagram.people import INSTAGRAM, THREADS, entry_fields, is_owner, person_of, row_platform
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.meta.json_lists import AfterList, ReadRecord, list_reader, records_of, without_time

_LONGEST_RANGE: Final = 3 * 366 * DAY
"""The longest range of dates that an export can be limited to."""
_FIRST_YEAR: Final = 366 * DAY
_WRAPPERS: Final = {
    "followed_by": r"relationships_followers|text_post_app_text_post_app_followers",
    "follows": r"relationships_following|text_post_app_text_post_app_following",
}
_ANY_WRAPPER: Final = r"(relationships|text_post_app)_\w+"


def _no_username(pointer: str) -> SetAside:
    return SetAside(pointer, "missing_field", "an entry of this list has no username")


def _follow(direction: Direction, tie: str, platform: str) -> ReadRecord:
    """Return the reader of follows: a tie, and an act when dated."""
    own = row_platform(platform)

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        entry = entry_fields(record)
        if not entry.handle:
            return _no_username(pointer)
        if is_owner(context, entry.handle, platform):
            return Skipped(pointer, "self_event")
        rows: list[Row] = [
            person_of(entry.handle, entry.name, platform),
            Tie(entry.handle, tie, entry.at, platform=own),
        ]
        if entry.at is not None:
            rows.append(Interaction(entry.handle, direction, "follow", entry.at, platform=own))
        return Stored(pointer, tuple(rows))

    return read


def _request(direction: Direction, platform: str, *, recent: bool = False) -> ReadRecord:
    """Return the reader of follow requests; a follow that began after the request is its acceptance.

    Source: methods:acceptances.

    Args:
        direction: sent (outbound) or received (inbound).
        platform: Instagram or Threads.
        recent: whether it is the list of recent requests, which repeats the pending ones.
    """
    own = row_platform(platform)
    back: Direction = "inbound" if direction == "outbound" else "outbound"

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        entry = entry_fields(record)
        if not entry.handle:
            return _no_username(pointer)
        if entry.at is None:
            return without_time(pointer, "a follow request")
        facts = context.facts(InstagramFacts)
        if recent and request_key(record, platform) in facts.pending_requests:
            return Skipped(pointer, "duplicate_of_other_file")
        native_id = request_id(direction, entry.handle, entry.at)
        rows: list[Row] = [
            person_of(entry.handle, entry.name, platform),
            Interaction(entry.handle, direction, "follow_request", entry.at, native_id=native_id, platform=own),
        ]
        since = facts.followed_since.get(f"{platform}|{direction}|{entry.handle}", 0)
        if since >= entry.at:
            rows.append(acceptance(entry.handle, back, since, native_id)._replace(platform=own))
        return Stored(pointer, tuple(rows))

    return read


def acceptance(handle: str, direction: Direction, at: int, request: str) -> Interaction:
    """Return the acceptance of a follow request."""
    return Interaction(handle, direction, "accept", at, native_id=f"accept:{request}", reply_to=request)


def request_id(direction: Direction, handle: str, at: int) -> str:
    """Return the id by which a follow request is the same act in every layout."""
    return f"follow_request:{direction}:{handle}:{at // SECOND}"


def request_key(record: JsonObject, platform: str) -> str:
    """Return the key by which a follow request is the same in both files that may hold it."""
    entry = entry_fields(record)
    return f"{platform}|{entry.handle}|{entry.at}"


def _block(platform: str) -> ReadRecord:
    own = row_platform(platform)

    def read(record: JsonObject, pointer: str, _context: Context) -> Parsed:
        entry = entry_fields(record)
        if not entry.handle:
            return _no_username(pointer)
        person = person_of(entry.handle, entry.name, platform)
        return Stored(pointer, (person, Tie(entry.handle, "blocked", entry.at, platform=own)))

    return read


def _list_seen(tie: str, platform: str) -> AfterList:
    """Yield that a list was seen, and whether it is complete.

    Format fact: an export limited to a range of dates leaves out older follows, and nothing states the range. A list counts
    as complete when it reaches back over three years (the longest range offered), or to the account's first year.
    """

    def after(member: Member, context: Context, all_read: bool) -> Iterator[Item]:
        times = [at for record in records_of([member], re.compile(_WRAPPERS[tie])) if (at := entry_fields(record).at)]
        oldest = min(times, default=None)
        created = context.survey.account_created_at
        end = context.survey.exported_at or max(times, default=None)
        is_complete = oldest is not None and (
            (end is not None and end - oldest > _LONGEST_RANGE)
            or (created is not None and oldest - created < _FIRST_YEAR)
        )
        yield ListSeen(tie, is_complete and all_read, platform=row_platform(platform))

    return after


def _follow_list(direction: Direction, tie: str, platform: str) -> Reader:
    return list_reader(_follow(direction, tie, platform), _WRAPPERS[tie], _list_seen(tie, platform))


def _readers(platform: str, prefix: str) -> dict[str, Reader]:
    return {
        f"{prefix}followers": _follow_list("inbound", "followed_by", platform),
        f"{prefix}following": _follow_list("outbound", "follows", platform),
        f"{prefix}requests_sent": list_reader(_request("outbound", platform), _ANY_WRAPPER),
        f"{prefix}requests_recent": list_reader(_request("outbound", platform, recent=True), _ANY_WRAPPER),
        f"{prefix}requests_received": list_reader(_request("inbound", platform), _ANY_WRAPPER),
        f"{prefix}blocked": list_reader(_block(platform), _ANY_WRAPPER),
    }


READERS = {**_readers(INSTAGRAM, ""), **_readers(THREADS, "threads_")}
