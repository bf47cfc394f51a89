"""Times of tweets: the written time, checked against the time in the status id.

Format facts: `created_at` is English in every locale; some exports write years that cannot be. Ids since November 2010 are
"snowflakes" whose upper bits count milliseconds; earlier ids are serial numbers.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from pipeline.model.durations import DAY, SECOND
from pipeline.sources.shared.web.json_items import iso_us

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_SNOWFLAKE: Final = 29_700_859_247
"""Smallest id that holds a time."""
_SNOWFLAKE_EPOCH_MS: Final = 1_288_834_974_657
_MOST_DIGITS: Final = 19
_LAUNCH: Final = 1_142_899_200 * SECOND
"""2006-03-21: no tweet is older."""
_MONTH_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_CREATED_AT: Final = re.compile(
    r"[A-Za-z]{3} (?P<month>[A-Za-z]{3}) (?P<day>\d{1,2}) (?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r" (?P<sign>[+-])(?P<zone_hours>\d\d)(?P<zone_minutes>\d\d) (?P<year>\d{4})"
)


def parse_created_at(value: object) -> int | None:
    """Return `Tue Sep 05 09:10:11 +0000 2023` or an ISO time as microseconds UTC, None for anything else."""
    found = _CREATED_AT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return iso_us(value)
    month = _MONTHS.get(found["month"].title())
    if month is None:
        return None
    offset = timedelta(hours=int(found["zone_hours"]), minutes=int(found["zone_minutes"]))
    try:
        moment = datetime(
            int(found["year"]),
            month,
            int(found["day"]),
            hour=int(found["hour"]),
            minute=int(found["minute"]),
            second=min(int(found["second"]), 59),
            tzinfo=UTC,
        )
        moment += -offset if found["sign"] == "+" else offset
    except (ValueError, OverflowError):
        return None
    return (moment - _EPOCH) // timedelta(seconds=1) * SECOND


def snowflake_time(status_id: str) -> int | None:
    """Return the second in which a status was made, from its id; None for a serial id (before November 2010)."""
    if not (status_id.isascii() and status_id.isdigit() and len(status_id) <= _MOST_DIGITS):
        return None
    number = int(status_id)
    if number < _FIRST_SNOWFLAKE:
        return None
    return ((number >> 22) + _SNOWFLAKE_EPOCH_MS) // 1000 * SECOND


def tweet_time(status_id: str, created_at: object) -> int | None:
    """Return a tweet's time in microseconds UTC.

    The written time counts unless it differs by more than a day from the time in the id; then the id's counts. None when
    there is no snowflake and the written time is unreadable or before the platform existed.
    """
    written, from_id = parse_created_at(created_at), snowflake_time(status_id)
    if from_id is not None:
        return written if written is not None and abs(written - from_id) <= DAY else from_id
    return written if written is not None and written >= _LAUNCH else None
