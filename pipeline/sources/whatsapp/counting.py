"""Count the records of a chat by another way than the reader: take the closing of the stamp first, then its two halves apart."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.formats.decoding import utf8_stream
from pipeline.sources.base import Member
from pipeline.sources.whatsapp.clock import period_of
from pipeline.sources.whatsapp.language_tables import folded, month_words

_MARKS: Final = str.maketrans(
    "", "", "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c"
)
_BLANKS: Final = " \t\u00a0\u202f\u2009"
_BLANK: Final = f"[{_BLANKS}]"
_LONGEST: Final = 120
_DASH: Final = re.compile(rf"{_BLANK}{{1,2}}[\u2010-\u2015\u2212-]{_BLANK}")
_COLON: Final = re.compile(rf":{_BLANK}")
_ERA: Final = r"(?:be|b\.e\.|พ\.ศ\.|minguo|roc|ad|ce|a\.d\.|ค\.ศ\.|م|ap|a\.p\.|ه‍?\.ش\.|ah|a\.h\.|هـ|ه‍?\.ق\.)"
_ERA_MARK: Final = "(?:r|令和|㋿|h|平成|㍻|民國|民国)"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ERA_MARK}?\d{{1,4}}([./／．·\u2010-\u2015\u2212-]){_BLANK}?\d\d?\1{_BLANK}?{_ERA_MARK}?\d{{1,4}}\.?(?:{_BLANK}?[грж]\.?)?(?:{_BLANK}?{_ERA})?",
        rf"{_ERA_MARK}?{_BLANK}?(?:\d{{1,4}}|元){_BLANK}?[年년]{_BLANK}?\d\d?{_BLANK}?[月월]{_BLANK}?\d\d?{_BLANK}?[日일]",
        rf"\d\d?{_BLANK}(?:thg|tháng){_BLANK}\d\d?,?{_BLANK}(?:năm{_BLANK})?\d{{4}}",
    )
)
_LINK: Final = rf"[,،、፣]?{_BLANK}{{0,3}}(?:(?:klo|kl\.?|um|at|à|às|a las|a les|alle ore|alle|ore|la|ob|om|o|u|о|об|у|в|στις|saat|lúc|pukul){_BLANK}{{1,3}})?"
_PERIOD: Final = r"[^\d\s:,\[\](){}-][^\d:,\[\](){}\u2013\u2014-]{0,22}"
_CLOCK: Final = rf"(?P<before>{_PERIOD}?{_BLANK}?)??\d\d?(?:[:.٫：∶]|{_BLANK}?h{_BLANK}?)\d\d(?:(?:[:.：∶]|{_BLANK}min{_BLANK})\d\d(?:{_BLANK}s)?)?(?P<after>{_BLANK}?{_PERIOD})?"
_AFTER_DATE: Final = re.compile(_LINK + _CLOCK, re.IGNORECASE)
_BEFORE_DATE: Final = re.compile(_CLOCK + _LINK, re.IGNORECASE)
_TOKEN: Final = re.compile(r"\d+|[^\W\d_][^\d\s,،/\u2010-\u2015\u2212-]*")
_FILLERS: Final = frozenset(
    {"de", "del", "m", "d", "г", "р", "ж", "º", "ª", "er", "st", "nd", "rd", "th", "be", "พ.ศ", "ap", "ad", "minguo"}
)
_WORDED: Final = frozenset({"nw", "nwn", "wn", "wnn", "xnw", "xnwn", "xwn", "xwnn", "nnw"})
"""Shapes of a date with a named month: number, word, and a weekday before."""


def count_records(member: Member) -> int:
    """Count the lines that begin with a date and a time in the form of the first such line.

    Lines with an unknown word beside the time count only if there are no others. A file without any line counts as one record that
    is not understood.
    """
    known = unknown = 0
    form: tuple[str, bool] | None = None
    content = False
    with member.open() as stream:
        for raw in utf8_stream(stream):
            content = content or bool(raw.strip())
            line = raw[:1024].decode("utf-8", "replace").translate(_MARKS)[:_LONGEST].rstrip("\r\n")
            found = _begins(line, form)
            if found is None:
                continue
            form, period = found
            known, unknown = known + (period != "?"), unknown + (period == "?")
    return known or unknown or int(content)


def _begins(line: str, form: tuple[str, bool] | None) -> tuple[tuple[str, bool], str] | None:
    """Return the form of a line's head and the part of the day; None if it has no head, or one of another form."""
    for closing, stamp in _stamps(line):
        for time_first in (False, True):
            if form is not None and form != (closing, time_first):
                continue
            period = _period(stamp, time_first=time_first)
            if period is not None:
                return (closing, time_first), period
    return None


def _stamps(line: str) -> Iterator[tuple[str, str]]:
    """Yield what may be date and time, with the closing behind it."""
    if line.startswith("["):
        yield "bracket", line[1:].partition("]")[0] if "]" in line else ""
        return
    for found in _DASH.finditer(line):
        yield "dash", line[: found.start()]
    for found in _COLON.finditer(line):
        yield "colon", line[: found.start()]


def _period(stamp: str, *, time_first: bool) -> str | None:
    """Return the part of the day of a stamp, `?` for an unknown word; None if it has not the two halves."""
    for at in range(3, len(stamp) - 2):
        if stamp[at].isdigit() and stamp[at - 1].isdigit():
            continue
        halves = stamp[:at], stamp[at:]
        date, clock = halves[::-1] if time_first else halves
        found = (_BEFORE_DATE if time_first else _AFTER_DATE).fullmatch(clock)
        if found is not None and _is_date(date):
            return period_of(found["before"] or found["after"] or "")
    return None


def _is_date(text: str) -> bool:
    if any(pattern.fullmatch(text) for pattern in _DATES):
        return True
    shape = ""
    tokens = [folded(token.removeprefix("d'").removeprefix("d’").removeprefix("ב")) for token in _TOKEN.findall(text)]
    for token in tokens:
        if token not in _FILLERS:
            shape += "n" if token.isdigit() else "w" if token in month_words() else "x"
    return shape in _WORDED
