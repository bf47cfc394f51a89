"""How far a message reaches, as far as its own header states it: by a multipart boundary or by Content-Length.

Mail attached to mail, and mailboxes whose writers rely on Content-Length (mboxcl2), contain unescaped `From ` lines with headers
behind them. They are part of the message around them.
"""

import re
from typing import Final

AHEAD: Final = 1 << 18
"""Bytes behind a `From ` line in which the rest of an attachment's frame is searched."""
LONGEST_MARK: Final = 220
_HEADER: Final = 1 << 15
_TAIL: Final = 1000
_BOUNDARY: Final = re.compile(rb'boundary[ \t]*=[ \t]*(?:"([^"\r\n]{1,200})"|([^\s";]{1,200}))', re.IGNORECASE)
_LENGTH: Final = re.compile(rb"\nContent-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_LENGTH_NAMES: Final = (b"\nContent-Length", b"\nContent-length", b"\ncontent-length")
_NEXT: Final = re.compile(rb"(?:\r?\n){0,2}(?:From |\Z)")


class Extent:
    """The extent of one message, whose bytes are passed to it in buffers of a file that is read in order.

    Args:
        data: a buffer with the header's beginning.
        start: where the header begins.
        base: offset of the buffer in the file.
    """

    __slots__ = ("_boundary", "_closed", "_end")

    def __init__(self, data: bytes, start: int, base: int) -> None:
        self._boundary, self._closed, self._end = b"", True, 0
        blank = data.find(b"\n\n", start, start + _HEADER)
        crlf = data.find(b"\n\r\n", start, blank if blank >= 0 else start + _HEADER)
        stop, body = (crlf, crlf + 3) if crlf >= 0 else (blank, blank + 2)
        if stop < 0:
            return
        # patterns are matched where the word is: to search a whole header for them would cost more than to cut the file
        named = data.find(b"oundary", start, stop) - 1
        if named >= 0 and (found := _BOUNDARY.match(data, named, stop)) is not None:
            self._boundary, self._closed = found[1] or found[2], False
        for name in _LENGTH_NAMES:
            at = data.find(name, max(0, start - 1), stop)
            if at >= 0 and (length := _LENGTH.match(data, at, stop + 2)) is not None:
                self._end = base + body + int(length[1])

    def pass_over(self, data: bytes, start: int, stop: int) -> None:
        """Take note of the message's bytes from `start` to `stop`."""
        if not self._closed:
            last = b"\n--" + self._boundary + b"--"
            # it is at the end nearly always, and before it are the attachments
            self._closed = data.rfind(last, max(start, stop - _TAIL), stop) >= 0 or data.find(last, start, stop) >= 0

    def includes(self, data: bytes, at: int, base: int) -> bool:
        """Return whether a `From ` line at `at` is part of the message. What is before it must have been passed over.

        A boundary that is declared again before it is used belongs to a copy of the message, and the message was cut.
        """
        if not self._closed:
            mark = data.find(b"\n--" + self._boundary, at, at + AHEAD)
            if mark >= 0 and not any(data.find(sign + self._boundary, at, mark) >= 0 for sign in (b"=", b'="')):
                return True
        stated = self._end - base
        return at < stated - 2 and stated <= min(at + AHEAD, len(data)) and _NEXT.match(data, stated) is not None
