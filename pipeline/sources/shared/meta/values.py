"""What Facebook, Instagram and Threads share: text repair, times, lists in all their wrappers, labelled values.

Facts: Meta writes each UTF-8 byte of a text as its own escape; times are epoch seconds, milliseconds in messages; a list
may be bare, wrapped under one (versioned) key, or a bare object when it holds one record.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

import orjson

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import if_ended, json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.durations import SECOND
from pipeline.model.naming import name_id
from pipeline.model.records import Context, Parsed, Person, SetAside
from pipeline.sources.base import Item, Member, Parse, Reader

Handle: TypeAlias = Callable[[dict[str, Any], str, Context], Parsed]
"""A record, its pointer and the context -> what became of it."""

_DATA_KEYS = frozenset({
    "timestamp", "title", "data", "label_values", "string_map_data", "string_list_data", "media", "creation_timestamp", "name",
})  # fmt: skip
_KEY = re.compile(rb'"([^"\\]{1,80})"\s*:')
_OBJECTS = re.compile(rb"\[\s*[\[{]")
_LAST_SECOND = 253_402_300_799
"""End of the year 9999."""
_MILLISECONDS = 100_000_000_000
"""A greater number of an epoch time counts milliseconds."""


def repair(text: str) -> str:
    """Return the text with Meta's double encoding undone; text that is already right comes back as it is.

    A text is touched only when every character fits one byte and these bytes are UTF-8. Apply once, after JSON parsing.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def repair_tree(value: Any) -> Any:
    """Repair every string and every object key inside a JSON value."""
    if isinstance(value, str):
        return repair(value)
    if isinstance(value, list):
        return [repair_tree(item) for item in value]
    if isinstance(value, dict):
        return {repair(key): repair_tree(item) for key, item in value.items()}
    return value


def tidy_name(value: Any) -> str:
    """Return a repaired name as text (NFC, no outer blanks); empty for anything that is no text. Idempotent on repaired input."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""


def micros(value: Any) -> int | None:
    """Return an epoch time as microseconds; over 1e11 it is milliseconds, else seconds. None for 0, nonsense or absence."""
    if type(value) is int and _MILLISECONDS < value <= _LAST_SECOND * 1000:  # as in every message: the short way
        return value * 1000
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value) if isinstance(value, str) else value
        whole = int(number * 1000) if number > _MILLISECONDS else int(number * SECOND)
    except (ValueError, OverflowError):
        return None
    return whole if 0 < whole <= _LAST_SECOND * SECOND else None


def iso_micros(value: Any) -> int | None:
    """Return an ISO time as microseconds; without an offset it is UTC (the 2018-20 Instagram layout writes both)."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * SECOND)


def find_records(data: Any, wrappers: "re.Pattern[str] | None" = None) -> list[tuple[str, Any]]:
    """Return (pointer, record) of each record in a parsed file, whatever its wrapper.

    Args:
        data: the file's JSON value.
        wrappers: the names that the list may go by; any single list is taken when none fits.
    """
    if isinstance(data, list):
        return [(f"/{index}", item) for index, item in enumerate(data)]
    if not isinstance(data, dict):
        return [("", data)]
    named = [key for key in data if wrappers and wrappers.fullmatch(key)]
    if not named and not (_DATA_KEYS & data.keys()):
        named = [key for key, value in data.items() if isinstance(value, (list, dict))]
    if not named:
        return [("", data)] if data else []
    found: list[tuple[str, Any]] = []
    for key in named:
        value, place = data[key], f"/{_escape(key)}"
        if isinstance(value, dict) and isinstance(value.get("activity_log_data"), list):
            value, place = value["activity_log_data"], f"{place}/activity_log_data"
        if isinstance(value, list):
            found.extend((f"{place}/{index}", item) for index, item in enumerate(value))
        elif value:
            found.append((place, value))
    return found


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def elements(member: Member, wrappers: "re.Pattern[str] | None" = None) -> Iterator[tuple[str, Any]]:
    """Yield (pointer, record or BadJson) of a member; broken JSON is walked element by element, to save what can be read.

    Raises:
        MemberError: when the bytes can't be had.
    """
    try:
        yield from find_records(loads(member.read()), wrappers)
    except BadJson as problem:
        for path in ((wrappers,), ()) if wrappers else ((),):
            saved = _saved(member, [step for step in path if step])
            # Without a list of objects (Meta writes a literal "[object Object]" at times) the file is one broken record.
            if saved and _OBJECTS.search(member.head(4096)):
                yield from saved
                return
        yield "", problem


