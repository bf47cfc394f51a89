"""Years of the calendars and eras that phones write into an export, as dates of the Gregorian calendar."""

from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 2009
"""WhatsApp's first year: no message is older."""
LAST_YEAR: Final = 2099
ERA_PREFIXES: Final[dict[str, int]] = {
    "r": 2018, "令和": 2018, "㋿": 2018, "h": 1988, "平成": 1988, "㍻": 1988, "民國": 1911, "民国": 1911,
}  # fmt: skip
"""Mark before a year of an era -> what to add to it."""
ERA_SUFFIXES: Final[dict[str, int]] = {
    "be": -543, "b.e.": -543, "พ.ศ.": -543, "minguo": 1911, "roc": 1911, "ad": 0, "ce": 0, "a.d.": 0, "ค.ศ.": 0, "م": 0,
}  # fmt: skip
"""Mark after a year of an era -> what to add to it."""
PERSIAN_SUFFIXES: Final = frozenset({"ap", "a.p.", "ه‍.ش.", "ه.ش."})
ISLAMIC_SUFFIXES: Final = frozenset({"ah", "a.h.", "هـ", "ه‍.ق.", "ه.ق."})
_PERSIAN: Final = range(1388, 1421)
_BUDDHIST: Final = range(FIRST_YEAR + 543, LAST_YEAR + 544)
_MINGUO: Final = range(98, 189)
_PERSIAN_START: Final = date(2009, 3, 21)
"""First day of the year 1388."""
_PERSIAN_LEAP: Final = frozenset({1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420})


def year_in(year: str, era: str) -> int | None:
    """Return the Gregorian year of a year as written; for a Persian year, the one in which it begins.

    Without an era, the number itself decides: 2567 can only be Buddhist, 1403 only Persian, and 113 only of the Republic of China.
    Two digits are of this century, from 52 on of the Buddhist one: 67 is 2567, which is 2024.

    Returns:
        None if no calendar that is read has such a year.

    Examples:
        >>> [year_in("2567", ""), year_in("67", ""), year_in("24", ""), year_in("6", "r"), year_in("1403", ""), year_in("1445", "ah")]
        [2024, 2024, 2024, 2024, 2024, None]
    """
    number = 1 if year == "元" else int(year)
    if era in ERA_PREFIXES:
        found = number + ERA_PREFIXES[era]
    elif era in ERA_SUFFIXES:
        found = number + ERA_SUFFIXES[era]
    elif era in PERSIAN_SUFFIXES or (not era and number in _PERSIAN):
        found = number + 621
    elif era:
        return None
    elif len(year) <= 2:
        found = number + (1957 if number >= 52 else 2000)
    elif number in _BUDDHIST:
        found = number - 543
    elif len(year) == 3 and number in _MINGUO:
        found = number + 1911
    else:
        found = number
    return found if FIRST_YEAR - 1 <= found <= LAST_YEAR else None


def is_persian(year: str, era: str) -> bool:
    """Return whether a year is of the Persian calendar, whose months are others too."""
    return era in PERSIAN_SUFFIXES or (not era and year != "元" and int(year) in _PERSIAN)


def gregorian(year: str, month: int, day: int, era: str = "") -> date | None:
    """Return the day; None if there is no such day, or its calendar is not read.

    Examples:
        >>> gregorian("1403", 1, 8), gregorian("1402", 12, 30), gregorian("6", 3, 27, "r")
        (datetime.date(2024, 3, 27), None, datetime.date(2024, 3, 27))
    """
    if is_persian(year, era):
        return _of_persian(int(year), month, day)
    number = year_in(year, era)
    if number is None:
        return None
    try:
        return date(number, month, day)
    except ValueError:
        return None


def _of_persian(year: int, month: int, day: int) -> date | None:
    """Return a Persian day: six months of 31 days, five of 30, and one of 29 or, in a leap year, 30."""
    leap = year in _PERSIAN_LEAP
    longest = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if year not in _PERSIAN or not 1 <= month <= 12 or not 1 <= day <= longest:
        return None
    before = sum(366 if each in _PERSIAN_LEAP else 365 for each in range(_PERSIAN.start, year))
    before += 31 * (month - 1) - max(0, month - 7)
    return _PERSIAN_START + timedelta(days=before + day - 1)
