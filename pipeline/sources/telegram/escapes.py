r"""Repair the JSON of Telegram's exports: control characters are written as `\x1F`, an escape that JSON does not have."""

import io
import re
from typing import Any, BinaryIO, Final

_CHUNK: Final = 1 << 20
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_TAIL = re.compile(rb"\\(?:x[0-9A-Fa-f]?)?\Z")


def _repaired(found: re.Match[bytes]) -> bytes:
    return rb"\u00" + found[1] if found[1] else found[0]


def _whole(chunk: bytes) -> int:
    """Return the length of the part of a chunk that cuts no escape in two."""
    found = _TAIL.search(chunk, max(0, len(chunk) - 3))
    if found is None:
        return len(chunk)
    upto = chunk[: found.start() + 1]
    backslashes = len(upto) - len(upto.rstrip(b"\\"))
    return found.start() if backslashes % 2 else len(chunk)


class _Repaired(io.RawIOBase):
    """A stream whose invalid escapes are rewritten; an escaped backslash before an `x` is left alone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._rest, self._ready = stream, b"", b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            data = self._stream.read(_CHUNK)
            self._ended = not data
            chunk = self._rest + data
            at = _whole(chunk) if data else len(chunk)
            self._rest = chunk[at:]
            self._ready = _ESCAPE.sub(_repaired, chunk[:at]) if b"\\x" in chunk else chunk[:at]
        taken, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def repaired(stream: BinaryIO) -> BinaryIO:
    """Return a stream of the same JSON in which every escape is valid."""
    return io.BufferedReader(_Repaired(stream), _CHUNK)
