"""What a source sees of an archive: its members, whatever the container is."""

from collections.abc import Sequence
from typing import BinaryIO, Protocol


class Member(Protocol):
    """A file inside an archive."""

    @property
    def name(self) -> str:
        """Path inside the archive, `/`-separated, as written there (members of an inner zip as `inner.zip!/path`)."""

    @property
    def size(self) -> int:
        """Uncompressed size in bytes as the container states it: a hint, the stated size may be wrong."""

    def open(self) -> BinaryIO:
        """Open a stream over the uncompressed bytes.

        Raises:
            MemberError: when the bytes can't be read; also raised while reading from the stream.
        """

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            MemberError: when they can't be read or exceed the limit of a member.
        """

    def head(self, size: int = 4096) -> bytes:
        """Return the first bytes, for recognition; empty when the member is unreadable."""


class Archive(Protocol):
    """The members of one archive."""

    @property
    def file_name(self) -> str:
        """Base name of the archive's file or folder; the usual name of an export may hold a date or a handle."""

    @property
    def members(self) -> Sequence[Member]:
        """All members, in the container's order."""
