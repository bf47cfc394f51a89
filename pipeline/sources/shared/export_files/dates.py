"""The date in an export's usual file name: the export's own statement of when it was made."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from pipeline.model.durations import SECOND
from pipeline.sources.base import Archive, Claim

_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def usual_names(archive: Archive, claims: Sequence[Claim]) -> list[str]:
    """Return the names that may state whose and of when an export is: the archive's, else those of folders and inner archives.

    People unpack exports and pack them again, and put several parts into one archive: the usual name is then inside.
    """
    inside = {part for claim in claims for part in re.split(r"!?/|!", claim.member)[:-1][:3]}
    return [archive.file_name, *sorted(inside, reverse=True)]


def day_in_name(name: str) -> int | None:
    """Return the start (microseconds UTC) of the last `YYYY-MM-DD` or `YYYYMMDD` in a file name, None without one."""
    for year, month, day in reversed(_DAY.findall(name)):
        try:
            return int(datetime(int(year), int(month), int(day), tzinfo=UTC).timestamp()) * SECOND
        except ValueError:
            continue
    return None
