"""Telegram's times: UTC seconds where there are, else local times of the computer that exported."""

import re
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.model.survey import ReadSettings
from pipeline.sources.shared.web.json_items import iso_us

_SECOND: Final = 1_000_000
_DIGITS: Final = re.compile(r"\d{1,11}")


class When(NamedTuple):
    """A time in microseconds UTC; `assumed`: no zone is known, the settings' was taken."""

    at: int
    assumed: bool = False


def unix_us(value: Any) -> int | None:
    """Return `date_unixtime` (a string of seconds, in some versions a number) as microseconds."""
    digits = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(digits) * _SECOND if _DIGITS.fullmatch(digits) and int(digits) else None


def local_us(value: Any, zone: str) -> int | None:
    """Return a local time (`2021-03-04T05:06:07`) of a zone as microseconds UTC."""
    written = iso_us(value)
    if written is None:
        return None
    there = datetime.fromtimestamp(written // _SECOND, UTC).replace(tzinfo=ZoneInfo(zone))
    return round(there.timestamp()) * _SECOND


def when(entry: dict[str, Any], settings: ReadSettings) -> When | None:
    """Return the time of a message or contact; exports before 2021 have the local time only. Second 0 stands for no time."""
    if entry.get("date_unixtime") in ("0", 0):
        return None
    exact = unix_us(entry.get("date_unixtime"))
    if exact is not None:
        return When(exact)
    local = local_us(entry.get("date"), settings.time_zone)
    return None if local is None else When(local, assumed=True)


def beside(value: Any, message: dict[str, Any], settings: ReadSettings) -> When | None:
    """Return the time of a reaction, which is local without UTC beside it.

    The message that it stands under has both, and so tells the offset of the exporting computer. The owner's own zone is
    taken where it agrees with that offset (it knows of summer time between the two); else the offset itself.
    """
    local, exact = iso_us(message.get("date")), unix_us(message.get("date_unixtime"))
    if local is None or exact is None:
        found = local_us(value, settings.time_zone)
        return None if found is None else When(found, assumed=True)
    if settings.zone_is_set and local_us(message.get("date"), settings.time_zone) == exact:
        found = local_us(value, settings.time_zone)
    else:
        written = iso_us(value)
        found = None if written is None else written - (local - exact)
    return None if found is None else When(found)
