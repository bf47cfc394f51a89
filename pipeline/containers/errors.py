"""Errors of archives and members, each with a code and a reason for the owner; never with content."""


class ArchiveError(Exception):
    """Base class of both.

    Attributes:
        code: machine-readable word.
        reason: sentence for the owner.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class ContainerError(ArchiveError):
    """The container can't be opened; the archive is `failed`."""


class MemberError(ArchiveError):
    """The bytes of one member can't be read; it is set aside, and the others are read."""
