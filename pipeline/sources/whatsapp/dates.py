"""Decide in which order the dates of a file are written, by the file's own evidence."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.model.durations import DAY_S, SECOND
from pipeline.model.survey import ReadSettings
from pipeline.sources.whatsapp.calendars import FIRST_YEAR, gregorian, is_persian, year_in
from pipeline.sources.whatsapp.forms import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, Head, Places
from pipeline.sources.whatsapp.language_tables import is_period_of

_WORDED: Final = {DAY_FIRST: "day/month/year", MONTH_FIRST: "month/day/year", YEAR_FIRST: "year/month/day"}
_BACK: Final = timedelta(days=1)
"""A corrected clock may step back a little; dates read in a wrong order jump by weeks."""
_MONTH_FIRST_ZONES: Final = frozenset({
    "America/New_York", "America/Detroit", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "America/Boise", "Pacific/Honolulu", "US/Eastern", "US/Central", "US/Mountain", "US/Pacific",
})  # fmt: skip
_YEAR_FIRST_LANGUAGES: Final = ("hu", "ja", "ko")
_EITHER_LANGUAGES: Final = ("zh",)
"""Chinese: the year is first in most countries, last in Hong Kong and Singapore."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Order(NamedTuple):
    """Positions of year, month and day (None: undecided), and the sentence for coverage."""

    places: Places | None
    reason: str


def moment(head: Head, places: Places | None) -> datetime | None:
    """Return date and time as written, without zone; None if there is no such day or the order is undecided."""
    places = head.places or places
    if places is None or head.clock_s < 0 or head.period == "?":
        return None
    year, month, day = _numbers(head, places)
    if not (year and month and day):
        return None
    found = gregorian(year, int(month), int(day), head.era)
    if found is None:
        return None
    return datetime.combine(found, time()) + timedelta(seconds=head.clock_s)


def _numbers(head: Head, places: Places) -> tuple[str, str, str]:
    """Return year, month and day as written."""
    numbers = (head.first, head.second, head.third)
    return numbers[places[0]], numbers[places[1]], numbers[places[2]]


def utc_us(written: datetime, settings: ReadSettings) -> int:
    """Return a time written in the settings' zone as microseconds UTC (the earlier one of an ambiguous hour)."""
    aware = written.replace(tzinfo=ZoneInfo(settings.time_zone))
    delta = aware - _EPOCH
    return (delta.days * DAY_S + delta.seconds) * SECOND


def decide(heads: Sequence[Head], language: str, settings: ReadSettings) -> Order:
    """Return the order of all dates of a file.

    Evidence in falling order: a language that writes the year first, where that is possible; a number above 12 or 31; the order in which the messages are in order of time; dots or hyphens, which
    follow the day; a language that writes the day first; the unpadded form with AM and PM of the United States; the owner's own zone.

    Args:
        heads: of all records, in the order of the file.
        language: of the file's system lines and name; empty if unknown.
        settings: the zone counts only if the owner set it.
    """
    open_ = [head for head in heads if head.places is None and head.clock_s >= 0]
    if not open_:
        named = any(head.month_word for head in heads)
        return Order(YEAR_FIRST, "its dates name the month" if named else "dates are written year/month/day")
    fitting = [places for places in _WORDED if all(_fits(head, places) for head in open_)]
    if not fitting:  # a line that happens to look like a head must not decide
        fitting = [max(_WORDED, key=lambda places: sum(_fits(head, places) for head in open_))]
    if YEAR_FIRST in fitting and _is_written_in(_YEAR_FIRST_LANGUAGES, language, open_):
        return _because(YEAR_FIRST, "the file's language writes them so")
    if len(fitting) == 1:
        return _because(fitting[0], "a number of its dates can be nothing else")
    readings = {places: [moment(head, places) for head in open_] for places in fitting}
    if all(reading == readings[fitting[0]] for reading in readings.values()):
        return _because(fitting[0], "day and month are equal everywhere")
    calm = [places for places in fitting if not _jumps(readings[places])]
    if len(calm) == 1:
        return _because(calm[0], "only so do its messages stand in order of time")
    if YEAR_FIRST in (calm or fitting) and _is_written_in(_EITHER_LANGUAGES, language, open_):
        return Order(None, "the year may be the first or the last number in this file")
    left = [places for places in calm or fitting if places != YEAR_FIRST]
    if len(left) == 1:  # few countries write a two-digit year first
        return _because(left[0], "a number of its dates is above 12")
    if DAY_FIRST in left and all(head.separator in ".-" for head in open_):
        return _because(DAY_FIRST, f"dates with “{open_[0].separator}” are written so")
    if DAY_FIRST in left and language not in {"", "en"}:
        return _because(DAY_FIRST, f"the file's language ({language}) writes them so")
    if MONTH_FIRST in left and any(_american(head) for head in open_):
        return _because(MONTH_FIRST, "short numbers with AM and PM are written so")
    if settings.zone_is_set and {DAY_FIRST, MONTH_FIRST} & set(left):
        places = MONTH_FIRST if settings.time_zone in _MONTH_FIRST_ZONES else DAY_FIRST
        if places in left:
            return _because(places, f"dates are written so where your time zone is ({settings.time_zone})")
    return Order(None, "day and month can't be told apart in this file")


def _because(places: Places, why: str) -> Order:
    return Order(places, f"dates were read as {_WORDED[places]}: {why}")


def _fits(head: Head, places: Places) -> bool:
    year, month, day = _numbers(head, places)
    if len(head.third) > 2 and places == YEAR_FIRST:
        return False
    if len(month) > 2 or len(day) > 2 or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return False
    if is_persian(year, head.era):
        return gregorian(year, int(month), int(day), head.era) is not None
    number = year_in(year, head.era)
    return number is not None and number >= FIRST_YEAR


def _jumps(reading: Sequence[datetime | None]) -> bool:
    known = [at for at in reading if at is not None]
    return any(later < earlier - _BACK for earlier, later in pairwise(known))


def _is_written_in(codes: Sequence[str], language: str, heads: Sequence[Head]) -> bool:
    """Return whether the file's language, or a word beside a time, is one of these languages."""
    return language in codes or any(head.period_word and is_period_of(head.period_word, codes) for head in heads)


def _american(head: Head) -> bool:
    return (
        head.separator == "/"
        and head.period in {"am", "pm"}
        and (len(head.first), len(head.second), len(head.third)) == (1, 1, 2)
    )
