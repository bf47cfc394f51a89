"""Follows, requests to follow and blocks, on Instagram and (same form, other wrapper) on Threads."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pipeline.model.codes import Direction
from pipeline.model.durations import DAY
from pipeline.model.records import Context, Interaction, ListSeen, Parsed, Row, SetAside, Skipped, Stored, Tie
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.instagram.people import INSTAGRAM, THREADS, facts_of, is_owner, person_of
from pipeline.sources.shared.meta.values import Handle as Handler
from pipeline.sources.shared.meta.values import elements, list_reader, repair_tree, untimed

PENDING: Final = "pending_requests"
"""Survey map: `<platform>|<username>|<time>` of pending requests: the file of recent ones holds them again."""
FOLLOWED: Final = "followed"
"""Survey map: `<platform>|<direction>|<username>` -> since when followed, microseconds."""
_YEARS: Final = 3 * 366 * DAY
_GAP: Final = 366 * DAY


def _follow(direction: Direction, tie: str, platform: str) -> Handler:
    own = None if platform == INSTAGRAM else platform

    def read(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
        facts = facts_of(record)
        if not facts.handle:
            return SetAside(pointer, "missing_field", "an entry of this list has no username")
        if is_owner(context, facts.handle, platform):
            return Skipped(pointer, "self_event")
        rows: list[Row] = [
            person_of(facts.handle, facts.name, platform),
            Tie(facts.handle, tie, facts.at, platform=own),
        ]
        if facts.at is not None:
            rows.append(Interaction(facts.handle, direction, "follow", facts.at, platform=own))
        return Stored(pointer, tuple(rows))

    return read


def _request(direction: Direction, platform: str, *, recent: bool = False) -> Handler:
    own = None if platform == INSTAGRAM else platform

    def read(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
        facts = facts_of(record)
        if not facts.handle:
            return SetAside(pointer, "missing_field", "an entry of this list has no username")
        if facts.at is None:
            return untimed(pointer, "a follow request")
        if recent and request_key(record, platform) in context.survey.maps.get(PENDING, {}):
            return Skipped(pointer, "duplicate_of_other_file")
        identity = request_id(direction, facts.handle, facts.at)
        act = Interaction(facts.handle, direction, "follow_request", facts.at, native_id=identity, platform=own)
        rows: list[Row] = [person_of(facts.handle, facts.name, platform), act]
        followed = int(context.survey.maps.get(FOLLOWED, {}).get(f"{platform}|{direction}|{facts.handle}", 0))
        if followed >= facts.at:
            # Whom a request went to and who is followed since: that was the acceptance.
            back: Direction = "inbound" if direction == "outbound" else "outbound"
            rows.append(
                Interaction(facts.handle, back, "accept", followed, native_id=f"accept:{identity}", reply_to=identity, platform=own)
            )  # fmt: skip
        return Stored(pointer, tuple(rows))

    return read


def request_id(direction: Direction, handle: str, at: int) -> str:
    """Return the id by which a follow request is the same act in every layout."""
    return f"follow_request:{direction}:{handle}:{at // 1_000_000}"


def request_key(record: dict[str, Any], platform: str) -> str:
    """Return what a follow request is known by in both files that may hold it."""
    facts = facts_of(record)
    return f"{platform}|{facts.handle}|{facts.at}"


def _block(platform: str) -> Handler:
    own = None if platform == INSTAGRAM else platform

    def read(record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
        facts = facts_of(record)
        if not facts.handle:
            return SetAside(pointer, "missing_field", "an entry of this list has no username")
        return Stored(
            pointer,
            (person_of(facts.handle, facts.name, platform), Tie(facts.handle, "blocked", facts.at, platform=own)),
        )

    return read


def _seen(kind: str, platform: str) -> Callable[[Member, Context, bool], Iterator[Item]]:
    """Say that a list was seen, and whether it looks complete.

    Exports limited to a range of dates leave out older follows, and nothing states the range: a list counts as complete when it
    reaches back over three years (the longest range offered), or to within a year of the account's start.
    """
    own = None if platform == INSTAGRAM else platform

    def after(member: Member, context: Context, intact: bool) -> Iterator[Item]:
        times = [
            facts.at
            for _, record in elements(member, re.compile(_WRAPPERS[kind]))
            if isinstance(record, dict) and (facts := facts_of(repair_tree(record))).at
        ]
        oldest, newest = min((at for at in times if at), default=None), max((at for at in times if at), default=None)
        created = context.survey.account_created_at
        end = context.survey.exported_at or newest
        complete = oldest is not None and (
            (end is not None and end - oldest > _YEARS) or (created is not None and oldest - created < _GAP)
        )  # fmt: skip
        yield ListSeen(kind, complete and intact, platform=own)

    return after


_WRAPPERS: Final = {
    "followed_by": r"relationships_followers|text_post_app_text_post_app_followers",
    "follows": r"relationships_following|text_post_app_text_post_app_following",
}
_ANY: Final = r"(relationships|text_post_app)_\w+"


def _readers(platform: str, prefix: str) -> dict[str, Reader]:
    return {
        f"{prefix}followers": list_reader(
            _follow("inbound", "followed_by", platform), _WRAPPERS["followed_by"], _seen("followed_by", platform)
        ),
        f"{prefix}following": list_reader(
            _follow("outbound", "follows", platform), _WRAPPERS["follows"], _seen("follows", platform)
        ),
        f"{prefix}requests_sent": list_reader(_request("outbound", platform), _ANY),
        f"{prefix}requests_recent": list_reader(_request("outbound", platform, recent=True), _ANY),
        f"{prefix}requests_received": list_reader(_request("inbound", platform), _ANY),
        f"{prefix}blocked": list_reader(_block(platform), _ANY),
    }


READERS = {**_readers(INSTAGRAM, ""), **_readers(THREADS, "threads_")}
