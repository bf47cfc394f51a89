"""Cut a mailbox file into messages, on chunks, so that a file of many GB costs a few MB.

An mbox is cut at its separator lines (`separators`) that are not inside a message by its own statement (`extents`); an MMDF
mailbox at its lines of four control characters.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from pipeline.formats.decoding import utf8_stream
from pipeline.sources.email.extents import AHEAD, LONGEST_MARK, Extent
from pipeline.sources.email.separators import WINDOW, separator_at

_CHUNK: Final = 1 << 20
_HOLD: Final = AHEAD + 2 * WINDOW
"""Bytes at the end of a chunk in which separators are not searched yet, because what follows them may be cut."""
KEPT: Final = 8 << 20
"""Bytes kept of one message; attachments behind them are passed over."""
_MMDF_LINE: Final = re.compile(rb"\n\x01{4}(?:\r?\n|\Z)")
_LONGEST_LINE: Final = 16
MMDF: Final = (b"\x01\x01\x01\x01\n", b"\x01\x01\x01\x01\r\n")
"""First line of an MMDF mailbox."""
_START: Final = b"\n\n"
"""Put before the file, so that its first line comes after a blank line."""


class Raw(NamedTuple):
    """One message as in the file. `date`: of the separator line, empty without one."""

    offset: int
    date: str
    data: bytes
    """Headers and body, at most the kept size; for bytes before the first separator: `lead`."""
    lead: bool = False
    attached: bool = False
    """Whether it is only the place of a message inside another one; `data` is empty."""


def messages(stream: BinaryIO, kept: int = KEPT) -> Iterator[Raw]:
    """Yield the messages of a mailbox file; non-blank bytes before the first separator come first, marked `lead`.

    The messages inside a message are yielded before it, marked `attached`.

    Args:
        stream: the file; a byte order mark is passed over.
        kept: bytes of each message to keep.
    """
    stream = utf8_stream(stream)
    first = stream.read(max(_CHUNK, _LONGEST_LINE))
    if first.startswith(MMDF):
        yield from _mmdf(stream, first, kept)
    else:
        yield from _mbox(stream, first, kept)


def _mbox(stream: BinaryIO, more: bytes, kept: int) -> Iterator[Raw]:
    data, base, seek = _START, -len(_START), 0
    message = Raw(0, "", b"", lead=True)
    extent: Extent | None = None
    kept_bytes = b""
    start = passed = len(_START)
    while True:
        data += more
        limit = max(0, len(data) - _HOLD) if more else len(data)
        while (at := data.find(b"\nFrom ", seek, limit + 6)) >= 0 and at < limit:
            seek = at + 1
            found = separator_at(data, at + 1)
            if found is None:
                continue
            if extent is not None:
                extent.pass_over(data, passed, at + 1)
                passed = at + 1
                if extent.includes(data, at + 1, base):
                    yield Raw(base + at + 1, found.date, b"", attached=True)
                    continue
            yield from _closed(message, kept_bytes, data[start : at + 1], kept)
            kept_bytes, start, seek, passed = b"", found.end, found.end - 1, found.end - 1
            extent = Extent(data, start, base)
            message = Raw(base + at + 1, found.date, b"")
        if not more:
            yield from _closed(message, kept_bytes, data[start:], kept)
            return
        # what is kept for the next search: the lines before a separator, and the beginning of a boundary line
        cut = max(start - len(_START), limit - LONGEST_MARK)
        if cut > start and len(kept_bytes) < kept:
            kept_bytes += data[start : min(cut, start + kept - len(kept_bytes))]
        if extent is not None:
            extent.pass_over(data, passed, max(passed, limit))
        seek = max(0, max(seek, limit) - cut)
        data, base, start, passed = data[cut:], base + cut, max(0, start - cut), max(0, passed - cut)
        more = stream.read(_CHUNK)


def _closed(message: Raw, kept_bytes: bytes, rest: bytes, kept: int) -> Iterator[Raw]:
    data = (kept_bytes + rest)[:kept] if len(kept_bytes) < kept else kept_bytes
    if not message.lead or data.strip():
        yield message._replace(data=data)


def _mmdf(stream: BinaryIO, more: bytes, kept: int) -> Iterator[Raw]:
    """Yield what is between lines of four control characters; a `From ` line at its start is passed over."""
    data, base, begin, seek = b"\n", -1, 0, 0
    kept_bytes = b""
    start = 1
    while True:
        data += more
        limit = max(0, len(data) - _LONGEST_LINE) if more else len(data)
        while (found := _MMDF_LINE.search(data, seek, limit + _LONGEST_LINE)) is not None and found.start() < limit:
            yield from _without_separator(
                _closed(Raw(begin, "", b""), kept_bytes, data[start : found.start() + 1], kept)
            )
            start = seek = found.end()
            begin, kept_bytes, seek = base + start, b"", start - 1
        if not more:
            yield from _without_separator(_closed(Raw(begin, "", b""), kept_bytes, data[start:], kept))
            return
        cut = max(start - 1, limit)
        if cut > start and len(kept_bytes) < kept:
            kept_bytes += data[start : min(cut, start + kept - len(kept_bytes))]
        seek = max(0, max(seek, limit) - cut)
        data, base, start = data[cut:], base + cut, max(0, start - cut)
        more = stream.read(_CHUNK)


def _without_separator(found: Iterator[Raw]) -> Iterator[Raw]:
    for raw in found:
        line = separator_at(raw.data, 0) if raw.data.startswith(b"From ") else None
        if line is not None:
            yield raw._replace(date=line.date, data=raw.data[line.end :])
        elif raw.data.strip():
            yield raw
