"""Yield the elements of nested arrays of a big JSON document in one pass, in bounded memory.

For exports that hold everything in one file, such as an array of chats, each with its array of messages: no chat is held whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, TypeAlias

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_scanner import Scanner

ANY: Final = "*"
Path: TypeAlias = tuple[str, ...]
_SHORT: Final = 1 << 16
_OBJECT, _ARRAY, _ARRAY_END = 0x7B, 0x5B, 0x5D


@dataclass(frozen=True, slots=True)
class Entry:
    """An element of a wanted array.

    Attributes:
        path: the wanted path, as given.
        place: JSON pointer of the element.
        around: scalars before the array in the object that holds it; the same dictionary for all elements of the array.
        index: position in the array, from 0.
        raw: bytes for `pipeline.formats.decoding.loads`.
    """

    path: Path
    place: str
    around: dict[str, Any]
    index: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Wish:
    """A wanted path, and what is left of it below the current value."""

    whole: Path
    rest: Path = field(default=())

    def step(self, key: str) -> "_Wish | None":
        return _Wish(self.whole, self.rest[1:]) if self.rest and self.rest[0] in {key, ANY} else None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walk is: the wishes that still apply, the JSON pointer, and the scalars of the surrounding object."""

    wishes: Sequence[_Wish]
    pointer: str = ""
    around: dict[str, Any] = field(default_factory=dict)

    def below(self, key: str, around: dict[str, Any]) -> "_Spot | None":
        """Return the spot of a value in this one; None when nothing is wanted in it."""
        wishes = [wish for wish in (wish.step(key) for wish in self.wishes) if wish is not None]
        escaped = key.replace("~", "~0").replace("/", "~1")
        return _Spot(wishes, f"{self.pointer}/{escaped}", around) if wishes else None

    def entry(self, path: Path, index: int, raw: bytes) -> Entry:
        """Return an element of the array at this spot."""
        return Entry(path=path, place=f"{self.pointer}/{index}", around=self.around, index=index, raw=raw)


def nested(stream: BinaryIO, paths: Sequence[Path]) -> Iterator[Entry]:
    """Yield the elements of all arrays at the paths, in the order of the file.

    A bare object in place of an array is its only element, as for `json_elements.split_array`.

    Args:
        stream: bytes of JSON.
        paths: keys from the root down to the arrays; `"*"` matches every element and every key. No path may be a prefix of
            another.
    """
    scanner = Scanner(stream)
    if scanner.start() is not None:
        yield from _walk(scanner, _Spot([_Wish(path, path) for path in paths]))


def _walk(scanner: Scanner, spot: _Spot) -> Iterator[Entry]:
    """Yield the wanted elements of the next value, and move past it."""
    wanted = next((wish for wish in spot.wishes if not wish.rest), None)
    lead = scanner.buffer[scanner.at]
    if wanted is not None and lead == _OBJECT:
        yield spot.entry(wanted.whole, 0, scanner.value())
    elif lead == _ARRAY:
        scanner.at += 1
        index = 0
        while (ahead := scanner.skip()) is not None and ahead != _ARRAY_END:
            if wanted is not None:
                yield spot.entry(wanted.whole, index, scanner.value())
            else:
                yield from _inner(scanner, spot.below(str(index), {}))
            index += 1
        scanner.at += 1
    elif lead == _OBJECT:
        yield from _object(scanner, spot)
    else:
        scanner.value(keep=False)


def _object(scanner: Scanner, spot: _Spot) -> Iterator[Entry]:
    scanner.at += 1
    around: dict[str, Any] = {}
    while (key := scanner.key()) is not None:
        if scanner.buffer[scanner.at] in {_OBJECT, _ARRAY}:
            yield from _inner(scanner, spot.below(key, around))
            continue
        raw = scanner.value()
        if len(raw) <= _SHORT:
            try:
                around[key] = loads(raw)
            except BadJson:
                continue
    scanner.at += 1


def _inner(scanner: Scanner, spot: _Spot | None) -> Iterator[Entry]:
    if spot is not None:
        yield from _walk(scanner, spot)
    else:
        scanner.value(keep=False)
