"""Lists of records in all their wrappers, read record by record.

Format facts: a list is bare, wrapped under one (versioned) key, wrapped twice (`activity_log_data`), or a bare object when it
holds one record.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import orjson

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import if_ended, json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Item, Member, Reader
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.meta.text_repair import repair_object, repair_tree

ReadRecord: TypeAlias = Callable[[JsonObject, str, Context], Parsed]
"""Turns a record (texts repaired), its pointer and the context into its outcome."""
AfterList: TypeAlias = Callable[[Member, Context, bool], Iterable[Item]]
"""Yields what a whole list states, given whether every record of it could be read."""

_RECORD_KEYS = frozenset({
    "timestamp", "title", "data", "label_values", "string_map_data", "string_list_data", "media", "creation_timestamp", "name",
})  # fmt: skip
"""Keys of a record; an object with one of them is a record, not a wrapper."""
_KEY = re.compile(rb'"([^"\\]{1,80})"\s*:')
_LIST_OF_OBJECTS = re.compile(rb"\[\s*[\[{]")
_BARE_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*[\[{\]]")


@dataclass(slots=True)
class Element:
    """An element of a list."""

    pointer: str
    value: object
    """The JSON value, or the `BadJson` that says what is wrong with it."""


def find_records(data: object, wrappers: "re.Pattern[str] | None" = None) -> list[Element]:
    """Return the records in a parsed file, whatever its wrapper.

    Args:
        data: the file's JSON value.
        wrappers: names that the list may have; when none fits, any key with a list or an object is a wrapper.
    """
    if isinstance(data, list):
        return [Element(f"/{index}", item) for index, item in enumerate(data)]
    if not isinstance(data, dict):
        return [Element("", data)]
    keys = [key for key in data if wrappers and wrappers.fullmatch(key)]
    if not keys and not (_RECORD_KEYS & data.keys()):
        keys = [key for key, value in data.items() if isinstance(value, (list, dict))]
    if not keys:
        return [Element("", data)] if data else []
    found: list[Element] = []
    for key in keys:
        value, pointer = data[key], f"/{_escape(key)}"
        if isinstance(value, dict) and isinstance(value.get("activity_log_data"), list):
            value, pointer = value["activity_log_data"], f"{pointer}/activity_log_data"
        if isinstance(value, list):
            found.extend(Element(f"{pointer}/{index}", item) for index, item in enumerate(value))
        elif value:
            found.append(Element(pointer, value))
    return found


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def elements(member: Member, wrappers: "re.Pattern[str] | None" = None) -> Iterator[Element]:
    """Yield the elements of a member's list; of broken JSON, those that can still be split off.

    Raises:
        MemberError: when the bytes cannot be read.
    """
    try:
        yield from find_records(loads(member.read()), wrappers)
    except BadJson as problem:
        for path in ((wrappers,), ()) if wrappers else ((),):
            saved = _split(member, [step for step in path if step])
            # Meta at times writes a literal "[object Object]": without a list of objects the file is one broken record.
            if saved and _LIST_OF_OBJECTS.search(member.head(4096)):
                yield from saved
                return
        yield Element("", problem)


def _split(member: Member, path: "list[re.Pattern[str]]") -> list[Element]:
    """Return the elements of a broken file's array, each parsed or with what is wrong with it."""
    found: list[Element] = []
    keys = (key.decode("utf-8", "replace") for key in _KEY.findall(head_bytes(member))) if path else ()
    inside = next((f"/{_escape(key)}" for key in keys if path[0].fullmatch(key)), "")
    for index, raw in split_array(member.open(), path):
        try:
            found.append(Element(f"{inside}/{index}", loads(raw)))
        except BadJson as problem:
            found.append(Element(f"{inside}/{index}", problem))
    return found


def element_counter(wrappers: "re.Pattern[str] | None" = None) -> Count:
    """Return a counter of the records under these wrappers.

    The shared counter, which sees bytes only, counts every layout that it has a path for. Layouts with a bare object or an
    unusual wrapper are counted in the parsed file.
    """
    bare = json_array()
    wrapped = json_array(wrappers) if wrappers else None

    def count(member: Member, context: Context) -> int:
        if not is_whole_json(member):
            return if_ended(sum(1 for _ in elements(member, wrappers)), member)
        if _BARE_LIST.match(member.head(64)):
            return bare(member, context)
        listed = wrapped(member, context) if wrapped else 0
        # A single element may be a second wrapper (`activity_log_data`), which only the parsed file shows.
        return listed if listed > 1 else sum(1 for _ in elements(member, wrappers))

    return count


def is_whole_json(member: Member) -> bool:
    """Return whether a member is one JSON value that can be parsed."""
    try:
        raw = member.read()
        try:
            orjson.loads(raw)
        except orjson.JSONDecodeError:
            loads(raw)
    except BadJson:
        return False
    return True


def read_list(
    member: Member, context: Context, read_record: ReadRecord, wrappers: "re.Pattern[str] | None" = None
) -> Iterator[Parsed]:
    """Yield the outcome of each record of a list; what is no JSON object is set aside."""
    for element in elements(member, wrappers):
        pointer, value = element.pointer, element.value
        if isinstance(value, BadJson):
            yield SetAside(pointer, value.code, value.reason)
        elif not isinstance(value, dict):
            yield not_an_object(pointer)
        else:
            yield read_record(repair_object(value), pointer, context)


def list_reader(read_record: ReadRecord, wrappers: str | None = None, after: AfterList | None = None) -> Reader:
    """Return the reader of a list of records.

    Args:
        read_record: reads one record.
        wrappers: regular expression of the list's key.
        after: yields what the list as a whole states.
    """
    pattern = re.compile(wrappers) if wrappers else None

    def parse(member: Member, context: Context) -> Iterator[Item]:
        all_read = True
        for item in read_list(member, context, read_record, pattern):
            all_read = all_read and not isinstance(item, SetAside)
            yield item
        if after:
            yield from after(member, context, all_read)

    return Reader(parse, element_counter(pattern))


def skipped_list(rule: str, wrappers: str | None = None) -> Reader:
    """Return the reader of a list that leaves out every record by one of `pipeline.model.codes.SKIP_RULES`."""

    def skip(_record: JsonObject, pointer: str, _context: Context) -> Parsed:
        return Skipped(pointer, rule)

    return list_reader(skip, wrappers)


def not_an_object(pointer: str) -> SetAside:
    """Set aside an element that should be a JSON object."""
    return SetAside(pointer, "not_an_object", "an entry of this list has no fields")


def without_time(pointer: str, what: str) -> SetAside:
    """Set aside a record that has no usable time; `what` names it, such as "a comment"."""
    return SetAside(pointer, "unreadable_time", f"{what} without a time that can be read")


def head_bytes(member: Member, size: int = 65_536) -> bytes:
    """Return the first bytes of a member, empty when they cannot be read: surveys must not fail."""
    try:
        return member.head(size)
    except MemberError:
        return b""


def whole_json(member: Member) -> object:
    """Return the parsed and repaired content of a small member, None when it is broken: surveys must not fail."""
    try:
        return repair_tree(loads(member.read()))
    except (BadJson, MemberError):
        return None


def records_of(members: Iterable[Member], wrappers: "re.Pattern[str] | None" = None) -> Iterator[JsonObject]:
    """Yield the records of several members for a survey, texts repaired; what cannot be read is passed over."""
    for member in members:
        try:
            for element in elements(member, wrappers):
                if isinstance(element.value, dict):
                    yield repair_object(element.value)
        except MemberError:
            continue
