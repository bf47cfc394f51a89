"""The head of a line that begins a record, in every form that phones write: tables of dates, times, orders and closings.

An export of iOS has `[<date>, <time>] <name>: <text>`, one of Android `<date>, <time> - <name>: <text>`, and one of iOS before 2017
`<date> <time>: <name>: <text>`. Some languages write the time first. Digits may be of any script, and blanks and direction marks may
occur between them.
"""

import re
from typing import Final, NamedTuple

from pipeline.sources.whatsapp.calendars import ERA_PREFIXES, ERA_SUFFIXES, ISLAMIC_SUFFIXES, PERSIAN_SUFFIXES
from pipeline.sources.whatsapp.clock import NO_TIME, clock_seconds, period_of
from pipeline.sources.whatsapp.language_tables import folded, month_words

MARKS: Final = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c"
LRM: Final = "\u200e"
DIRECTION_MARKS: Final = (LRM, "\u200f")
"""Left-to-right and right-to-left mark: iOS writes one, by its language, before text that nobody typed."""
Places = tuple[int, int, int]
DAY_FIRST: Final = (2, 1, 0)
MONTH_FIRST: Final = (2, 0, 1)
YEAR_FIRST: Final = (0, 1, 2)
"""Places of year, month and day among the three numbers of a date."""

_MARK: Final = re.compile(f"[{MARKS}]")
_MARK_SET: Final = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c")
_HEAD_LENGTH: Final = 120
"""Characters of the longest head, marks aside."""
_SPACE: Final = r"[ \t\u00a0\u202f\u2009]"
_DASH: Final = r"[-\u2010-\u2015\u2212]"
_BY: Final = r"[./\uff0f\uff0e\u00b7\u2010-\u2015\u2212-]"
_PREFIX: Final = "|".join(map(re.escape, ERA_PREFIXES))
_SUFFIX: Final = "|".join(
    re.escape(mark) for mark in sorted({*ERA_SUFFIXES, *PERSIAN_SUFFIXES, *ISLAMIC_SUFFIXES}, key=len, reverse=True)
)
_ERA: Final = rf"(?:{_SPACE}?(?P<era>{_SUFFIX})(?![^\W\d_]))?"
_YEAR_WORD: Final = rf"(?:{_SPACE}?(?:г|р|ж)\.?)?"
_WORD: Final = rf"[^\W\d_][^\d:\[\](),،/\n]{{1,20}}?(?=[\s.,،/\d\]:]|{_DASH})"
_WEEKDAY: Final = rf"(?:[^\W\d_]{{2,14}}\.?,?{_SPACE}{{1,2}})?"


class DateForm(NamedTuple):
    """A form of dates, an example, and its pattern: groups `first`, `second` and `third`, or `day`, `word` and `year`."""

    name: str
    example: str
    pattern: str
    places: Places | None = None
    """Order of the three numbers; None if only the file as a whole shows it."""


