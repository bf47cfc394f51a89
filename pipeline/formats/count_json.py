"""Count the elements of a JSON array by brackets and commas alone: no value is parsed, and no code of the readers is used.

In each chunk the keys of the path are marked, strings are removed, the rest is mapped to a few byte values, and depths are a
running sum. Only brackets above the counted array are visited in Python; elements are counted in numpy.
"""

import re
from collections.abc import Sequence
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.formats.json_elements import Step

_CHUNK: Final = 1 << 20
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_KEPT = b"[]{},"
_BLANK = b" \t\r\n:"
_CONTENT: Final = ord("s")
_FIRST_MARK: Final = 1
_TABLE = bytes(code if code in _KEPT or 0 < code < 9 else _CONTENT for code in range(256))
_OPEN, _CLOSE, _COMMA = (ord("["), ord("{")), (ord("]"), ord("}")), ord(",")
ANY: Final = "*"


class Unended(int):
    """The number of records in a file that ends before its JSON does; it may be cut exactly between two records."""


class _Count:
    """State carried from chunk to chunk."""

    def __init__(self, path: Sequence[Step]) -> None:
        self.path = path
        self.target = len(path)
        self.depth = 0
        self.number = 0
        self.ended = False
        self._matched = [True]
        """For each open container, whether it matches the path so far."""
        self._inside = False
        self._after_comma = True
        self._mark = 0

    def take(self, codes: NDArray[np.uint8]) -> None:
        """Count the elements of one reduced chunk."""
        opens = (codes == _OPEN[0]) | (codes == _OPEN[1])
        closes = (codes == _CLOSE[0]) | (codes == _CLOSE[1])
        depth = self.depth + np.cumsum(opens.astype(np.int32) - closes.astype(np.int32), dtype=np.int32)
        before = depth - opens + closes
        level = self.target + 1
        commas = codes == _COMMA
        structure = np.flatnonzero(
            (opens & (before <= self.target))
            | (closes & (depth <= self.target))
            | ((codes < 9) | commas) & (before <= self.target)
        )
        slot = before == level
        comma = slot & commas
        content = slot & ((codes == _CONTENT) | opens)
        events = np.flatnonzero(comma | content)
        is_content = content[events]
        at = 0
        for place in structure:
            if self._inside:
                upto = int(np.searchsorted(events, place))
                self._elements(is_content[at:upto])
            at = int(np.searchsorted(events, place))
            self._structure(int(codes[place]), int(before[place]))
            if self.ended:
                return
        if self._inside:
            self._elements(is_content[at:])
        self.depth = int(depth[-1]) if len(depth) else self.depth

    def _elements(self, is_content: NDArray[np.bool_]) -> None:
        if not len(is_content):
            return
        fresh = np.concatenate(([self._after_comma], ~is_content[:-1]))
        self.number += int(np.count_nonzero(is_content & fresh))
        self._after_comma = not bool(is_content[-1])

    def _structure(self, code: int, before: int) -> None:
        if code < 9:
            self._mark = code
            return
        if code == _COMMA:  # the key's value was a scalar: its mark must not apply to the next bracket
            self._mark = 0
            return
        mark, self._mark = self._mark, 0
        if code in _OPEN:
            del self._matched[before + 1 :]
            fits = self._matched[before] and (before == 0 or self._step_fits(before - 1, mark))
            self._matched.append(fits)
            if before == self.target and fits:
                if code == _OPEN[0]:
                    self._inside, self._after_comma = True, True
                else:
                    self.number += 1
        elif before == self.target + 1:
            self._inside = False
        if code in _CLOSE and before <= 1:
            self.ended = True

    def _step_fits(self, index: int, mark: int) -> bool:
        step = self.path[index]
        return step == ANY or mark == _FIRST_MARK + list(self.path).index(
            step
        )  # equal keys share their first one's mark


def _marks(path: Sequence[Step]) -> list[tuple[re.Pattern[bytes], bytes]]:
    """Return the patterns of the path's keys, with their colon, and the byte that marks each."""
    marks = []
    for index, step in enumerate(path):
        if step != ANY and step not in path[:index]:
            key = re.escape(step) if isinstance(step, str) else f"(?:{step.pattern})"
            marks.append((re.compile(b'"' + key.encode() + rb'"\s*:'), bytes([_FIRST_MARK + index])))
    return marks


def elements_at(stream: BinaryIO, path: Sequence[Step]) -> int:
    """Return the number of elements of the array at the path; a bare object in its place counts as one.

    A trailing comma adds no element; an element cut off by the end of the stream is one. The number is `Unended` when the
    stream ends before the JSON does.

    Args:
        stream: UTF-8 JSON, perhaps behind a script's assignment.
        path: keys, patterns or "*", from the root down.
    """
    marks = _marks(path)
    count = _Count(path)
    rest, started, last = b"", False, b""
    while True:
        data = stream.read(max(_CHUNK, len(rest)))
        chunk = rest + data
        if not started:
            places = [place for place in (chunk.find(b"["), chunk.find(b"{")) if place >= 0]
            if not places:
                if not data:
                    return Unended(0) if last == b"=" else 0
                rest, last = b"", chunk.rstrip()[-1:] or last
                continue
            chunk, started = chunk[min(places) :], True
        if data:
            # a key whose colon is in the next chunk must not be taken for a value
            end = max(chunk.rfind(sign) for sign in (b",", b"[", b"{", b"}", b"]")) + 1
            held, chunk = chunk[end:], chunk[:end]
        else:
            held = b""
        for pattern, mark in marks:
            chunk = pattern.sub(mark, chunk)
        chunk = _STRING.sub(b"s", chunk)
        if (quote := chunk.find(b'"')) >= 0:
            # at the end of the stream an open string is a value, and nothing in it is a bracket
            held, chunk = (chunk[quote:] + held, chunk[:quote]) if data else (b"", chunk[: quote + 1])
        count.take(np.frombuffer(chunk.translate(_TABLE, _BLANK), dtype=np.uint8))
        rest = held
        if count.ended or not data:
            return count.number if count.ended else Unended(count.number)
