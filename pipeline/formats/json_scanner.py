"""A position in a stream of JSON, and the moves that splitting needs, in bounded memory at the speed of regular expressions."""

import re
from typing import BinaryIO, Final

from pipeline.formats.decoding import MAX_DEPTH, BadJson, Unusable, loads, utf8_stream

_CHUNK: Final = 1 << 20
_LONGEST: Final = 256 << 20
"""Bytes of one value; a longer one is passed over and marked as unusable."""
_SHALLOW: Final = 6
"""Levels that one regular expression matches; deeper values take the slow path."""

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


class Scanner:
    """A position in a stream of JSON."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = utf8_stream(stream)
        self.buffer = b""
        self.at = 0
        self.ended = False

    def fill(self) -> None:
        """Drop the bytes behind the position, and read at least as many as are ahead."""
        rest = self.buffer[self.at :]
        data = self._stream.read(max(_CHUNK, len(rest)))
        self.ended = not data
        self.buffer, self.at = rest + data, 0

    def skip(self, blank: "re.Pattern[bytes]" = _BLANK) -> int | None:
        """Move past blanks; return the next byte, None at the end."""
        while True:
            match = blank.match(self.buffer, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if self.ended:
                return None
            self.fill()

    def start(self) -> int | None:
        """Move to the first bracket, past a script's assignment, and return it; None without one."""
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
            if pattern is _SCALAR and not match:  # a stray closing bracket or colon: one byte that belongs to no value
                self.at += 1
                return Unusable.of(self.buffer[self.at - 1 : self.at], "not_json", "not valid JSON")
            if self.ended or len(self.buffer) - self.at > 2 * _CHUNK:
                return self._long(keep=keep)
            self.fill()

    def _long(self, *, keep: bool) -> bytes:
        """Move past a deep or long value, bracket by bracket."""
        parts: list[bytes] = []
        size = depth = deepest = 0
        start = place = self.at
        while True:
            done = False
            for token in _TOKEN.finditer(self.buffer, place):
                lead = token[0][:1]
                if token[0] == b'"':  # a string whose end is not read yet
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
            if ahead > _LONGEST:  # a string without end: the rest of the stream is given up
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
        """Return the next key and move to its value; None at the object's end or where the JSON is invalid."""
        if self.skip() != 0x22:
            return None
        try:
            key = loads(self.value())
        except BadJson:
            return None
        return key if self.skip(_SPACE) is not None and isinstance(key, str) else None