def _saved(member: Member, path: "list[re.Pattern[str]]") -> list[tuple[str, Any]]:
    """Return the elements of a broken file's array, each read or with what is wrong with it."""
    found: list[tuple[str, Any]] = []
    keys = (key.decode("utf-8", "replace") for key in _KEY.findall(first_bytes(member))) if path else ()
    inside = next((f"/{_escape(key)}" for key in keys if path[0].fullmatch(key)), "")
    for index, raw in split_array(member.open(), path):
        try:
            found.append((f"{inside}/{index}", loads(raw)))
        except BadJson as problem:
            found.append((f"{inside}/{index}", problem))
    return found


def count_elements(wrappers: "re.Pattern[str] | None" = None) -> Callable[[Member, Context], int]:
    """Return a counter of the records under these wrappers: by the shared counter, which sees bytes only, where it applies.

    Only layouts that it has no path for (a bare object, an unusual wrapper) are counted over the parsed file.
    """
    bare = json_array()
    wrapped = json_array(wrappers) if wrappers else None

    def count(member: Member, context: Context) -> int:
        if not intact(member):
            return if_ended(sum(1 for _ in elements(member, wrappers)), member)
        if re.match(rb"(?:\xef\xbb\xbf)?\s*\[\s*[\[{\]]", member.head(64)):
            return bare(member, context)
        listed = wrapped(member, context) if wrapped else 0
        # One element may be a list inside of the wrapper (`activity_log_data`): only the parsed file tells.
        return listed if listed > 1 else sum(1 for _ in elements(member, wrappers))

    return count


def intact(member: Member) -> bool:
    """Tell whether a member is one whole JSON value; what a broken one holds only the splitter can say."""
    try:
        raw = member.read()
        try:
            orjson.loads(raw)
        except orjson.JSONDecodeError:
            loads(raw)
    except BadJson:
        return False
    return True


def walk(member: Member, context: Context, handle: Handle, wrappers: "re.Pattern[str] | None" = None) -> Iterator[Item]:
    """Yield what `handle` makes of each record, text repaired; broken records are set aside."""
    for pointer, record in elements(member, wrappers):
        if isinstance(record, BadJson):
            yield SetAside(pointer, record.code, record.reason)
        elif not isinstance(record, dict):
            yield SetAside(pointer, "not_an_object", "an entry of this list has no fields")
        else:
            yield handle(repair_tree(record), pointer, context)


def list_reader(
    handle: Handle, wrappers: str | None = None, after: Callable[[Member, Context, bool], Iterable[Item]] | None = None
) -> Reader:
    """Return a reader of a list of records.

    Args:
        handle: what becomes of one record.
        wrappers: the pattern of the list's key.
        after: what the list as a whole says; it is told whether every record could be read.
    """
    pattern = re.compile(wrappers) if wrappers else None

    def parse(member: Member, context: Context) -> Iterator[Item]:
        intact = True
        for item in walk(member, context, handle, pattern):
            intact = intact and not isinstance(item, SetAside)
            yield item
        if after:
            yield from after(member, context, intact)

    typed: Parse = parse
    return Reader(typed, count_elements(pattern))


def untimed(pointer: str, what: str) -> SetAside:
    """Set a record aside that has no usable time."""
    return SetAside(pointer, "unreadable_time", f"{what} without a time that can be read")


def named(name: str, **more: str | None) -> Person:
    """Return a person who is known by name only (CONTRACT, native_id of a person)."""
    return Person(name_id(name), display_name=name, **more)  # type: ignore[arg-type]  # only text fields are passed on


def first_bytes(member: Member, size: int = 65_536) -> bytes:
    """Return the head of a member, empty when it can't be had: surveys must not fail."""
    try:
        return member.head(size)
    except MemberError:
        return b""


def whole(member: Member) -> Any:
    """Return the parsed and repaired content of a small member for a survey, None when it is broken."""
    try:
        return repair_tree(loads(member.read()))
    except (BadJson, MemberError):
        return None
