"""Times of a WXR file: GMT where it is written, else site-local minus the file's own gap between the two.

The gap isn't constant in a file (imports and changes of zone mix), so a written GMT is always used, and the
median gap only for rows whose GMT is `0000-00-00 00:00:00`.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from statistics import median_low
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipeline.model.durations import DAY_S, SECOND
from pipeline.model.survey import ReadSettings

_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = range(1900, 2101)


class Moment(NamedTuple):
    """A time in microseconds UTC, and whether its zone had to be assumed."""

    at: int
    assumed: bool = False


def micros(when: datetime) -> int:
    """Return whole microseconds since 1970 of an aware time."""
    delta = when - _EPOCH
    return (delta.days * DAY_S + delta.seconds) * SECOND + delta.microseconds


def stamp(text: str) -> int | None:
    """Return `YYYY-MM-DD HH:MM:SS` as if it were UTC; None for zeros, impossible dates and implausible years."""
    found = _STAMP.fullmatch(text.strip())
    if not found:
        return None
    try:
        when = datetime(*(int(part) for part in found.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]  # six numbers by the pattern
    except ValueError:
        return None
    return micros(when) if when.year in _YEARS else None


def rfc822(text: str) -> int | None:
    """Return the time of a `pubDate`, None when it can't be read."""
    try:
        when = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, OverflowError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return micros(aware) if aware.year in _YEARS else None


def median_gap(pairs: Iterable[tuple[str, str]]) -> int | None:
    """Return the median of local minus GMT in seconds over pairs (local, GMT) that are both written, None without any."""
    gaps = [local - gmt for a, b in pairs if (local := stamp(a)) is not None and (gmt := stamp(b)) is not None]
    return median_low(gaps) // SECOND if gaps else None


def moment(local: str, gmt: str, gap_s: int | None, settings: ReadSettings) -> Moment | None:
    """Return when something happened.

    Args:
        local: site-local time as written.
        gmt: the same in UTC as written, often zeros.
        gap_s: the file's median of local minus GMT.
        settings: the owner's zone, for files without a single pair.

    Returns:
        GMT as written; else local minus the gap (zone assumed); None when neither can be read.
    """
    if (exact := stamp(gmt)) is not None:
        return Moment(exact)
    if (at := stamp(local)) is None:
        return None
    if gap_s is not None:
        return Moment(at - gap_s * SECOND, assumed=True)
    naive = _EPOCH.timestamp() + at // SECOND
    there = datetime.fromtimestamp(naive, UTC).replace(tzinfo=ZoneInfo(settings.time_zone))
    return Moment(micros(there.astimezone(UTC)), assumed=True)
