"""What can go wrong with an archive or a member, each with a machine word and words for the person (never content)."""


class ArchiveError(Exception):
    """Base of both: `code` is the machine word, `reason` the sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class ContainerError(ArchiveError):
    """The container can't be opened at all: the archive is `failed`."""


class MemberError(ArchiveError):
    """One member's bytes can't be had: it is set aside, the others are read."""
