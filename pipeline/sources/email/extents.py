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
_BOUNDARY: Final = re.compile(rb'boundary[ \t]*=[ \t]*(?:"([^"\r\n]{1,200})"|([^\s";]{1,200}))', re.IGNORECASE)
_LENGTH: Final = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
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
        if data.find(b"oundary", start, stop) >= 0 and (found := _BOUNDARY.search(data, start, stop)) is not None:
            self._boundary, self._closed = found[1] or found[2], False
        if data.find(b"ontent-", start, stop) >= 0 and data.find(b"ength", start, stop) >= 0:
            length = _LENGTH.search(data, start, stop + 1)
            self._end = base + body + int(length[1]) if length else 0

    def pass_over(self, data: bytes, start: int, stop: int) -> None:
        """Take note of the message's bytes from `start` to `stop`."""
        if not self._closed:
            self._closed = data.find(b"\n--" + self._boundary + b"--", start, stop) >= 0

    def includes(self, data: bytes, at: int, base: int) -> bool:
        """Return whether a `From ` line at `at` is part of the message. What is before it must have been passed over.

        A boundary that is declared again before it is used belongs to a copy of the message, and the message was cut.
        """
        if not self._closed:
            mark = data.find(self._boundary, at, at + AHEAD)
            if mark >= 0 and data[mark - 3 : mark] == b"\n--":
                return True
        stated = self._end - base
        return at < stated - 2 and stated <= min(at + AHEAD, len(data)) and _NEXT.match(data, stated) is not None
