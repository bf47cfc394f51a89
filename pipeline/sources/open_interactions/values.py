"""One row of an open file: text columns to an interaction, or why not."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from pipeline.model.codes import DIRECTIONS, KINDS
from pipeline.model.durations import DAY_S, SECOND
from pipeline.model.limits import EARLIEST_US, LATEST_US
from pipeline.model.records import Interaction, Person, SetAside, Stored, Tie

OWNER: Final = "owner"
"""native_id of the owner's account where the file names none."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DATE: Final = 10
"""Characters of the longest form of a date without a time (`2024-05-03`, `20240503`, `2024-W18-5`)."""
_WIDEST: Final = 36_525 * DAY_S
_NUMBER: Final = re.compile(r"([+-]?[0-9]{1,18})(?:\.0*)?")
_TRUE: Final = frozenset({"true", "1", "yes", "t", "y"})
_FALSE: Final = frozenset({"", "false", "0", "no", "f", "n"})


def micros(text: str) -> int | None:
    """Return microseconds UTC of an ISO 8601 time (without an offset: UTC); None when it isn't one."""
    try:
        at = datetime.fromisoformat(text.strip())
        delta = (at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH
    except (ValueError, OverflowError):
        return None
    return (delta.days * DAY_S + delta.seconds) * SECOND + delta.microseconds


def _whole(text: str) -> int | None:
    """Return a whole number, also written as `60.0`, as columns with gaps are; None beyond 64 bits."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def _aside(pointer: str, code: str, words: str) -> SetAside:
    return SetAside(pointer, code, words)


def interaction(pointer: str, values: Mapping[str, str]) -> Stored | SetAside:
    """Return the record of one row; a follow is a tie too."""
    cell = {name: value.strip() for name, value in values.items()}
    cls, direction = cell.get("class", "").lower(), cell.get("direction", "").lower()
    platform, contact = cell.get("platform", "").lower(), cell.get("contact", "")
    if not contact:
        return _aside(pointer, "missing_field", "the column contact is empty, so the act has no counterpart")
    if not platform:
        return _aside(pointer, "missing_field", "the column platform is empty")
    if direction not in DIRECTIONS:
        return _aside(pointer, "unknown_direction", "the column direction must be outbound or inbound")
    if cls not in KINDS:
        return _aside(pointer, "unknown_class", f"the column class must be one of {', '.join(KINDS)}")
    written = cell.get("occurred_at", "")
    at = micros(written)
    if at is None:
        return _aside(pointer, "unreadable_time", "the column occurred_at is not an ISO 8601 time")
    if not EARLIEST_US <= at <= LATEST_US:
        return _aside(pointer, "unreadable_time", "the column occurred_at is outside the years 1800 to 2199")
    resolution = _whole(cell["resolution_s"]) if cell.get("resolution_s") else DAY_S if len(written) <= _DATE else 1
    if resolution is None or not 1 <= resolution <= _WIDEST:
        words = "the column resolution_s must be a whole number of seconds, 1 or more, at most a hundred years"
        return _aside(pointer, "bad_resolution", words)
    group = cell.get("group", "").lower()
    if group not in _TRUE | _FALSE:
        return _aside(pointer, "bad_group", "the column group must be true or false")
    seq = _whole(cell["seq"]) if cell.get("seq") else None
    if cell.get("seq") and seq is None:
        return _aside(pointer, "bad_seq", "the column seq must be a whole number")
    act = Interaction(
        person=contact, direction=direction, kind=cell.get("kind", "").lower() or KINDS[cls][0], at=at, resolution_s=resolution,
        native_id=cell.get("id") or None, thread=cell.get("thread") or None, reply_to=cell.get("reply_to") or None,
        is_group=group in _TRUE, text=values.get("text") or None, url=cell.get("url") or None, seq=seq, cls=cls,
        platform=platform, account=cell.get("account") or OWNER,
    )  # fmt: skip
    person = Person(contact, display_name=cell.get("contact_name") or None, platform=platform, key=contact)
    if cls != "follow":
        return Stored(pointer, (act, person))
    tie = Tie(contact, "follows" if direction == "outbound" else "followed_by", at, platform, account=act.account)
    return Stored(pointer, (act, person, tie))
