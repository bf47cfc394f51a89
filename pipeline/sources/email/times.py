"""When a message was sent: its Date, else the top Received, else the separator line (formats: e-mail, Date)."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_tz
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.model.durations import DAY_S, HOUR_S, SECOND
from pipeline.model.survey import ReadSettings
from pipeline.sources.email.headers import Headers

_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905 - reads best
}
_USUAL: Final = re.compile(
    r"(?:[A-Za-z]{3}, *)?(\d{1,2}) +([A-Za-z]{3}) +(\d{4}) +(\d\d):(\d\d)(?::(\d\d))? +([+-])(\d\d)(\d\d)(?: *\([^()]*\))?"
)
"""RFC 5322 as nearly all mail writes it; the standard library's parser reads the rest."""
_LONGEST: Final = 200
_ZONE: Final = re.compile(r"\d:\d\d(?:[:.]\d+)*\s+(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][DS]T)\b", re.IGNORECASE)
"""A zone that has a meaning (RFC 5322, 4.3)."""
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = (date(1980, 1, 1).toordinal() - _EPOCH_DAY) * DAY_S
"""No mail with these headers is older: an earlier date is a clock that was never set."""
_LAST: Final = (date(2100, 1, 1).toordinal() - _EPOCH_DAY) * DAY_S
_AHEAD: Final = 2 * DAY_S
"""Seconds; a Date this far behind the moment of arrival is the sender's wrong clock."""


class When(NamedTuple):
    """A moment in microseconds UTC; `assumed`: it was written without a zone."""

    at: int
    assumed: bool = False


class Written(NamedTuple):
    """A moment as written: seconds since 1970 by its own clock or, where it has a zone, UTC."""

    seconds: int
    has_zone: bool

    @property
    def plausible(self) -> bool:
        """Whether a mail can be of that time."""
        return _FIRST <= self.seconds < _LAST


def when(headers: Headers, separator: str, settings: ReadSettings) -> When | None:
    """Return the time of a message; None if no field holds a readable and plausible one.

    Args:
        headers: of the message.
        separator: the date of the mbox separator line, empty without one.
        settings: their time zone is assumed if no zone is written.
    """
    written, received = read(headers.raw("date")), _received(headers)
    sound = written is not None and written.has_zone and written.plausible
    if sound and written is not None and (received is None or written.seconds <= received.seconds + _AHEAD):
        return When(written.seconds * SECOND)
    line = None if received else read(separator)
    for other in (received, line):
        if other is not None and other.has_zone and other.plausible:
            return When(other.seconds * SECOND)
    local = next((known for known in (written, line) if known is not None and known.plausible), None)
    return When(_in_zone(local.seconds, settings.time_zone), assumed=True) if local else None


def _in_zone(seconds: int, zone: str) -> int:
    moment = (_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=ZoneInfo(zone))
    return int((moment - _EPOCH).total_seconds()) * SECOND


def read(text: str) -> Written | None:
    """Return a date in RFC 5322's or ctime's order, None when it is none."""
    if not text or len(text) > _LONGEST:
        return None
    found = _USUAL.fullmatch(text)
    try:
        if found is None:
            return _other(_ctime(text))
        day, name, year, hour, minute, second, sign, hours, minutes = found.groups()
        month = _MONTHS.get(name.lower(), 0)
        offset = int(hours) * HOUR_S + int(minutes) * 60
        return _written(
            (int(year), month, int(day), int(hour), int(minute), int(second or 0)), offset if sign == "+" else -offset
        )
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _written(parts: tuple[int, ...], offset: int | None) -> Written | None:
    year, month, day, hour, minute, second = parts
    if hour > 23 or minute > 59 or second > 60:  # 60: a leap second, read as the one before
        return None
    seconds = (date(year, month, day).toordinal() - _EPOCH_DAY) * DAY_S + hour * HOUR_S + minute * 60 + min(second, 59)
    return Written(seconds - (offset or 0), offset is not None)


def _other(text: str) -> Written | None:
    """Return the time of a date as the standard library parses it: zones by name, comments, years of two digits."""
    parts = parsedate_tz(text)
    if parts is None:
        return None
    # the parser returns UTC for a missing zone and for names that it doesn't know
    return _written(parts[:6], parts[9] if _ZONE.search(text) else None)


def _ctime(text: str) -> str:
    """Turn `Fri Feb 04 17:10:22 +0000 2022` into RFC 5322's order; other texts stay."""
    words = text.split()
    if len(words) < 5 or words[0].endswith(",") or ":" not in words[3]:
        return text
    year = next((word for word in words[4:] if word.isdigit() and len(word) == 4), "")
    zone = next((word for word in words[4:] if word != year), "")
    return f"{words[0]}, {words[2]} {words[1]} {year} {words[3]} {zone}" if year else text


def _received(headers: Headers) -> Written | None:
    """Return the moment of arrival: the top Received, which the owner's own server wrote."""
    found = read(headers.raw("received").rpartition(";")[2].strip())
    return found if found is not None and found.has_zone and found.plausible else None
