"""Streams over a member's bytes that count what they give, keep the limits and speak one kind of error."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from pipeline.containers.errors import MemberError
from pipeline.model.limits import Limits

_BUFFER: Final = 1 << 18
_KEPT: Final = 16 << 20
"""Bytes of a member that is held in memory while it is read."""
_MAIL: Final = (".mbox", ".mbx", ".eml")


def member_error(error: BaseException) -> MemberError:
    """Return what a container's exception means for a member."""
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


@dataclass(slots=True)
class Budget:
    """What one archive may inflate to in all, however often its members are read."""

    limits: Limits
    size: int
    total: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        """Bytes that all members together may inflate to."""
        return min(self.limits.total_bytes, self.limits.ratio * self.size + (1 << 30))

    def charge(self, member: str, position: int) -> None:
        """Count a member's bytes up to `position`; raises MemberError over a limit."""
        seen = self._seen.get(member, 0)
        if position <= seen:
            return
        self.total += position - seen
        mail = member.lower().endswith(_MAIL)
        most = self.limits.mail_member_bytes if mail else self.limits.member_bytes
        if position > most:
            raise MemberError(
                "over_limit", f"is larger than {most} bytes (limits.{'mail_' if mail else ''}member_bytes)"
            )
        if self.total > self.whole:
            raise MemberError(
                "over_limit", f"the archive inflates to more than {self.whole} bytes (limits.total_bytes, limits.ratio)"
            )
        self._seen[member] = (
            position  # not before: each pass over a member that is too large must end at the same place
        )


class _Counted(io.RawIOBase):
    """A raw stream that charges its budget and turns every container error into a MemberError."""

    def __init__(self, stream: BinaryIO, name: str, budget: Budget) -> None:
        self._stream, self._name, self._budget, self._position = stream, name, budget, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except MemberError:
            raise
        except Exception as error:  # noqa: BLE001 - containers raise eight kinds; all mean: these bytes can't be had
            raise member_error(error) from None
        self._position += len(data)
        self._budget.charge(self._name, self._position)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@dataclass(slots=True)
class StreamMember:
    """A member that is opened by a function; implements `pipeline.containers.members.Member`."""

    name: str
    size: int
    opener: Callable[[], BinaryIO]
    budget: Budget
    _head: bytes | None = None
    _kept: bytes | None = None

    def open(self) -> BinaryIO:
        """Open a stream over the inflated bytes; raises MemberError, also while reading."""
        if self._kept is not None:
            return io.BytesIO(self._kept)
        try:
            stream = self.opener()
        except MemberError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise member_error(error) from None
        return io.BufferedReader(_Counted(stream, self.name, self.budget), _BUFFER)

    def read(self) -> bytes:
        """Return all bytes; raises MemberError."""
        if self._kept is not None:
            return self._kept
        with self.open() as stream:
            return stream.read()

    def head(self, size: int = 4096) -> bytes:
        """Return the first bytes; empty when unreadable."""
        if self._head is None or (len(self._head) < size and len(self._head) >= 4096):
            try:
                with self.open() as stream:
                    self._head = stream.read(max(size, 4096))
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
    """A part of a seekable file as a file of its own (a stored inner archive)."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be moved in."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; return the new place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; return how many bytes."""
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class Names:
    """Gives members names that are unique in the archive: a doubled one lies below a folder `#2`, then `#3`.

    Its own last parts stay what they are, so that sources know it like the first.
    """

    def __init__(self, longest: int) -> None:
        self._used: dict[str, int] = {}
        self._longest = longest
        self.doubled: list[str] = []

    def unique(self, name: str) -> str:
        """Return the name, cut at the limit and numbered when it was given before."""
        name = name.encode("utf-8", "replace").decode()
        if len(name.encode()) > self._longest:
            name = name.encode()[: self._longest].decode(errors="ignore") + "…"
        number = self._used.get(name, 0) + 1
        self._used[name] = number
        if number == 1:
            return name
        self.doubled.append(name)
        return self.unique(f"#{number}/{name}")