DATE_FORMS: Final = (
    DateForm(
        "numbers",
        "28/09/16",
        rf"(?P<before_year>(?:{_PREFIX})(?=\d))?(?P<first>\d{{1,4}})(?P<by>{_BY}){_SPACE}?(?P<second>\d{{1,2}})(?P=by){_SPACE}?"
        rf"(?P<prefix>{_PREFIX})?(?P<third>\d{{1,4}})(?!\d)\.?{_YEAR_WORD}{_ERA}",
    ),
    DateForm(
        "signs of year, month and day",
        "2024年3月18日",
        rf"(?P<before_year>{_PREFIX})?{_SPACE}?(?P<first>\d{{1,4}}|元){_SPACE}?[年년]{_SPACE}?(?P<second>\d{{1,2}}){_SPACE}?[月월]{_SPACE}?(?P<third>\d{{1,2}}){_SPACE}?[日일]",
        YEAR_FIRST,
    ),
    DateForm(
        "day, numbered month, year",
        "18 thg 3, 2024",
        rf"(?P<first>\d{{1,2}}){_SPACE}(?:thg|tháng){_SPACE}(?P<second>\d{{1,2}}),?{_SPACE}(?:năm{_SPACE})?(?P<third>\d{{4}})",
        DAY_FIRST,
    ),
    DateForm(
        "day, named month, year",
        "28 Aug 2013",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:\.|º|ª|er|st|nd|rd|th)?(?:{_SPACE}|{_BY}){{1,2}}(?:de{_SPACE}|d['’]|ב)?(?P<word>{_WORD})\.?"
        rf"(?:[,،]?(?:{_SPACE}|{_BY})(?:del?{_SPACE})?(?:(?P<before_year>พ\.ศ\.|ค\.ศ\.){_SPACE})?(?P<year>\d{{4}}|\d\d(?!\d?[:.h])))?\.?{_YEAR_WORD}{_ERA}",
        DAY_FIRST,
    ),
    DateForm(
        "named month, day, year",
        "Mar 5, 2013",
        rf"{_WEEKDAY}(?P<word>{_WORD})\.?{_SPACE}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:,?{_SPACE}(?P<year>\d{{4}}))?{_ERA}",
        DAY_FIRST,
    ),
    DateForm(
        "year, day, named month",
        "2024. gada 27. marts",
        rf"(?P<year>\d{{4}})\.{_SPACE}gada{_SPACE}(?P<day>\d{{1,2}})\.{_SPACE}(?P<word>{_WORD})",
        DAY_FIRST,
    ),
    DateForm(
        "year, named month, day",
        "2024. márc. 27.",
        rf"(?P<year>\d{{4}})\.?(?:{_SPACE}m\.)?(?:{_SPACE}|{_BY})(?P<word>{_WORD})\.?(?:{_SPACE}|{_BY})(?P<day>\d{{1,2}})\.?(?:{_SPACE}d\.)?",
        DAY_FIRST,
    ),
)
"""A date with a named month is read as its day, the month's number and its year."""

_LINK: Final = rf"[,،、፣]?{_SPACE}{{0,3}}(?:(?:klo|kl\.?|um|at|à|às|a las|a les|alle ore|alle|ore|la|ob|om|o|u|о|об|у|в|στις|saat|lúc|pukul){_SPACE}{{1,3}})?"
_PERIOD: Final = r"[^\d\s:,\[\](){}-][^\d:,\[\](){}\u2013\u2014-]{0,22}?"
_TIME: Final = (
    rf"(?:(?P<before>{_PERIOD}){_SPACE}?)?(?P<hour>\d{{1,2}})(?:[:.٫：∶]|{_SPACE}?h{_SPACE}?)(?P<minute>\d\d)(?:(?:[:.：∶]|{_SPACE}min{_SPACE})(?P<seconds>\d\d)(?:{_SPACE}s)?)?(?!\d)"
    rf"(?P<after>{_SPACE}?{_PERIOD})?"
)
CLOSINGS: Final = {
    "bracket": (r"\[", rf"\](?:{_SPACE}?{_DASH})?{_SPACE}{{0,3}}"),
    "dash": ("", rf"{_SPACE}{{1,2}}{_DASH}{_SPACE}"),
    "colon": ("", rf":{_SPACE}"),
}
"""What surrounds date and time, by the name of the form."""


class Form(NamedTuple):
    """How a file writes the head of its lines: all of its records have the same."""

    closing: str
    time_first: bool


FORMS: Final = tuple(Form(closing, time_first) for closing in CLOSINGS for time_first in (False, True))


class Head(NamedTuple):
    """The part before the name: the date as written, the time of day, and what follows."""

    first: str
    second: str
    third: str
    separator: str
    clock_s: int
    """Seconds since midnight; -1 if there is no such time of day."""
    has_seconds: bool
    period: str
    """`am`, `pm`, `noon` or `night` of a 12-hour time, empty for 24 hours, `?` for an unknown word."""
    marked: bool
    """Whether iOS wrote a mark before the bracket, as it does on a line with an attachment."""
    form: Form
    rest: str
    places: Places | None = None
    """Order of the date, if its form shows it."""
    month_word: str = ""
    """Name of the month as written; `second` is empty until the file as a whole shows what it means."""
    era: str = ""
    period_word: str = ""
    """The word beside the time, as written."""

    @property
    def ios(self) -> bool:
        """Whether the line has a form of iOS, where marks carry meaning."""
        return self.form.closing != "dash"


def _pattern(form: Form, date: DateForm) -> re.Pattern[str]:
    opening, closing = CLOSINGS[form.closing]
    stamp = (_TIME, date.pattern) if form.time_first else (date.pattern, _TIME)
    return re.compile(f"{opening}{_LINK.join(stamp)}{closing}", re.IGNORECASE)


_PATTERNS: Final = {form: tuple((date, _pattern(form, date)) for date in DATE_FORMS) for form in FORMS}


def head_of(line: str, form: Form | None = None) -> Head | None:
    """Return the head of a line that begins a record, else None.

    Args:
        line: without its end.
        form: of the file; None to try all.

    Examples:
        >>> head_of("19:23, 28 Aug 2013 - Ada: Hello").rest, head_of("see you at 10:30 - maybe")
        ('Ada: Hello', None)
    """
    bare = _MARK.sub("", line[: 2 * _HEAD_LENGTH])[:_HEAD_LENGTH].rstrip("\r\n")
    for each in FORMS if form is None else (form,):
        for date, pattern in _PATTERNS[each]:
            found = pattern.match(bare)
            if found is not None and (head := _head(found, each, date)) is not None:
                return head._replace(
                    marked=line.lstrip("\ufeff").startswith(DIRECTION_MARKS), rest=_after(line, found.end())
                )
    return None


def _after(line: str, count: int) -> str:
    """Return what follows the first `count` characters of a line that are no marks."""
    for at, character in enumerate(line):
        if count == 0:
            return line[at:]
        count -= character not in _MARK_SET
    return ""


def _head(found: re.Match[str], form: Form, date: DateForm) -> Head | None:
    """Return the head of a match; None if what should be a month is another word."""
    groups = found.groupdict()
    era = groups.get("before_year") or groups.get("prefix") or groups.get("era") or ""
    word, places = folded(groups.get("word") or ""), date.places
    if "word" in groups:
        if word not in month_words():
            return None
        numbers = (groups["day"], "", groups["year"] or "")
    else:
        numbers = (groups["first"], groups["second"], groups["third"])
        if len(numbers[0]) > 2 or groups.get("before_year"):
            places = YEAR_FIRST
    period_word = groups["before"] or groups["after"] or ""
    period = period_of(period_word)
    clock = clock_seconds(int(groups["hour"]), int(groups["minute"]), int(groups["seconds"] or 0), period)
    return Head(
        *numbers,
        groups.get("by") or "",
        clock_s=clock if period != "?" else NO_TIME,
        has_seconds=groups["seconds"] is not None,
        period=period,
        marked=False,
        form=form,
        rest="",
        places=places,
        month_word=word,
        era=era.casefold(),
        period_word=period_word,
    )
