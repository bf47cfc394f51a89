"""Times in subscriber lists: ISO and its near relatives, dates only, and slashed dates by the file's own evidence."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from pipeline.model.durations import DAY_S, SECOND
from pipeline.sources.shared.web.json_items import iso_us

Order = Literal["day", "month", "unknown"]
"""Which number of a slashed date comes first."""

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp][Mm])?)?")
_WORDED = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class When(NamedTuple):
    """A time in microseconds UTC and the width in which it is written, in seconds."""

    at: int
    resolution_s: int


def order_of(values: Iterable[str]) -> Order:
    """Decide the order of slashed dates by those of the file in which one number can't be a month."""
    first = second = False
    for value in values:
        if found := _SLASHED.fullmatch(value.strip()):
            first, second = first or int(found[1]) > 12, second or int(found[2]) > 12
    if first == second:
        return "unknown"
    return "day" if first else "month"


def when(text: str, order: Order) -> When | None:
    """Return the time of a cell; None if it can't be read, or if day and month are ambiguous."""
    value = text.strip()
    if found := _DATE.fullmatch(value):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if (at := iso_us(value)) is not None:
        return When(at, 1)
    if found := _WORDED.fullmatch(value):
        month = found[1].lower()
        return _made(int(found[3]), _MONTHS.index(month) + 1, int(found[2])) if month in _MONTHS else None
    if found := _SLASHED.fullmatch(value):
        a, b = int(found[1]), int(found[2])
        if a == b or order != "unknown":
            day, month_number = (a, b) if order == "day" else (b, a)
            return _made(int(found[3]), month_number, day, found)
    return None


def _made(year: int, month: int, day: int, clock: re.Match[str] | None = None) -> When | None:
    hour = minute = second = 0
    width = DAY_S
    if clock is not None and clock[4]:
        hour, minute, second = int(clock[4]), int(clock[5]), int(clock[6] or 0)
        if clock[7]:
            hour = hour % 12 + (12 if clock[7].lower() == "pm" else 0)
        width = 1 if clock[6] else 60
    try:
        made = datetime(year, month, day, hour=hour, minute=minute, second=second, tzinfo=UTC)
    except ValueError:
        return None
    return When(int(made.timestamp()) * SECOND, width) if year >= 1970 else None
