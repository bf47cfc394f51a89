"""Lengths of time: microseconds for the times and durations of frames, seconds for those of the warehouse."""

from typing import Final

SECOND: Final = 1_000_000
"""Microseconds, as all without a suffix."""
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY

MINUTE_S: Final = 60
"""Seconds, as all with the suffix `_S`."""
HOUR_S: Final = 3_600
DAY_S: Final = 86_400
