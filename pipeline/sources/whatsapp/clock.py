"""The time of day in the head of a line, in 24 hours or in 12 hours with a word for the part of the day."""

import re
from typing import Final

from pipeline.model.durations import HOUR_S
from pipeline.sources.whatsapp.language_tables import folded, period_words

NO_TIME: Final = -1
UNKNOWN: Final = "?"
_NEUTRAL: Final = frozenset({"uhr", "h", "hs", "hrs", "น", "ч", "г", "р"})
"""Words beside a time that do not change it."""
_MARKS: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]+")


def period_of(word: str) -> str:
    """Return `am`, `pm`, `noon` or `night` for a word beside a time; empty for no word, `?` for an unknown one.

    >>> period_of("p. m."), period_of("下午"), period_of("at night"), period_of(" "), period_of("Uhr"), period_of("qqq")
    ('pm', 'pm', 'night', '', '', '?')
    """
    plain = folded(_MARKS.sub("", word)).replace(" ", "")
    if not plain or plain in _NEUTRAL:
        return ""
    return period_words().get(plain, UNKNOWN)


def clock_seconds(hour: int, minute: int, second: int, period: str) -> int:
    """Return the seconds since midnight; `NO_TIME` if there is no such time of day.

    Twelve in the afternoon is noon, twelve at night is midnight. At night, one to five are before dawn, the other hours before
    midnight. At noon, eleven is before twelve and one after it.

    >>> [clock_seconds(*each) // 3600 for each in ((12, 0, 0, "am"), (12, 0, 0, "pm"), (11, 59, 0, "night"), (3, 0, 0, "night"), (1, 0, 0, "noon"))]
    [0, 12, 23, 3, 13]
    """
    if minute > 59 or second > 60:
        return NO_TIME
    if period in {"am", "pm", "noon", "night"} and hour > 12:
        if period == "am" or hour > 23:
            return NO_TIME
    elif period == "am":
        hour %= 12
    elif period == "pm":
        hour = hour % 12 + 12
    elif period == "noon":
        hour = hour if hour >= 10 else hour + 12
    elif period == "night":
        hour = hour % 12 + (12 if 6 <= hour <= 11 else 0)
    return NO_TIME if hour > 23 else hour * HOUR_S + minute * 60 + min(second, 59)
