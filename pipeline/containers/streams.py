"""Streams over a member's uncompressed bytes, which keep the limits and raise one kind of error."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from pipeline.containers.budget import Budget
from pipeline.containers.errors import MemberError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER: Final = 1 << 18
_KEPT: Final = 16 << 20
"""Bytes of a member that is kept in memory while it is read."""
_HEAD: Final = 4096


def member_error(error: BaseException) -> MemberError:
    """Return the MemberError for an exception that a container raised while a member was read."""
    name, text = type(error).__name__, str(error).lower()
    if isinstance(error, MemberError):
        return error
    if "password" in text or "encrypted" in text:
        return MemberError("needs_password", "is encrypted: unpack the archive with its password and give the folder")
    if isinstance(error, NotImplementedError):
        return MemberError(
            "unknown_method", "is compressed in a way that can't be read: unpack the archive and give the folder"
        )
    if "crc" in text:
        return MemberError("bad_crc", "is damaged: its checksum differs; download the export again")
    if isinstance(error, EOFError) or "truncated" in text or "end of data" in text:
        return MemberError("cut_short", "ends too early; download the export again")
    if isinstance(error, PermissionError):
        return MemberError("not_permitted", "may not be read: change its permissions")
    if isinstance(error, FileNotFoundError):
        return MemberError("gone", "is no longer there")
    return MemberError("damaged", f"is damaged ({name}); download the export again")


class _Charged(io.RawIOBase):
    """A raw stream that charges its budget and raises every error of its container as a MemberError."""

    def __init__(self, stream: BinaryIO, name: str, budget: Budget) -> None:
        self._stream, self._name, self._budget, self._position = stream, name, budget, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        try:
            data = self._stream.read(len(view))
        except MemberError:
            raise
        except Exception as error:  # noqa: BLE001 - containers raise eight kinds; all mean that the bytes can't be read
            raise member_error(error) from None
        self._position += len(data)
        self._budget.charge(self._name, self._position)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@dataclass(slots=True)
class StreamMember:
    """A member that is opened by a function; implements `pipeline.containers.members.Member`.

    Attributes:
        name: unique in the archive.
        size: uncompressed bytes as the container states them.
        opener: opens a stream over the uncompressed bytes.
        budget: limits of the whole archive.
    """

    name: str
    size: int
    opener: Callable[[], BinaryIO]
    budget: Budget
    _head: bytes | None = None
    _kept: bytes | None = None

    def open(self) -> BinaryIO:
        """Open a stream over the uncompressed bytes; raises MemberError, also while reading."""
        if self._kept is not None:
            return io.BytesIO(self._kept)
        try:
            stream = self.opener()
        except MemberError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise member_error(error) from None
        return io.BufferedReader(_Charged(stream, self.name, self.budget), _BUFFER)

    def read(self) -> bytes:
        """Return all bytes; raises MemberError."""
        if self._kept is not None:
            return self._kept
        with self.open() as stream:
            return stream.read()

    def head(self, size: int = _HEAD) -> bytes:
        """Return the first bytes; empty when unreadable."""
        if self._head is None or (len(self._head) < size and len(self._head) >= _HEAD):
            try:
                with self.open() as stream:
                    self._head = stream.read(max(size, _HEAD))
            except MemberError:
                self._head = b""
        return self._head[:size]

    @contextmanager
    def buffered(self) -> Iterator[None]:
        """Keep a small member's bytes in memory while it is counted and parsed, so that it is decompressed once.

        A member that can't be read to its end is not kept: its readers meet the error at its position.
        """
        if 0 < self.size <= _KEPT:
            with suppress(MemberError), self.open() as stream:
                data = stream.read(_KEPT + 1)
                self._kept = data if len(data) <= _KEPT else None
        try:
            yield
        finally:
            self._kept = None


class Window(io.RawIOBase):
    """A range of a seekable file as a file of its own: an inner archive that is stored uncompressed."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._position = file, start, size, 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer and return the number of bytes read."""
        view = memoryview(buffer)
        self._file.seek(self._start + self._position)
        data = self._file.read(max(0, min(len(view), self._size - self._position)))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)
