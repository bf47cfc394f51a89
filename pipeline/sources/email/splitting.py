"""Cut an mbox into messages by its separator lines, on chunks, so that a file of many GB costs a few MB.

A separator is a `From ` line at the start of a line that holds a whole date (`Fri Feb 04 17:10:22 +0000 2022`, the classic
order without zone, or RFC 5322's order) and is followed by a line that looks like a header. `From ` lines in bodies are
escaped inconsistently by all producers; without both signs such a line stays part of the body.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, NamedTuple

from pipeline.formats.decoding import utf8_stream
from pipeline.model.survey import Context
from pipeline.sources.base import Member

_CHUNK: Final = 1 << 20
_HOLD: Final = 4096
"""Bytes at the end of a chunk in which separators are not searched yet, because the line and the next one may be cut."""
KEPT: Final = 8 << 20
"""Bytes kept of one message; attachments behind them are passed over."""

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = rb"\d\d?:\d\d(?::\d\d)?"
_ZONE = rb"(?:[+-]\d{4}|[A-Z]{2,5})"
_CTIME = _DAY + rb" +" + _MONTH + rb" +\d\d? +" + _CLOCK + rb"(?: +" + _ZONE + rb"){0,2} +\d{4}(?: +" + _ZONE + rb")?"
_RFC = rb"(?:" + _DAY + rb", *)?\d\d? +" + _MONTH + rb" +\d{4} +" + _CLOCK + rb"(?: +" + _ZONE + rb")?"
_LINE = (
    rb'From (?:"[^"\r\n]{0,200}"[^ \r\n]{0,200}|[^ \r\n]{0,400})? *(?P<date>' + _CTIME + rb"|" + _RFC + rb")"
    rb"(?: +remote from [^\r\n]{0,200})?[ \t]*\r?\n(?=[!-9;-~]{1,200}[ \t]*:)"
)
SEPARATOR: Final = re.compile(_LINE)
_COUNTED: Final = re.compile(rb"\n" + _LINE)


class Raw(NamedTuple):
    """One message as in the file. `date`: of the separator line, empty without one."""

    offset: int
    date: str
    data: bytes
    """Headers and body, at most the kept size; for bytes before the first separator: `lead`."""
    lead: bool = False


def messages(stream: BinaryIO, kept: int = KEPT) -> Iterator[Raw]:
    """Yield the messages of an mbox; non-blank bytes before the first separator come first, marked `lead`.

    Args:
        stream: the file; a byte order mark is passed over.
        kept: bytes of each message to keep.
    """
    stream = utf8_stream(stream)
    data, base, seek = b"\n", -1, 0
    open_: Raw | None = Raw(0, "", b"", lead=True)
    kept_bytes = b""
    while True:
        more = stream.read(_CHUNK)
        data += more
        limit = len(data) - _HOLD if more else len(data)
        start = 0
        while (at := data.find(b"\nFrom ", seek, limit + 6)) >= 0 and at < limit:
            seek = at + 1
            found = SEPARATOR.match(data, at + 1)
            if found is None:
                continue
            if open_ is not None:
                yield from _closed(open_, kept_bytes, data[start : at + 1], kept)
            kept_bytes, start, seek = b"", found.end(), found.end() - 1
            open_ = Raw(base + at + 1, found["date"].decode("ascii"), b"")
        if not more:
            if open_ is not None:
                yield from _closed(open_, kept_bytes, data[start:], kept)
            return
        # the bytes before the deferred end belong to the open message; the newline before that end is kept for the next search
        cut = max(start, limit - 1)
        if cut > start and len(kept_bytes) < kept:
            kept_bytes += data[start : min(cut, start + kept - len(kept_bytes))]
        seek = max(0, max(seek, limit) - cut)
        data, base = data[cut:], base + cut


def _closed(message: Raw, kept_bytes: bytes, rest: bytes, kept: int) -> Iterator[Raw]:
    data = (kept_bytes + rest)[:kept] if len(kept_bytes) < kept else kept_bytes
    if not message.lead:
        yield message._replace(data=data)
    elif data.strip():
        yield message._replace(data=data[1:])


def count_mbox() -> Callable[[Member, Context], int]:
    """Return a counter of the records of an mbox that shares nothing with `messages` but what a separator is."""

    def count(member: Member, _context: Context) -> int:
        with member.open() as stream:
            return _count(utf8_stream(stream))

    return count


def _count(stream: BinaryIO) -> int:
    number, rest, blank = 0, b"\n", True
    while True:
        more = stream.read(_CHUNK)
        rest += more
        # up to a line's end so far back that the separator behind it and the line after that are there in full
        cut = max(0, rest.rfind(b"\n", 0, max(0, len(rest) - _HOLD))) if more else len(rest)
        for found in _COUNTED.finditer(rest):
            if found.start() >= cut:
                break
            number += 1
            if number == 1 and (not blank or rest[: found.start()].strip()):
                number += 1
        if not number:
            blank = blank and not rest[:cut].strip()
        rest = rest[cut:]
        if not more:
            return number or int(not blank)
