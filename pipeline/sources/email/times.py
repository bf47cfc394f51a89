"""When a message was sent: its Date, else the top Received, else the separator line (formats: e-mail, Date)."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.records import ReadSettings
from pipeline.sources.email.headers import Headers

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = 1_000_000
_FIRST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""No mail with these headers is older: an earlier date is a clock that was never set."""
_LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=2)
"""A Date this far behind the moment of arrival is the sender's wrong clock."""


class When(NamedTuple):
    """A moment in microseconds UTC; `assumed`: it was written without a zone."""

    at: int
    assumed: bool = False


def when(headers: Headers, separator: str, settings: ReadSettings) -> When | None:
    """Return the moment of a message, None when nothing readable and plausible says it.

    Args:
        headers: of the message.
        separator: the date of the mbox separator line, empty without one.
        settings: their time zone stands in where nothing writes a zone.
    """
    written, received = read(headers.raw("date")), None
    if written is None or written.tzinfo is None or not _plausible(written):
        received = _received(headers)
        if received is None and separator:
            line = read(separator)
            received = line if line is not None and line.tzinfo else None
        if received is None and (written is None or not _plausible(written)):
            written = read(separator)
    elif written > _EPOCH and (arrived := _received(headers)) is not None and written > arrived + _AHEAD:
        received = arrived
    chosen = received or written
    if chosen is None or not _plausible(chosen):
        return None
    if chosen.tzinfo is not None:
        return When(_micros(chosen))
    return When(_micros(chosen.replace(tzinfo=ZoneInfo(settings.time_zone))), assumed=True)


def read(text: str) -> datetime | None:
    """Return a date in RFC 5322's or ctime's order; without tzinfo when it writes no zone that is known."""
    if not text:
        return None
    text = _ctime(text)
    try:
        parts = parsedate_tz(text)
        if parts is None:
            return None
        offset = 0 if parts[9] is None and text.rstrip(")( ").endswith("-0000") else parts[9]
        zone = None if offset is None else UTC if offset == 0 else timezone(timedelta(seconds=offset))
        return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _ctime(text: str) -> str:
    """Turn `Fri Feb 04 17:10:22 +0000 2022` into RFC 5322's order; other texts stay."""
    words = text.split()
    if len(words) < 5 or words[0].endswith(",") or ":" not in words[3]:
        return text
    year = next((word for word in words[4:] if word.isdigit() and len(word) == 4), "")
    zone = next((word for word in words[4:] if word != year), "")
    return f"{words[0]}, {words[2]} {words[1]} {year} {words[3]} {zone}" if year else text


def _received(headers: Headers) -> datetime | None:
    for line in headers.all_raw("received")[:1]:
        found = read(line.rpartition(";")[2].strip())
        if found is not None and found.tzinfo is not None and _plausible(found):
            return found
    return None


def _plausible(moment: datetime) -> bool:
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _FIRST <= known < _LAST


def _micros(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds()) * _SECOND
