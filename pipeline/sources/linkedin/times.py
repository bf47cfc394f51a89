"""Dates as LinkedIn's files write them: five forms, some without zone, some without time."""

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BLANKS: Final = re.compile(r"[\s\u202f\u00a0,]+")
_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {month: number for number, month in enumerate(_NAMES, 1)}
_ISO: Final = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)? ?(UTC|Z|GMT|\+00:?00)?", re.IGNORECASE
)
_US: Final = re.compile(
    r"(\d\d?)/(\d\d?)/(\d{4}|\d\d)(?: (\d\d?):(\d\d)(?::(\d\d))? ?([AP])\.?M\.?)?(?: (UTC))?", re.IGNORECASE
)
_WORDS: Final = re.compile(
    r"(\d\d?)[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})(?: (\d\d?):(\d\d)(?::(\d\d))?)?(?: (UTC))?", re.IGNORECASE
)


class Written(NamedTuple):
    """A time as written: microseconds UTC, the width in seconds, and whether a zone was missing beside a time of day."""

    at: int
    resolution_s: int
    zoneless: bool


def written(text: str) -> Written | None:
    """Return what a date or time says (UTC where no zone is written); None when it is in no known form."""
    plain = _BLANKS.sub(" ", text.strip())
    if found := _ISO.fullmatch(plain):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        hour, zone = found[4], found[7]
    elif found := _US.fullmatch(plain):
        year, month, day = int(found[3]), int(found[1]), int(found[2])
        year += 2000 if year < 100 else 0
        hour, zone = found[4], found[8]
        if hour is not None:
            hour = str(int(hour) % 12 + (12 if found[7].upper() == "P" else 0))
    elif found := _WORDS.fullmatch(plain):
        year, month, day = int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1])
        hour, zone = found[4], found[7]
    else:
        return None
    seconds = found[6] if hour is not None else None
    try:
        moment = datetime(year, month, day, int(hour or 0), int(found[5] or 0), min(int(seconds or 0), 59), tzinfo=UTC)
    except ValueError:
        return None
    delta = moment - _EPOCH
    width = 86_400 if hour is None else 60 if seconds is None else 1
    return Written((delta.days * 86_400 + delta.seconds) * 1_000_000, width, hour is not None and zone is None)
