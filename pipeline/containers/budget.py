"""Limits on the uncompressed bytes of an archive and its members, against decompression bombs."""

from dataclasses import dataclass, field
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.model.limits import Limits

_MAIL: Final = (".mbox", ".mbx", ".eml")


@dataclass(slots=True)
class Budget:
    """The uncompressed bytes that one archive may have, however often its members are read.

    Attributes:
        limits: `[limits]` of the settings.
        size: bytes of the archive itself.
        used: uncompressed bytes read so far, each byte of a member counted once.
    """

    limits: Limits
    size: int
    used: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    @property
    def allowed(self) -> int:
        """Uncompressed bytes that all members together may have."""
        return min(self.limits.total_bytes, self.limits.ratio * self.size + (1 << 30))

    def charge(self, member: str, position: int) -> None:
        """Count a member's bytes up to a position.

        Args:
            member: name of the member.
            position: bytes of it that were read.

        Raises:
            MemberError: when the member or the archive exceeds its limit.
        """
        seen = self._seen.get(member, 0)
        if position <= seen:
            return
        self.used += position - seen
        is_mail = member.lower().endswith(_MAIL)
        most = self.limits.mail_member_bytes if is_mail else self.limits.member_bytes
        if position > most:
            setting = "mail_member_bytes" if is_mail else "member_bytes"
            raise MemberError("over_limit", f"is larger than {most} bytes (limits.{setting})")
        if self.used > self.allowed:
            reason = f"the archive inflates to more than {self.allowed} bytes (limits.total_bytes, limits.ratio)"
            raise MemberError("over_limit", reason)
        self._seen[member] = (
            position  # only now: each pass over a member that is too large must end at the same position
        )
