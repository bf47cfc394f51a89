"""Times of tweets: what is written, checked against what the id says."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pipeline.sources.shared.web.json_items import iso_us

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = 1_000_000
_DAY: Final = 86_400 * _SECOND
_FIRST_SNOWFLAKE: Final = 29_700_859_247
"""Status ids from here on hold their time; smaller ones are serial numbers (METHODS section 5)."""
_SNOWFLAKE_EPOCH_MS: Final = 1_288_834_974_657
_LAUNCH: Final = 1_142_899_200 * _SECOND
"""2006-03-21: no tweet is older."""
_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS: Final = {month: number for number, month in enumerate(_NAMES, 1)}
_WRITTEN: Final = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d) (\d{4})")


def written_us(value: Any) -> int | None:
    """Return `Tue Sep 05 09:10:11 +0000 2023` (English whatever the locale) or an ISO time as microseconds UTC."""
    found = _WRITTEN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return iso_us(value)
    month = _MONTHS.get(found[1].title())
    if month is None:
        return None
    try:
        moment = datetime(
            int(found[8]), month, int(found[2]), int(found[3]), int(found[4]), min(int(found[5]), 59), tzinfo=UTC
        )
        moment -= timedelta(hours=int(found[6]), minutes=int(found[6][0] + found[7]))
    except (ValueError, OverflowError):
        return None
    return (moment - _EPOCH) // timedelta(seconds=1) * _SECOND


def snowflake_us(status_id: str) -> int | None:
    """Return the second in which a status was made, as its id says; None for serial ids of before November 2010."""
    if not (status_id.isascii() and status_id.isdigit() and len(status_id) < 20):
        return None
    number = int(status_id)
    if number < _FIRST_SNOWFLAKE:
        return None
    return ((number >> 22) + _SNOWFLAKE_EPOCH_MS) // 1000 * _SECOND


def tweet_us(status_id: str, created_at: Any) -> int | None:
    """Return a tweet's time: what is written, unless the id contradicts it by more than a day (bogus years), then the id's.

    None when neither is usable: no snowflake, and the written time is unreadable or older than the platform.
    """
    written, told = written_us(created_at), snowflake_us(status_id)
    if told is not None:
        return written if written is not None and abs(written - told) <= _DAY else told
    return written if written is not None and written >= _LAUNCH else None
