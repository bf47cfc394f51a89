"""Split a big JSON array into its elements, in bounded memory, at the speed of the regular expression engine.

`split_array` yields raw bytes; parsing them is `pipeline.formats.decoding.loads`, which also raises the right BadJson for
elements that the splitter marked (too deep, too long, cut short). A script assignment before the JSON
(`window.YTD.tweets.part0 = [`) is passed over.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final, TypeAlias

from pipeline.formats.decoding import MAX_DEPTH, BadJson, Unusable, loads, utf8_stream

Step: TypeAlias = "str | re.Pattern[str]"
"""One step of a path: a key, or a pattern that the whole key must match (`re.compile(r"followers_v\\d+")`)."""

_CHUNK: Final = 1 << 20
_LONGEST: Final = 256 << 20
"""Bytes of one element; a longer one is passed over and marked."""
_SHALLOW: Final = 6
"""Levels that the fast expression swallows whole; deeper elements take the slow path."""

_STR: Final = rb'"(?:[^"\\]++|\\.)*+"'


def _nested(levels: int) -> bytes:
    inner = rb"[^][{}\"]++|" + _STR
    for _ in range(levels):
        inner = rb"[^][{}\"]++|" + _STR + rb"|[\[{](?:" + inner + rb")*+[\]}]"
    return rb"[\[{](?:" + inner + rb")*+[\]}]"


_CONTAINER = re.compile(_nested(_SHALLOW), re.DOTALL)
_STRING = re.compile(_STR, re.DOTALL)
_SCALAR = re.compile(rb"[^][{}\",:\s]++")
_BLANK = re.compile(rb"[\s,]*+")
_SPACE = re.compile(rb"[\s:]*+")
_TOKEN = re.compile(_STR + rb"|[][{}]|\"", re.DOTALL)


class _Scanner:
    """A position in a stream, and the few moves that splitting needs."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = utf8_stream(stream)
        self.buffer = b""
        self.at = 0
        self.ended = False

    def fill(self) -> None:
        """Drop what is behind and read at least as much again as is ahead."""
        rest = self.buffer[self.at :]
        data = self._stream.read(max(_CHUNK, len(rest)))
        self.ended = not data
        self.buffer, self.at = rest + data, 0

    def skip(self, blank: "re.Pattern[bytes]" = _BLANK) -> int | None:
        """Pass over blanks; return the byte then ahead, None at the end."""
        while True:
            match = blank.match(self.buffer, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if self.ended:
                return None
            self.fill()

    def start(self) -> int | None:
        """Move to the first bracket (after a script's assignment, if any) and return it."""
        while True:
            found = [
                place for place in (self.buffer.find(b"[", self.at), self.buffer.find(b"{", self.at)) if place >= 0
            ]
            if found:
                self.at = min(found)
                return self.buffer[self.at]
            if self.ended:
                return None
            self.at = len(self.buffer)
            self.fill()

    def value(self, *, keep: bool = True) -> bytes:
        """Return the raw bytes of the value ahead (empty when `keep` is false and it is long) and move behind it."""
        first = self.buffer[self.at]
        pattern = _CONTAINER if first in b"[{" else _STRING if first == 0x22 else _SCALAR
        while True:
            match = pattern.match(self.buffer, self.at)
            if match and (pattern is not _SCALAR or match.end() < len(self.buffer) or self.ended):
                self.at = match.end()
                return match[0]
            if pattern is _SCALAR and not match:  # a stray closing bracket or colon: one byte of garbage
                self.at += 1
                return Unusable.of(self.buffer[self.at - 1 : self.at], "not_json", "not valid JSON")
            if self.ended or len(self.buffer) - self.at > 2 * _CHUNK:
                return self._long(keep=keep)
            self.fill()

    def _long(self, *, keep: bool) -> bytes:
        """Walk over a deep or long value bracket by bracket."""
        parts: list[bytes] = []
        size = depth = deepest = 0
        start = place = self.at
        while True:
            done = False
            for token in _TOKEN.finditer(self.buffer, place):
                lead = token[0][:1]
                if token[0] == b'"':  # a string without its end yet
                    place = token.start()
                    break
                place = token.end()
                if lead in b"[{":
                    depth += 1
                    deepest = max(deepest, depth)
                elif lead in b"]}":
                    depth -= 1
                if depth <= 0:
                    done = True
                    break
            else:
                place = len(self.buffer)
            if done or self.ended:
                break
            size += place - start
            if keep and size <= _LONGEST and deepest <= MAX_DEPTH:
                parts.append(self.buffer[start:place])
            else:
                parts.clear()
            self.at = place
            ahead = len(self.buffer) - place
            self.fill()
            start = place = 0
            if ahead > _LONGEST:  # one endless string: give up on this stream
                self.at, self.ended = len(self.buffer), True
                return Unusable.of(b"", "too_long", f"one value is longer than {_LONGEST >> 20} MB")
        cut = not done
        end = len(self.buffer) if cut else place
        self.at = end
        size += end - start
        if deepest > MAX_DEPTH:
            return Unusable.of(b"", "too_deep", f"nested deeper than {MAX_DEPTH} levels")
        if size > _LONGEST:
            return Unusable.of(b"", "too_long", f"one value is longer than {_LONGEST >> 20} MB")
        raw = b"".join([*parts, self.buffer[start:end]]) if keep else b""
        return Unusable.of(raw, "cut_short", "the file ends in the middle of this record") if cut else raw

    def key(self) -> str | None:
        """Return the key ahead and move to its value; None at the object's end or where the JSON breaks."""
        if self.skip() != 0x22:
            return None
        try:
            key = loads(self.value())
        except BadJson:
            return None
        return key if self.skip(_SPACE) is not None and isinstance(key, str) else None


def _fits(step: Step, key: str) -> bool:
    return key == step if isinstance(step, str) else step.fullmatch(key) is not None


def _descend(scanner: _Scanner, path: Sequence[Step]) -> bool:
    """Move to the value at the path; False when it isn't there."""
    if scanner.start() is None:
        return False
    for step in path:
        if scanner.buffer[scanner.at] != 0x7B:
            return False
        scanner.at += 1
        while True:
            key = scanner.key()
            if key is None:
                return False
            if _fits(step, key):
                break
            scanner.value(keep=False)
    return True


def split_array(stream: BinaryIO, path: Sequence[Step] = ()) -> Iterator[tuple[int, bytes]]:
    """Yield (index, raw bytes) of each element of the array at `path` of the stream's JSON document.

    A single bare object in place of the array is its only element. An element that can't be used (nested deeper than 64,
    longer than 256 MB, cut off by the end of the file) comes as `Unusable` bytes: `loads` raises its BadJson, and the
    next element follows. Nothing is yielded when there is nothing at the path.

    Args:
        stream: bytes of JSON (UTF-8, or UTF-16/32 with byte order mark), perhaps behind a script's assignment.
        path: keys from the root down; () for a root array. A pattern must match the whole key.
    """
    scanner = _Scanner(stream)
    if not _descend(scanner, path):
        return
    if scanner.buffer[scanner.at] != 0x5B:
        if scanner.buffer[scanner.at] == 0x7B:
            yield 0, scanner.value()
        return
    scanner.at += 1
    index = 0
    while (ahead := scanner.skip()) is not None and ahead != 0x5D:
        yield index, scanner.value()
        index += 1


def head_values(stream: BinaryIO, keys: Sequence[str], longest: int = 1 << 20) -> dict[str, Any]:
    """Return the values of some keys of the root object, standing before or after a big array; broken ones are left out.

    Args:
        stream: as for `split_array`.
        keys: wanted keys; reading stops when all are found.
        longest: bytes; a longer value is left out.
    """
    scanner = _Scanner(stream)
    found: dict[str, Any] = {}
    if scanner.start() != 0x7B:
        return found
    scanner.at += 1
    while len(found) < len(keys) and (key := scanner.key()) is not None:
        raw = scanner.value(keep=key in keys)
        if key in keys and len(raw) <= longest:
            try:
                found[key] = loads(raw)
            except BadJson:
                continue
    return found
