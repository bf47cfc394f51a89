"""Dates in LinkedIn's files.

Format facts: ISO with or without `UTC`, `2022/01/16 02:51:39 UTC`, `1/29/26, 2:37 PM` (US order, no zone, no seconds),
`01 Jan 2024`, `1/1/2024`. LinkedIn writes English month names in every export seen. A spreadsheet that saves a table again
writes dates in its own language: `29/1/2026 14:37`, `29.01.2026`, `14-mrt-23`.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from pipeline.model.durations import DAY_S, SECOND

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BLANKS: Final = re.compile(r"[\s\u202f\u00a0,]+")
_MONTH_PREFIXES: Final = (
    "jan ene gen sty led tam oca ian янв", "feb fev lut uno hel sub фев", "mar mrt maa bre мар", "apr avr abr kwi dub huh nis апр",
    "may mai maj mei mag kve tou мая май", "jun juin giu cze cer kes haz iun июн", "jul juil lug lip cervenec hei tem iul июл",
    "aug aou ago agu sie srp elo авг", "sep set wrz zar syy eyl сен", "oct okt out ott paz rij lok eki окт",
    "nov lis marr kas noi ноя", "dec dez dic des gru pro jou ara дек",
)  # fmt: skip
"""Beginnings of the month names, January first, without accents; the longest that fits decides."""
_MONTH_OF_PREFIX: Final = {
    prefix: number for number, prefixes in enumerate(_MONTH_PREFIXES, 1) for prefix in prefixes.split()
}
_CLOCK: Final = (
    r"(?:[T ](?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?: ?(?P<half>[AP])\.? ?M\.?)?)?"
)
_ZONE: Final = r"(?: ?(?P<zone>UTC|Z|GMT|\+00:?00))?"
_YEAR: Final = r"(?P<year>\d{4}|\d\d)"
_FORMS: Final = tuple(
    re.compile(form + _CLOCK + _ZONE, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)",
        r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d\d?) ?[月월] ?(?P<day>\d\d?) ?[日일]",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}",
        rf"(?P<day>\d\d?)-(?P<month>\d\d?)-{_YEAR}",
        rf"(?P<day>\d\d?)(?:\.|º|er)?[ -](?:de )?(?P<month>[^\W\d_]{{3,12}})\.?[ -](?:de )?{_YEAR}",
        r"(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d\d?) (?P<year>\d{4})",
    )
)
_SLASHED: Final = re.compile(rf"(?P<first>\d\d?)/(?P<second_number>\d\d?)/{_YEAR}{_CLOCK}{_ZONE}", re.IGNORECASE)
_MONTHS_IN_YEAR: Final = 12


class ParsedDate(NamedTuple):
    """A date or time as precise as it is written."""

    at: int
    """Microseconds since 1970 UTC: the start of the written day, minute or second."""
    resolution_s: int
    """86,400 for a day, 60 for a minute, 1 for a second."""
    lacks_zone: bool
    """Whether a time of day is written without a zone (it is then read as UTC)."""


def parse_date(text: str, *, day_first: bool = False) -> ParsedDate | None:
    """Return the date or time that a cell holds, UTC where it names no zone; None when it has no known form.

    Args:
        text: the cell.
        day_first: whether dates with slashes have the day before the month.

    >>> parse_date("01 Jan 2024")
    ParsedDate(at=1704067200000000, resolution_s=86400, lacks_zone=False)
    """
    written = _BLANKS.sub(" ", text.strip())
    if slashed := _slashed(written):
        day, month = ("first", "second_number") if day_first else ("second_number", "first")
        part = slashed.groupdict() | {"day": slashed[day], "month": slashed[month]}
    else:
        found = next(filter(None, (form.fullmatch(written) for form in _FORMS)), None)
        if found is None:
            return None
        part = found.groupdict()
    hour, second, year = part["hour"], part["second"], part["year"]
    if hour is not None and (half := part["half"]):
        hour = str(int(hour) % 12 + (12 if half.upper() == "P" else 0))
    try:
        moment = datetime(
            int(year) + (2000 if len(year) == 2 else 0),
            _month(part["month"]),
            int(part["day"]),
            hour=int(hour or 0),
            minute=int(part["minute"] or 0),
            second=min(int(second or 0), 59),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    since = moment - _EPOCH
    resolution_s = DAY_S if hour is None else 60 if second is None else 1
    lacks_zone = hour is not None and part["zone"] is None
    return ParsedDate((since.days * DAY_S + since.seconds) * SECOND, resolution_s, lacks_zone)


def _month(written: str) -> int:
    """Return the number of a month, 0 for an unknown name."""
    if written.isdecimal():
        return int(written)
    bare = "".join(char for char in unicodedata.normalize("NFD", written.casefold()) if not unicodedata.combining(char))
    prefix = max((prefix for prefix in _MONTH_OF_PREFIX if bare.startswith(prefix)), key=len, default="")
    return _MONTH_OF_PREFIX.get(prefix, 0)


def is_slashed(text: str) -> bool:
    """Return whether a date is written with slashes and the year last, so that the order of day and month is open."""
    return _slashed(text) is not None


def has_day_first(values: Iterable[str]) -> bool:
    """Return whether the dates of a table have the day before the month: one has a first number above 12, none a second one.

    >>> has_day_first(["3/2/2024", "15/1/2024"]), has_day_first(["3/2/2024", "1/15/2024"])
    (True, False)
    """
    found = [(int(date["first"]), int(date["second_number"])) for value in values if (date := _slashed(value))]
    above = [any(pair[place] > _MONTHS_IN_YEAR for pair in found) for place in (0, 1)]
    return above[0] and not above[1]


def _slashed(value: str) -> re.Match[str] | None:
    return _SLASHED.fullmatch(_BLANKS.sub(" ", value.strip()))
