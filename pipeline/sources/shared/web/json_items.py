"""What the readers of open-web and short-video platforms share: ISO times, elements of a JSON array."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import BadJson, cut_text, loads
from pipeline.formats.json_elements import Step, split_array
from pipeline.model.durations import DAY_S, HOUR_S, SECOND
from pipeline.model.records import Parsed, SetAside
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import JsonObject

_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def iso_us(value: object) -> int | None:
    """Return an ISO 8601 time (`T` or a blank between, `Z`, `UTC` or an offset, 0 to 9 fraction digits) as microseconds.

    A time without zone is UTC: all platforms that use this write UTC. None for anything else, and before 1970.
    """
    found = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    second = min(int(found[6] or 0), 59)  # a leap second is the one before it
    try:
        moment = datetime(year, month, day, hour=hour, minute=minute, second=second, tzinfo=UTC)
    except ValueError:
        return None
    whole = (moment - _EPOCH).days * DAY_S + (moment - _EPOCH).seconds
    zone = (found[8] or "Z").upper()
    if zone[0] in "+-":
        shift = int(zone[1:3]) * HOUR_S + int(zone[-2:]) * 60
        whole += -shift if zone[0] == "+" else shift
    micros = int((found[7] or "0").ljust(6, "0")[:6])
    return whole * SECOND + micros if whole >= 0 else None


def compact_us(digits: str) -> int | None:
    """Return a time written as `YYYYMMDD` or `YYYYMMDDHHMMSS` (as usual file names hold it), UTC, as microseconds."""
    text = digits.ljust(14, "0")
    return iso_us(f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:14]}Z")


def kept(text: str, context: Context) -> str | None:
    """Return the text within the settings' limit, None when it is empty."""
    return cut_text(text, context.settings.max_text) if text else None


def objects(
    member: Member, path: Sequence[Step], pointer: str, handle: Callable[[JsonObject, str], Parsed]
) -> Iterator[Parsed]:
    """Read the objects of the array at a path, each through `handle`; what can't be read is set aside.

    Args:
        member: the JSON file.
        path: keys down to the array.
        pointer: JSON pointer of the array (`/orderedItems`).
        handle: turns one object and its pointer into what became of it.
    """
    with member.open() as stream:
        for index, raw in split_array(stream, path):
            yield one_object(raw, f"{pointer}/{index}", handle)


def one_object(raw: bytes, place: str, handle: Callable[[JsonObject, str], Parsed]) -> Parsed:
    """Read one JSON object through `handle`; bytes that are none are set aside."""
    try:
        value = loads(raw)
    except BadJson as error:
        return SetAside(place, error.code, error.reason)
    if not isinstance(value, dict):
        return SetAside(place, "not_an_object", "a record here should be a JSON object; this entry is something else")
    return handle(value, place)


def whole_json(member: Member) -> Any:
    """Return a small member's JSON value, None when it can't be had (surveys must not fail)."""
    try:
        return loads(member.read())
    except (BadJson, MemberError):
        return None


def text_of(value: object) -> str:
    """Return a stripped text; empty for anything that is no text."""
    return value.strip() if isinstance(value, str) else ""


def unreadable_time(place: str) -> SetAside:
    """Set a record aside whose time is missing or written in no known way."""
    return SetAside(place, "unreadable_time", "its time is missing or not written as this export writes times")


def unknown_kind(place: str, kind: str) -> SetAside:
    """Set a record aside whose kind this reader doesn't know (`kind` is the platform's word, cut to 80 characters)."""
    return SetAside(place, "unknown_kind", f"not understood: a record of the kind “{kind[:80]}”. Please report it")
