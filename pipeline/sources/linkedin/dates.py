"""Dates in LinkedIn's files.

Format facts: ISO with or without `UTC`, `2022/01/16 02:51:39 UTC`, `1/29/26, 2:37 PM` (US order, no zone, no seconds),
`01 Jan 2024`, `1/1/2024`. Month names are English in every export seen, whatever the account's language.
"""

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from pipeline.model.durations import DAY_S, SECOND

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BLANKS: Final = re.compile(r"[\s\u202f\u00a0,]+")
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_ISO: Final = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d\d?)[-/](?P<day>\d\d?)"
    r"(?:[T ](?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)? ?(?P<zone>UTC|Z|GMT|\+00:?00)?",
    re.IGNORECASE,
)
_US: Final = re.compile(
    r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4}|\d\d)"
    r"(?: (?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))? ?(?P<half>[AP])\.?M\.?)?(?: (?P<zone>UTC))?",
    re.IGNORECASE,
)
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d\d?)[ -](?P<month>[A-Za-z]{3})[a-z]*[ -](?P<year>\d{4})"
    r"(?: (?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?: (?P<zone>UTC))?",
    re.IGNORECASE,
)


class ParsedDate(NamedTuple):
    """A date or time as precise as it is written."""

    at: int
    """Microseconds since 1970 UTC: the start of the written day, minute or second."""
    resolution_s: int
    """86,400 for a day, 60 for a minute, 1 for a second."""
    lacks_zone: bool
    """Whether a time of day is written without a zone (it is then read as UTC)."""


def parse_date(text: str) -> ParsedDate | None:
    """Return the date or time that a cell holds, UTC where it names no zone; None when it has no known form.

    >>> parse_date("01 Jan 2024")
    ParsedDate(at=1704067200000000, resolution_s=86400, lacks_zone=False)
    """
    written = _BLANKS.sub(" ", text.strip())
    found = _ISO.fullmatch(written) or _US.fullmatch(written) or _DAY_FIRST.fullmatch(written)
    if found is None:
        return None
    part = found.groupdict()
    year, month = part["year"], part["month"]
    hour, second = part["hour"], part["second"]
    if half := part.get("half"):
        hour = str(int(hour) % 12 + (12 if half.upper() == "P" else 0))
    try:
        moment = datetime(
            int(year) + (2000 if len(year) == 2 else 0),
            int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0),
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
