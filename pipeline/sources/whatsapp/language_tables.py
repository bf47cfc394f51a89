"""What WhatsApp writes into a chat, one table a language: `languages/<code>.toml`.

The languages beside those of a phrase are evidence too: for the order of the dates, and for the month that a word means.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

PERIODS: Final = {"am": "am", "pm": "pm", "morning": "am", "afternoon": "pm", "noon": "noon", "night": "night", "evening": "pm", "midnight": "night"}  # fmt: skip
"""Part of the day in the tables -> how it changes an hour. In this order: the first one that has a word decides."""


@dataclass(frozen=True, slots=True)
class Language:
    """The table of a language. In a phrase, `{}` is a name, a number or a file."""

    chat_names: tuple[str, ...] = ()
    """Names of an export's file."""
    media: tuple[str, ...] = ()
    """Texts in the place of a file."""
    attached: tuple[str, ...] = ()
    """Note after the name of a file; a caption follows on the next line."""
    deleted: tuple[str, ...] = ()
    deleted_by_me: tuple[str, ...] = ()
    """The name on such a line is the owner's."""
    edited: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    """Beginnings of a call's line; how long it took, or what to tap, follows."""
    polls: tuple[str, ...] = ()
    poll_options: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    """System lines, or parts of them, that only groups have."""
    done_by_me: tuple[str, ...] = ()
    """System lines of an act of the owner. On an iPhone they bear a member's name, which is the owner's."""
    other: tuple[str, ...] = ()
    """Other system lines, or parts of them."""
    encrypted: tuple[str, ...] = ()
    """The notice at the head of a chat, which older exports write under a name and without a mark."""
    months: tuple[tuple[str, ...], ...] = ()
    day_periods: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def languages() -> Mapping[str, Language]:
    """Return the tables by the codes of their languages."""
    found = {}
    for path in sorted(files(__package__).joinpath("languages").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            table = tomllib.loads(path.read_text("utf-8"))
            months = tuple(tuple(words) for words in table.pop("months", ()))
            periods = {part: tuple(words) for part, words in table.pop("day_periods", {}).items()}
            phrases = {kind: tuple(each) for kind, each in table.items()}
            found[path.name.removesuffix(".toml")] = Language(months=months, day_periods=periods, **phrases)
    return found


@cache
def month_words() -> Mapping[str, Mapping[str, int]]:
    """Return word -> language -> number of the month (1 to 12). A word may be another month in another language."""
    found: dict[str, dict[str, int]] = {}
    for code, language in languages().items():
        for number, words in enumerate(language.months, start=1):
            for word in words:
                found.setdefault(folded(word), {})[code] = number
    return found


@cache
def period_words() -> Mapping[str, str]:
    """Return the words for a part of the day -> `am`, `pm`, `noon` or `night`."""
    found: dict[str, str] = {}
    for part, effect in PERIODS.items():
        for language in languages().values():
            for word in language.day_periods.get(part, ()):
                found.setdefault(folded(word).replace(" ", ""), effect)
    return found


def is_period_of(word: str, codes: Collection[str]) -> bool:
    """Return whether a word for a part of the day is of one of these languages.

    >>> is_period_of("오후", ["ko"]), is_period_of("PM", ["ko"])
    (True, False)
    """
    plain = folded(word).replace(" ", "")
    tables = (languages()[code].day_periods.values() for code in codes)
    return any(plain == folded(each).replace(" ", "") for table in tables for words in table for each in words)


def folded(word: str) -> str:
    """Return a word for comparison: lower case, plain blanks, without a full stop at its end.

    >>> folded("Sept."), folded("P.\u00a0M.")
    ('sept', 'p. m')
    """
    return " ".join(word.casefold().replace("’", "'").split()).rstrip(".")
