"""Limits of what one archive may cost, and of the times that a record may have."""

from dataclasses import dataclass
from typing import Final

_GIB: Final = 1024**3

EARLIEST_US: Final = -5_364_662_400_000_000
"""Start of 1800, microseconds UTC. Tools write the year 1 for "no date"."""
LATEST_US: Final = 7_258_118_399_999_999
"""End of 2199, microseconds UTC. Tools write the year 9999 for "never"; monthly figures would run until then."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`[limits]` of the settings: bytes, counts and seconds that one archive may cost.

    Attributes:
        archive_bytes: size of the archive.
        member_bytes: size of one uncompressed member.
        mail_member_bytes: size of one uncompressed mailbox.
        total_bytes: size of all uncompressed members.
        ratio: uncompressed size in multiples of the archive's size, 1 GiB more is allowed.
        members: members of an archive.
        name_bytes: bytes of a member's name.
        text_chars: characters kept of one text.
        memory_bytes: address space of one reading process.
        wall_s: seconds that reading one archive may take.
    """

    archive_bytes: int = 20 * _GIB
    member_bytes: int = 4 * _GIB
    mail_member_bytes: int = 50 * _GIB
    total_bytes: int = 50 * _GIB
    ratio: int = 200
    members: int = 200_000
    name_bytes: int = 1_024
    text_chars: int = 1_000_000
    memory_bytes: int = 4 * _GIB
    wall_s: int = 3_600
