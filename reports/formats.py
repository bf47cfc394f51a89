"""How numbers, shares, lags and dates are formatted, in one place so that no two sections differ.

Raw numbers never pass through here on their way into a CSV: there they stay numbers, and times stay ISO.
"""

import math
from collections.abc import Sequence
from datetime import date, datetime

from pipeline.model.durations import DAY_S, HOUR_S, MINUTE_S

THIN = "\u202f"
"""Narrow no-break space: between groups of three digits and before a per-cent sign."""
DASH = "–"
NOTHING = "–"
"""What an empty cell shows."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = float(MINUTE_S), float(HOUR_S), float(DAY_S)
_WEEK, _MONTH = 7 * _DAY, 30.4375 * _DAY


def count(number: float) -> str:
    """Write a whole number with narrow spaces between thousands: `46 202`."""
    return f"{round(number):,}".replace(",", THIN)


def plural(number: float, one: str, many: str) -> str:
    """Write a count with the right form of its noun: `1 person`, `954 people`."""
    return f"{count(number)} {one if round(number) == 1 else many}"


def percent(share: float, *, decimals: int = 0) -> str:
    """Write a share in 0…1 as per cent.

    A share that is neither 0 nor 1 is never rounded to 0 % or 100 %: it reads "under 1 %" or "over 99 %".
    """
    step = 10.0**-decimals
    written = f"{share * 100:.{decimals}f}"
    if share > 0 and float(written) == 0:
        return f"under {step:.{decimals}f}{THIN}%"
    if share < 1 and float(written) >= 100:
        return f"over {100 - step:.{decimals}f}{THIN}%"
    return f"{written}{THIN}%"


def interval(low: float, high: float, *, decimals: int = 0) -> str:
    """Write an interval of shares: `40–44 %`."""
    return f"{low * 100:.{decimals}f}{DASH}{high * 100:.{decimals}f}{THIN}%"


def lag(seconds: float | None) -> str:
    """Write a duration in one unit: minutes to 60 min, hours to 48 h, days to 14 d, weeks to 10 wk, then months."""
    if seconds is None or not math.isfinite(seconds):
        return NOTHING
    if seconds < _MINUTE:
        return "under 1 min"
    # Rounding first, so that 59.7 minutes read "1 h", not "60 min".
    for unit, width, limit in (("min", _MINUTE, 60), ("h", _HOUR, 48), ("days", _DAY, 14), ("weeks", _WEEK, 10)):
        if (number := round(seconds / width)) < limit:
            return f"{number} {unit}"
    return f"{count(seconds / _MONTH)} months"


def day(moment: date | None) -> str:
    """Write a date (or the date of a time, in the zone that it already carries): `12 Oct 2025`."""
    return NOTHING if moment is None else f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def days(first: date | None, last: date | None) -> str:
    """Write a span of dates, naming a shared year once: `1 Jan – 31 Dec 2025`."""
    if first is None or last is None:
        return day(first or last)
    start = day(first)
    if first.year == last.year:
        start = start.rsplit(" ", 1)[0]
    return f"{start} {DASH} {day(last)}"


def month(name: str) -> str:
    """Write a month that the warehouse names `2025-10`: `Oct 2025`. Anything else is returned as it is."""
    year, _, number = name.partition("-")
    if year.isdigit() and number.isdigit() and 1 <= int(number) <= 12:
        return f"{_MONTHS[int(number) - 1]} {year}"
    return name


def iso(moment: datetime | date | None) -> str:
    """Write a time or date for tables and files: ISO 8601, times to the second with their offset."""
    if moment is None:
        return ""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def listing(words: Sequence[str]) -> str:
    """Join words as a sentence does: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def size(count_of_bytes: int) -> str:
    """Write a size in the largest unit that leaves at least 1: `3.4 MB`."""
    value = float(count_of_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError


def clean(text: str) -> str:
    """Make foreign text fit to show: control characters and lone surrogates become U+FFFD or a space.

    Nothing else is taken away: markup in a name is shown as the characters that it is.
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0:
        return " "
    if 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    return character


def short(text: str, length: int) -> str:
    """Cut a text for a narrow place at `length` characters, with an ellipsis where something was cut."""
    text = clean(text).strip()
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
