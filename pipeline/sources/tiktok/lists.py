"""Find the lists of a JSON export by their names and the shape of their entries, wherever they are nested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_scanner import Scanner
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.tiktok.entries import is_time, lower_keys
from pipeline.sources.tiktok.sections import (
    CHAT_OBJECTS,
    LIVE_OBJECTS,
    OWN_VIDEOS,
    SECTION_OF_FILE,
    SECTION_OF_LIST,
    Path,
    file_name,
    is_about_owner,
    list_name,
)

_OBJECT, _ARRAY, _ARRAY_END = 0x7B, 0x5B, 0x5D
_DEEPEST: Final = 8
_VIDEO_LINK: Final = re.compile(r"https?://\S*tiktok", re.IGNORECASE)
_ACCOUNT: Final = re.compile(r"user|follow|friend|from|sender|author", re.IGNORECASE)


@dataclass(slots=True)
class Lists:
    """The lists of a file.

    Attributes:
        sections: section -> paths to its lists.
        chats: paths to objects with a list of messages for each chat.
        lives: paths to objects with the watched live streams.
        unknown: paths to lists of unknown names whose entries look like acts towards others.
        roots: names of the file's sections.
        has_known: whether any list has a known name, be it empty.
    """

    sections: dict[str, list[Path]] = field(default_factory=dict)
    chats: list[Path] = field(default_factory=list)
    lives: list[Path] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    has_known: bool = False


def find_lists(member: Member) -> Lists:
    """Return the lists of a JSON file; of a file that is cut off, those before the cut."""
    found = Lists()
    with member.open() as stream:
        scanner = Scanner(stream)
        if scanner.start() != _OBJECT:
            return found
        for path, first in _walk(scanner, ()):
            if path[0] not in found.roots:
                found.roots.append(path[0])
            found.has_known |= _is_known(list_name(path[-1]))
            _sort(path, first, found)
    found.has_known |= bool(found.sections or found.chats)
    return found


def _is_known(name: str) -> bool:
    return name in SECTION_OF_LIST or name in CHAT_OBJECTS or name in LIVE_OBJECTS or name == "videolist"


def _sort(path: Path, first: JsonObject | None, found: Lists) -> None:
    """Put a path where it belongs. `first` is the first entry of a list, None for an object."""
    names = [list_name(key) for key in path]
    if first is None:
        if names[-1] in LIVE_OBJECTS:
            found.lives.append(path)
        return
    if any(name in LIVE_OBJECTS for name in names):
        return
    keys = lower_keys(first)
    parent = names[-2] if len(names) > 1 else ""
    if parent in CHAT_OBJECTS or {"from", "content"} <= keys.keys():
        if path[:-1] not in found.chats:
            found.chats.append(path[:-1])
        return
    section = _section(path, names)
    if section:
        found.sections.setdefault(section, []).append(path)
    elif names[-1] != "videolist" and _is_social(keys) and not any(is_about_owner(_named(key)) for key in path[-2:]):
        found.unknown.append(path)


def _section(path: Path, names: list[str]) -> str:
    """Return the section of a list by its name, else by the translated name of the section around it."""
    if names[-1] == "videolist":
        return "posts" if OWN_VIDEOS & set(names[:-1]) else ""
    known = SECTION_OF_LIST.get(names[-1], "")
    if known:
        return known
    around = (SECTION_OF_FILE.get(_named(key), "") for key in path[:-3:-1])
    return next((section for section in around if section not in {"", "chats", "profile"}), "")


def _named(key: str) -> str:
    return file_name(f"{key}.")


def _is_social(keys: JsonObject) -> bool:
    """Return whether an entry has a time, and an account, a video's link or a text."""
    if not any(is_time(value) for value in keys.values()):
        return False
    texts = [value for value in keys.values() if isinstance(value, str)]
    return any(_ACCOUNT.search(key) or key in {"comment", "content", "message"} for key in keys) or any(
        _VIDEO_LINK.match(text) for text in texts
    )


def _walk(scanner: Scanner, path: Path) -> Iterator[tuple[Path, JsonObject | None]]:
    """Yield every object with None, then every list with its first entry, and move past the value ahead."""
    lead = scanner.buffer[scanner.at]
    if lead == _ARRAY:
        yield path, _first_entry(scanner)
    elif lead == _OBJECT and len(path) < _DEEPEST:
        if path:
            yield path, None
        yield from _members(scanner, path)
    else:
        scanner.value(keep=False)


def _members(scanner: Scanner, path: Path) -> Iterator[tuple[Path, JsonObject | None]]:
    scanner.at += 1
    scalars: JsonObject = {}
    has_inner = False
    while (key := scanner.key()) is not None:
        if scanner.buffer[scanner.at] in {_OBJECT, _ARRAY}:
            has_inner = True
            yield from _walk(scanner, (*path, key))
            continue
        scalars[key] = _value(scanner.value())
        if scalars[key] is None:
            yield (*path, key), None  # an empty list may be `null`
    scanner.at += 1
    if path and not has_inner and any(is_time(value) for value in scalars.values()):
        yield path, scalars  # a bare object in place of a list is its only entry


def _first_entry(scanner: Scanner) -> JsonObject:
    """Return the first object of the list ahead, empty when it has none, and move past the list."""
    scanner.at += 1
    first: JsonObject = {}
    while (ahead := scanner.skip()) is not None and ahead != _ARRAY_END:
        if ahead == _OBJECT and not first:
            value = _value(scanner.value())
            first = value if isinstance(value, dict) else {}
        else:
            scanner.value(keep=False)
    scanner.at += 1
    return first


def _value(raw: bytes) -> object:
    try:
        value: object = loads(raw)
    except BadJson:
        return None
    return value
