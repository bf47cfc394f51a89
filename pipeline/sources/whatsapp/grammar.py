"""The line grammar of WhatsApp's exports: the head of a line that begins a record.

iOS writes `[<date>, <time>] <name>: <text>`, Android `<date>, <time> - <name>: <text>`. Digits may be of any script, and
blanks and direction marks may occur between them. Any other line continues the record above.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pipeline.model.durations import HOUR_S

MARKS: Final = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c"
LRM: Final = "\u200e"
DIRECTION_MARKS: Final = (LRM, "\u200f")
_M: Final = f"[{MARKS}]{{0,6}}"
"""Bounded, because a line full of marks would otherwise be matched in exponentially many ways."""
_SPACE: Final = r"[ \t\u00a0\u202f]"
_WORD: Final = r"(?:klo|um|at|à|às|a las|alle|alle ore|kl\.?|o|om)"
_DATE: Final = rf"(\d{{1,4}}){_M}(?P<by>[./-]){_SPACE}?{_M}(\d{{1,2}}){_M}(?P=by){_SPACE}?{_M}(\d{{1,4}}){_M}\.?"
_TIME: Final = rf"([^\d\s:,\]-][^\d:,\]-]{{0,10}}?{_SPACE}?)?(\d{{1,2}})[:.](\d\d)(?:[:.](\d\d))?{_M}({_SPACE}?[^\d\s:,\]-][^\d:,\]-]{{0,10}})?"
_HEAD: Final = rf"{_DATE}[,،]?{_SPACE}{{0,3}}(?:{_WORD}{_SPACE}{{1,3}})?{_M}{_TIME}"
_IOS = re.compile(rf"({_M})\[{_M}{_HEAD}{_M}\]{_SPACE}{{0,3}}")
_ANDROID = re.compile(rf"({_M}){_HEAD}{_M}{_SPACE}[-–—]{_SPACE}")
_MORNING: Final = frozenset(
    [
        "am",
        "a.m.",
        "vorm.",
        "morgens",
        "nachts",
        "fm",
        "dop.",
        "ص",
        "π.μ.",
        "πμ",
        "öö",
        "上午",
        "午前",
        "오전",
        "पूर्वाह्न",
        "de.",
        "sa",
        "rano",
    ]
)
_EVENING: Final = frozenset(
    [
        "pm",
        "p.m.",
        "nachm.",
        "mittags",
        "abends",
        "em",
        "odp.",
        "م",
        "μ.μ.",
        "μμ",
        "ös",
        "下午",
        "午後",
        "오후",
        "अपराह्न",
        "du.",
        "ch",
        "popoł.",
    ]
)
_PLAIN: Final = re.compile(rf"[\s{MARKS}]+")


class Head(NamedTuple):
    """The part before the name: three numbers as written, their separator, and the time of day."""

    first: str
    second: str
    third: str
    separator: str
    clock_s: int
    """Seconds since midnight; -1 if there is no such time of day."""
    has_seconds: bool
    period: str
    """`am` or `pm` of a 12-hour time, empty for 24 hours, `?` for an unknown word."""
    marked: bool
    """Whether iOS wrote a mark before the bracket, as it does on a line with an attachment."""
    ios: bool
    rest: str

    @property
    def year_first(self) -> bool:
        """Whether the first number can only be a year, so that the order of the date is known."""
        return len(self.first) > 2


@dataclass(slots=True)
class Line:
    """A record: the number of its first line (from 1), its head, and its following lines."""

    number: int
    head: Head
    more: list[str] = field(default_factory=list)


def period_of(word: str) -> str:
    """Return `am` or `pm`; empty for no word, `?` for an unknown one."""
    plain = _PLAIN.sub("", word.casefold())
    if not plain:
        return ""
    if plain in _MORNING:
        return "am"
    return "pm" if plain in _EVENING else "?"


def head_of(line: str) -> Head | None:
    """Return the head of a line that begins a record, else None."""
    found = _IOS.match(line)
    ios = found is not None
    if found is None:
        found = _ANDROID.match(line)
    if found is None:
        return None
    mark, first, separator, second, third, before, hour, minute, second_of, after = found.groups()
    period = period_of(before or after or "")
    clock = _clock(int(hour), int(minute), int(second_of or 0), period)
    return Head(
        first,
        second,
        third,
        separator,
        clock_s=clock,
        has_seconds=second_of is not None,
        period=period,
        marked=LRM in mark,
        ios=ios,
        rest=line[found.end() :],
    )


def _clock(hour: int, minute: int, second: int, period: str) -> int:
    if period in {"am", "pm"}:
        if not 0 <= hour <= 12:
            return hour * HOUR_S + minute * 60 + second if 12 < hour < 24 and period == "pm" else -1
        hour = hour % 12 + (12 if period == "pm" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return -1
    return hour * HOUR_S + minute * 60 + min(second, 59)


def lines_of(text: str) -> Iterator[Line]:
    """Yield the records of a file. Heads with an unknown word beside the time count only if the file has no others."""
    raw = [line.rstrip("\r") for line in text.rstrip().split("\n")]
    heads = [head_of(line) for line in raw]
    known = any(head is not None and head.period != "?" for head in heads)
    current: Line | None = None
    for number, (line, head) in enumerate(zip(raw, heads, strict=True), start=1):
        if head is not None and (head.period != "?" or not known):
            if current is not None:
                yield current
            current = Line(number, head)
        elif current is not None:
            current.more.append(line)
    if current is not None:
        yield current
