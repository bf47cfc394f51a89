"""Audio and video calls. Format fact: their records are nested deeply and named differently in every version.

So a call's time is the first `createdAt` in it, and its people are the numeric ids below keys that name a role.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model.codes import Direction
from pipeline.model.records import Interaction, Parsed, Person, Row, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import iso_us, text_of, unreadable_time
from pipeline.sources.x.files import ReadRecord, record_parser
from pipeline.sources.x.people import id_of, is_owner_id

_ROLE: Final = re.compile(
    r"(invite|callee|participant|recipient|caller|host|initiat|broadcaster|sender)", re.IGNORECASE
)
_DEPTH: Final = 6
_ROLE_DEPTH: Final = 4
"""Levels below a key that names a role."""


def _people(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the numeric ids below keys that name a role in a call."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if _ROLE.search(key):
                yield from _ids(inner)
            else:
                yield from _people(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _people(inner, depth + 1)


def _ids(value: object, depth: int = 0) -> Iterator[str]:
    """Yield a value that is a numeric id, or the ids in it: elements of lists, values under keys that end with `id`."""
    if isinstance(value, list) and depth < _ROLE_DEPTH:
        for inner in value:
            yield from _ids(inner, depth + 1)
    elif isinstance(value, dict) and depth < _ROLE_DEPTH:
        for key, inner in value.items():
            if key.lower().endswith(("id", "ids")):
                yield from _ids(inner, depth + 1)
    elif found := id_of(value):
        yield found


def _first_text(value: object, key: str, depth: int = 0) -> str:
    """Return the first text under a key, at any level."""
    if depth > _DEPTH:
        return ""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    here = text_of(value.get(key)) if isinstance(value, dict) else ""
    return here or next(filter(None, (_first_text(item, key, depth + 1) for item in inner)), "")


def _call(direction: Direction) -> ReadRecord:
    def read(value: JsonObject, pointer: str, context: Context) -> Parsed:
        at = iso_us(_first_text(value, "createdAt"))
        if at is None:
            return unreadable_time(pointer)
        others = sorted({native_id for native_id in _people(value) if not is_owner_id(native_id, context)})
        if not others or (direction == "inbound" and len(others) > 1):
            return Stored(pointer, (Unattributed("call", direction, at),))
        rows: list[Row] = []
        for native_id in others:
            act = Interaction(native_id, direction, "call", at, is_group=len(others) > 1)
            rows += [Person(native_id), act]
        return Stored(pointer, tuple(rows))

    return read


read_calls_placed: Final = record_parser("", _call("outbound"))
"""Parser of calls that the owner placed: a row for each invited person, else unattributed."""
read_calls_received: Final = record_parser("", _call("inbound"))
"""Parser of calls that the owner received: a row where exactly one other person is named, else unattributed."""
