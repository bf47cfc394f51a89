"""Telegram's times: seconds in UTC where the export has them, else local times of the exporting computer."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.model.durations import SECOND
from pipeline.model.survey import ReadSettings
from pipeline.sources.shared.web.json_items import iso_us

_DIGITS: Final = re.compile(r"\d{1,11}")


class When(NamedTuple):
    """A time in microseconds UTC, and whether the settings' zone was assumed for it."""

    at: int
    assumed: bool = False


def unix_us(value: object) -> int | None:
    """Return `date_unixtime` (a string of seconds, in some versions a number) as microseconds."""
    digits = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(digits) * SECOND if _DIGITS.fullmatch(digits) and int(digits) else None


def local_us(value: object, zone: str) -> int | None:
    """Return a local time (`2021-03-04T05:06:07`) of a zone as microseconds UTC."""
    written = iso_us(value)
    if written is None:
        return None
    there = datetime.fromtimestamp(written // SECOND, UTC).replace(tzinfo=ZoneInfo(zone))
    return round(there.timestamp()) * SECOND


def when(entry: Mapping[str, object], settings: ReadSettings) -> When | None:
    """Return the time of a message or contact. Exports before 2021 have the local time only; second 0 means no time."""
    if entry.get("date_unixtime") in ("0", 0):
        return None
    exact = unix_us(entry.get("date_unixtime"))
    if exact is not None:
        return When(exact)
    local = local_us(entry.get("date"), settings.time_zone)
    return None if local is None else When(local, assumed=True)


def reaction_time(value: object, message: Mapping[str, object], settings: ReadSettings) -> When | None:
    """Return the time of a reaction, which the export writes as local time only.

    Its message has the time in UTC too, which gives the offset of the exporting computer. The owner's own zone is used if it
    agrees with that offset, because it accounts for summer time between the two; else the offset itself.
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
