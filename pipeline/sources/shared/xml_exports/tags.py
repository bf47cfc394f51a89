"""Find start and end tags in XML bytes without a parser: cuts files that no parser accepts into their blocks.

Knows three things only: CDATA sections and comments hide tags; an element starts with `<name` and ends with `</name>`;
and a section in which one record ends and the next begins was left open, and hides nothing.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 20
_TAIL = 1 << 13
"""Longest tag, and longest gap between two blocks, that may lie across two chunks."""


class Tag(NamedTuple):
    """A start, end or empty tag of one of the wanted names."""

    at: int
    end: int
    name: str
    closing: bool
    empty: bool


class Scanner:
    """Yields tags from a stream in an encoding that is ASCII at heart; keeps the bytes from `keep` on, to be cut out."""

    def __init__(self, stream: BinaryIO, names: frozenset[str], records: frozenset[str], base: int = 0) -> None:
        """Scan for tags with these local names.

        Args:
            stream: the bytes.
            names: local names to report.
            records: local names of the elements between two of which no section reaches.
            base: offset of the stream's first byte.
        """
        joined = _any(names)
        ends = _any(records)
        self._token = re.compile(rb"<!--|<!\[CDATA\[|<(/?)(?:[\w.-]+:)?(" + joined + rb")(?:\s[^<>]*?)?(/?)>")
        between = rb"(</(?:[\w.-]+:)?(?:" + ends + rb")>\s*(?:<(?:[\w.-]+:)?(?:" + ends + rb")[\s>]|</))"
        self._ends = {mark: re.compile(re.escape(mark) + b"|" + between) for mark in (b"-->", b"]]>")}
        self._absent: set[bytes] = set()
        """Marks that no longer occur: searched once, not once a section."""
        self._stream, self._base, self._buffer, self._done = stream, base, b"", False
        self.keep: int | None = None

    def _fill(self, position: int) -> None:
        """Read another chunk, and drop the bytes before `position` that are not kept."""
        floor = position if self.keep is None else min(self.keep, position)
        drop = max(0, floor - self._base)
        chunk = self._stream.read(max(_CHUNK, len(self._buffer) - drop))
        self._buffer, self._base = self._buffer[drop:] + chunk, self._base + drop
        self._done = not chunk

    @property
    def end(self) -> int:
        """Offset behind the last byte read."""
        return self._base + len(self._buffer)

    def cut(self, start: int, end: int) -> bytes:
        """Return the bytes between two offsets that are still kept."""
        return self._buffer[start - self._base : end - self._base]

    def _behind_section(self, mark: bytes, opened: int) -> int:
        """Return the offset behind the end of a section whose content starts at `opened`; `opened` for one left open."""
        position = opened
        while mark not in self._absent:
            found = self._ends[mark].search(self._buffer, position - self._base)
            if found:
                return opened if found[1] else self._base + found.end()
            if self._done:
                self._absent.add(mark)
            position = max(position, self.end - _TAIL)
            self._fill(opened)
        return opened

    def tags(self) -> Iterator[Tag]:
        """Yield the tags in order."""
        position = self._base
        while True:
            match = self._token.search(self._buffer, position - self._base)
            if match is None:
                if self._done:
                    return
                position = max(position, self.end - _TAIL)
                self._fill(position)
                continue
            at, position = self._base + match.start(), self._base + match.end()
            if match[2] is None:
                position = self._behind_section(b"-->" if match[0] == b"<!--" else b"]]>", position)
            else:
                yield Tag(at, position, match[2].decode("ascii"), match[1] == b"/", empty=match[3] == b"/")


def _any(names: frozenset[str]) -> bytes:
    return b"|".join(re.escape(name.encode()) for name in sorted(names))


def cut_blocks(stream: BinaryIO, name: str, records: frozenset[str], base: int = 0) -> Iterator[tuple[int, bytes]]:
    """Cut a document into its blocks: (offset, bytes). A block left open ends where the next one starts."""
    scanner = Scanner(stream, frozenset({name}), records, base)
    started: int | None = None
    for tag in scanner.tags():
        if started is not None:
            yield started, scanner.cut(started, tag.end if tag.closing else tag.at)
            started = scanner.keep = None
        if tag.empty:
            yield tag.at, scanner.cut(tag.at, tag.end)
        elif not tag.closing:
            started = scanner.keep = tag.at
    if started is not None:
        yield started, scanner.cut(started, scanner.end)


def count_tags(stream: BinaryIO, records: frozenset[str]) -> int:
    """Count the start tags of these local names by the same rules."""
    return sum(not tag.closing for tag in Scanner(stream, records, records).tags())
