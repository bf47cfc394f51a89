"""Walk a big JSON document once and take the elements of nested arrays out of it, in bounded memory.

For exports that hold everything in one file (an array of chats, each with its array of messages): no chat is held whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, TypeAlias

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import _Scanner

ANY: Final = "*"
Path: TypeAlias = tuple[str, ...]
_SHORT: Final = 1 << 16
_OBJECT, _ARRAY, _ARRAY_END = 0x7B, 0x5B, 0x5D


@dataclass(frozen=True, slots=True)
class Entry:
    """An element of a wanted array."""

    path: Path
    """The wanted path, as given."""
    place: str
    """JSON pointer of the element."""
    around: dict[str, Any]
    """Scalars of the object that holds the array, as far as they stand before it; the same object for all its elements."""
    index: int
    raw: bytes
    """To be parsed by `pipeline.formats.decoding.loads`."""


@dataclass(frozen=True, slots=True)
class _Wish:
    whole: Path
    rest: Path = field(default=())

    def step(self, key: str) -> "_Wish | None":
        return _Wish(self.whole, self.rest[1:]) if self.rest and self.rest[0] in {key, ANY} else None


def nested(stream: BinaryIO, paths: Sequence[Path]) -> Iterator[Entry]:
    """Yield the elements of all arrays at the paths, in the order of the file.

    A bare object in place of an array is its only element, as for `jsonstream.split_array`.

    Args:
        stream: bytes of JSON.
        paths: keys from the root down to the arrays; `"*"` stands for every element or every key. No path may begin another.
    """
    scanner = _Scanner(stream)
    if scanner.start() is not None:
        yield from _walk(scanner, [_Wish(path, path) for path in paths], "", {})


def _walk(scanner: _Scanner, wishes: Sequence[_Wish], place: str, around: dict[str, Any]) -> Iterator[Entry]:
    """Walk the value ahead and move behind it."""
    here = next((wish for wish in wishes if not wish.rest), None)
    lead = scanner.buffer[scanner.at]
    if here is not None and lead == _OBJECT:
        yield Entry(here.whole, f"{place}/0", around, 0, scanner.value())
    elif here is not None and lead == _ARRAY:
        scanner.at += 1
        index = 0
        while (ahead := scanner.skip()) is not None and ahead != _ARRAY_END:
            yield Entry(here.whole, f"{place}/{index}", around, index, scanner.value())
            index += 1
        scanner.at += 1
    elif lead == _OBJECT:
        yield from _object(scanner, wishes, place)
    elif lead == _ARRAY:
        scanner.at += 1
        index = 0
        while (ahead := scanner.skip()) is not None and ahead != _ARRAY_END:
            yield from _inner(scanner, wishes, str(index), place, {})
            index += 1
        scanner.at += 1
    else:
        scanner.value(keep=False)


def _object(scanner: _Scanner, wishes: Sequence[_Wish], place: str) -> Iterator[Entry]:
    scanner.at += 1
    around: dict[str, Any] = {}
    while (key := scanner.key()) is not None:
        if scanner.buffer[scanner.at] in {_OBJECT, _ARRAY}:
            yield from _inner(scanner, wishes, key, place, around)
            continue
        raw = scanner.value()
        if len(raw) <= _SHORT:
            try:
                around[key] = loads(raw)
            except BadJson:
                continue
    scanner.at += 1


def _inner(scanner: _Scanner, wishes: Sequence[_Wish], key: str, place: str, around: dict[str, Any]) -> Iterator[Entry]:
    further = [wish for wish in (wish.step(key) for wish in wishes) if wish is not None]
    if further:
        escaped = key.replace("~", "~0").replace("/", "~1")
        yield from _walk(scanner, further, f"{place}/{escaped}", around)
    else:
        scanner.value(keep=False)
