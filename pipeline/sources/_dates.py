"""The date in an export's usual file name: the export's own statement of when it was made."""

import re
from datetime import UTC, datetime

_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def day_in_name(name: str) -> int | None:
    """Return the start (microseconds UTC) of the last `YYYY-MM-DD` or `YYYYMMDD` in a file name, None without one."""
    for year, month, day in reversed(_DAY.findall(name)):
        try:
            return int(datetime(int(year), int(month), int(day), tzinfo=UTC).timestamp()) * 1_000_000
        except ValueError:
            continue
    return None
