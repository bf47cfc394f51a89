"""Read and count the JSON export: one file, a list a section, chats as an object of lists."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final

from pipeline.formats.counting import json_array, total
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.formats.json_nested import ANY, Entry, nested
from pipeline.model.records import Context, ListSeen, Parsed, SetAside
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.web.json_items import objects, whole_json
from pipeline.sources.tiktok.rows import HANDLES, Chat, live_comment, lowered, username
from pipeline.sources.tiktok.sections import CHATS, LIVE_LISTS, LIVES, SECTIONS

LISTS: Final = {"follower": "followed_by", "following": "follows", "blocked": "blocked"}
_CHAT_NAME: Final = re.compile(r"^(?:Group )?Chat History with\s+(.*?):*\s*$", re.IGNORECASE | re.DOTALL)

_count_lists = total(
    *(json_array(*path) for paths in SECTIONS.values() for path in paths),
    *(json_array(*path, "*") for path in CHATS),
    *(json_array(*path, "*", name) for path in LIVES for name in LIVE_LISTS),
)


def _has(value: Any, path: Sequence[str]) -> bool:
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return True


def _foreign_names(member: Member) -> str:
    """Return the names of the sections of a file that has none of the known ones (asked only when nothing was found)."""
    value = whole_json(member)
    if not isinstance(value, dict) or any(_has(value, path) for path in (*chain(*SECTIONS.values()), *CHATS, *LIVES)):
        return ""
    return ", ".join(value)[:300]


def count_json(member: Member, context: Context) -> int:
    """Count the entries of all lists; a file with none of the known sections is one record that is not understood."""
    return _count_lists(member, context) or (1 if _foreign_names(member) else 0)


def chat_name(key: str) -> str:
    """Return the user or group name in a chat's title (`Chat History with pia.loom:`)."""
    found = _CHAT_NAME.match(key.strip())
    return (found[1] if found else key).strip()


def read_json(member: Member, context: Context) -> Iterator[Item]:
    """Read all sections; a file with none of the known ones is set aside with the names of its own."""
    empty = True
    for item in _read(member, context):
        empty = False
        yield item
    if empty and (names := _foreign_names(member)):
        yield SetAside(
            "", "unknown_layout", f"not understood: please report the names of the sections of this file ({names})"
        )


def _read(member: Member, context: Context) -> Iterator[Item]:
    for section, paths in SECTIONS.items():
        number = 0
        for path in paths:
            items = objects(member, path, _pointer(path), partial(_handled, section, context))
            for parsed in items:
                number += 1
                yield parsed
        if section in LISTS and number:
            yield ListSeen(LISTS[section], complete=True)
    yield from _chats(member, context)
    for path in LIVES:
        yield from _lives(member, path, context)


def _handled(section: str, context: Context, item: dict[str, Any], place: str) -> Parsed:
    return HANDLES[section](lowered(item), place, context)


def _pointer(steps: Sequence[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _object(member: Member, path: Sequence[str]) -> tuple[dict[str, Any], list[Parsed]]:
    """Return the object at a path, or what has to be said when it is broken."""
    with member.open() as stream:
        for _index, raw in split_array(stream, path):
            try:
                value = loads(raw)
            except BadJson as error:
                return {}, [SetAside(_pointer(path), error.code, error.reason)]
            return value if isinstance(value, dict) else {}, []
    return {}, []


def _conversations(member: Member) -> Iterator[list[Entry]]:
    """Yield the messages of each conversation: as it begins, so that a cut file loses nothing before the cut."""
    found: list[Entry] = []
    with member.open() as stream:
        for entry in nested(stream, [(*path, ANY) for path in CHATS]):
            if entry.index == 0 and found:
                yield found
                found = []
            found.append(entry)
    if found:
        yield found


def _chats(member: Member, context: Context) -> Iterator[Parsed]:
    seen: Counter[str] = Counter()
    for messages in _conversations(member):
        parent = messages[0].place.rpartition("/")[0]
        seen[parent] += 1  # closed accounts are blank, so that several conversations may have the same name
        again = f"#{seen[parent]}" if seen[parent] > 1 else ""
        entries = [_value(entry.raw) for entry in messages]
        senders = {username(entry.get("From")) for entry in entries if isinstance(entry, dict)}
        name = chat_name(parent.rpartition("/")[2].replace("~1", "/").replace("~0", "~"))
        chat = Chat(name, senders, context.owner("tiktok").ids, seen[parent])
        for index, entry in enumerate(entries):
            yield _guarded(entry, f"{parent}{again}/{index}", context, chat)


def _value(raw: bytes) -> Any:
    try:
        return loads(raw)
    except BadJson as error:
        return error


def _guarded(entry: Any, place: str, context: Context, chat: Chat | None = None) -> Parsed:
    if isinstance(entry, BadJson):
        return SetAside(place, entry.code, entry.reason)
    if not isinstance(entry, dict):
        return SetAside(place, "not_an_object", "a record here should be a JSON object; this entry is something else")
    return chat.read(lowered(entry), place, context) if chat else live_comment(lowered(entry), place, context)


def _lives(member: Member, path: Sequence[str], context: Context) -> Iterator[Parsed]:
    lives, problems = _object(member, path)
    yield from problems
    for key, live in lives.items():
        for name in LIVE_LISTS:
            entries = live.get(name) if isinstance(live, dict) else None
            entries = entries if isinstance(entries, list) else [entries] if isinstance(entries, dict) else []
            link = live.get("Link") if isinstance(live, dict) else None
            for index, entry in enumerate(entries):
                merged = {"Link": link, **entry} if isinstance(entry, dict) else entry
                yield _guarded(merged, _pointer((*path, key, name, str(index))), context)
