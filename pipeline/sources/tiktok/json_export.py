"""Read and count the JSON export: one file with a list for each section, chats as an object of lists."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from pipeline.formats.counting import json_array, total
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.formats.json_nested import ANY, Entry, nested
from pipeline.model.records import ListSeen, Parsed, SetAside
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_object
from pipeline.sources.shared.web.json_items import objects
from pipeline.sources.tiktok.chats import Chat, chat_name
from pipeline.sources.tiktok.entries import (
    TIE_OF_LIST,
    ReadEntry,
    live_comment,
    lower_keys,
    read_section_entry,
    user_name,
    usual_keys,
)
from pipeline.sources.tiktok.lists import find_lists
from pipeline.sources.tiktok.sections import LIVE_LISTS, Path

_LONGEST_LIST_OF_NAMES = 300


def count_json(member: Member, context: Context) -> int:
    """Count the entries of all lists; a file with other sections only is one record."""
    found = find_lists(member)
    if not found.has_known:
        return 1 if found.roots else 0
    paths = chain(*found.sections.values(), found.unknown)
    return total(
        *(json_array(*path) for path in paths),
        *(json_array(*path, "*") for path in found.chats),
        *(json_array(*path, "*", name) for path in found.lives for name in LIVE_LISTS),
    )(member, context)


def read_json(member: Member, context: Context) -> Iterator[Item]:
    """Yield the entries of all lists. Lists of unknown names are set aside, and a file that has no other ones as a whole."""
    found = find_lists(member)
    if not found.has_known:
        if found.roots:
            names = ", ".join(found.roots)[:_LONGEST_LIST_OF_NAMES]
            reason = f"not understood: please report the names of the sections of this file ({names})"
            yield SetAside("", "unknown_layout", reason)
        return
    for section, paths in found.sections.items():
        read_object = partial(_read_object, section, context)
        number, complete = 0, True
        for path in paths:
            for parsed in objects(member, path, _pointer(path), read_object):
                number, complete = number + 1, complete and not isinstance(parsed, SetAside)
                yield parsed
        if section in TIE_OF_LIST and number:
            yield ListSeen(TIE_OF_LIST[section], complete=complete)
    if found.chats:
        yield from _chats(member, found.chats, context)
    for path in found.lives:
        yield from _lives(member, path, context)
    for path in found.unknown:
        yield from objects(member, path, _pointer(path), partial(_unknown_entry, path))


def _unknown_entry(path: Path, item: JsonObject, pointer: str) -> Parsed:
    keys = ", ".join(item)[:_LONGEST_LIST_OF_NAMES]
    reason = f"not understood: please report the name and the keys of this list (“{path[-1][:60]}”: {keys})"
    return SetAside(pointer, "unknown_layout", reason)


def _read_object(section: str, context: Context, item: JsonObject, pointer: str) -> Parsed:
    return read_section_entry(section, item, pointer, context)


def _pointer(steps: Sequence[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _conversations(member: Member, paths: Sequence[Path]) -> Iterator[list[Entry]]:
    """Yield the messages of each conversation; in a file that is cut off, everything before the cut."""
    found: list[Entry] = []
    with member.open() as stream:
        for entry in nested(stream, [(*path, ANY) for path in paths]):
            if entry.index == 0 and found:
                yield found
                found = []
            found.append(entry)
    if found:
        yield found


def _chats(member: Member, paths: Sequence[Path], context: Context) -> Iterator[Parsed]:
    seen: Counter[str] = Counter()
    for messages in _conversations(member, paths):
        parent = messages[0].place.rpartition("/")[0]
        seen[parent] += 1  # chats with closed accounts have blank titles, so that titles may repeat
        again = f"#{seen[parent]}" if seen[parent] > 1 else ""
        values = [_value(entry.raw) for entry in messages]
        entries = (usual_keys("chats", value) for value in values if isinstance(value, dict))
        senders = {user_name(entry.get("from")) for entry in entries}
        name = chat_name(parent.rpartition("/")[2].replace("~1", "/").replace("~0", "~"), senders)
        chat = Chat(name, senders, context.owner("tiktok").ids, seen[parent])
        for index, value in enumerate(values):
            yield _read_value(
                usual_keys("chats", value) if isinstance(value, dict) else value,
                f"{parent}{again}/{index}",
                context,
                chat.read,
            )


def _value(raw: bytes) -> object:
    """Return the JSON value, or what is wrong with it."""
    try:
        value: object = loads(raw)
    except BadJson as problem:
        return problem
    return value


def _read_value(value: object, pointer: str, context: Context, read_entry: ReadEntry) -> Parsed:
    if isinstance(value, BadJson):
        return SetAside(pointer, value.code, value.reason)
    if not isinstance(value, dict):
        return SetAside(pointer, "not_an_object", "a record here should be a JSON object; this entry is something else")
    return read_entry(lower_keys(value), pointer, context)


def _lives(member: Member, path: Sequence[str], context: Context) -> Iterator[Parsed]:
    """Yield the owner's comments and questions in watched live streams; each carries the link of its stream."""
    value = _first_value(member, path)
    if isinstance(value, BadJson):
        yield SetAside(_pointer(path), value.code, value.reason)
    for key, live in as_object(value).items():
        for name in LIVE_LISTS:
            listed = as_object(live).get(name)
            for index, entry in enumerate([listed] if isinstance(listed, dict) else as_list(listed)):
                linked = {"Link": as_object(live).get("Link"), **entry} if isinstance(entry, dict) else entry
                yield _read_value(linked, _pointer((*path, key, name, str(index))), context, live_comment)


def _first_value(member: Member, path: Sequence[str]) -> object:
    """Return the value at a path, or what is wrong with it; None when there is none."""
    with member.open() as stream:
        for _index, raw in split_array(stream, path):
            return _value(raw)
    return None
