"""Find start and end tags in XML bytes without a parser: cuts files that no parser accepts into their blocks.

Knows three things only: CDATA sections and comments hide tags; an element starts with `<name` and ends with `</name>`;
and a section that was left open ends where a block ends and the next begins.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 20
_TAIL = 1 << 13
"""Longest tag, and longest gap between two blocks, that may lie across two chunks."""


class Tag(NamedTuple):
    """A start, end or empty tag of one of the names looked for."""

    at: int
    end: int
    name: str
    closing: bool
    empty: bool


class Scanner:
    """Yields tags from a stream in an encoding that is ASCII at heart; keeps the bytes from `keep` on, to be cut out."""

    def __init__(self, stream: BinaryIO, names: frozenset[str], block: str, base: int = 0) -> None:
        """Scan for tags with these local names.

        Args:
            stream: the bytes.
            names: local names to report.
            block: local name of the element between two of which a section left open ends.
            base: offset of the stream's first byte.
        """
        joined = b"|".join(re.escape(name.encode()) for name in sorted(names))
        name = re.escape(block.encode())
        self._token = re.compile(rb"<!--|<!\[CDATA\[|<(/?)(?:[\w.-]+:)?(" + joined + rb")(?:\s[^<>]*?)?(/?)>")
        self._resync = re.compile(rb"(?=</(?:[\w.-]+:)?" + name + rb">\s*(?:<(?:[\w.-]+:)?" + name + rb"[\s>]|</))")
        self._stream, self._base, self._buffer, self._done = stream, base, b"", False
        self.keep: int | None = None

    def _fill(self, position: int) -> None:
        """Read on, and drop what lies before `position` and isn't kept."""
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
        """Return the offset behind the end of a section whose content starts at `opened`."""
        position = opened
        while True:
            local = position - self._base
            end = self._buffer.find(mark, local)
            broken = self._resync.search(self._buffer, local, len(self._buffer) if end < 0 else end)
            if broken:
                return self._base + broken.start()
            if end >= 0:
                return self._base + end + len(mark)
            if self._done:
                return self.end
            position = max(position, self.end - _TAIL)
            self._fill(position)

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
                yield Tag(at, position, match[2].decode("ascii"), match[1] == b"/", match[3] == b"/")


def cut_blocks(stream: BinaryIO, name: str, base: int = 0) -> Iterator[tuple[int, bytes]]:
    """Cut a document into its blocks: (offset, bytes). A block left open ends where the next one starts."""
    scanner = Scanner(stream, frozenset({name}), name, base)
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


def count_tags(stream: BinaryIO, names: frozenset[str], block: str) -> int:
    """Count the start tags of these local names by the same rules."""
    return sum(not tag.closing for tag in Scanner(stream, names, block).tags())
