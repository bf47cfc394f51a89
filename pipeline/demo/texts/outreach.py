"""The owner's letters to several people: templates with small changes, and one campaign in the same words to all."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.demo.rhythm import DAY
from pipeline.demo.texts.stock import LANGUAGES, sentences
from pipeline.demo.world import Act

_FIRST_DAY: Final = 60
_APART: Final = 80
"""Days between the first letters of two templates."""
_SPAN: Final = 45
"""Days within which the letters of one template are sent."""
_LETTERS: Final = {"en": 14}
_OTHER_LETTERS: Final = 6
_LEAST: Final = 3
_CAMPAIGN: Final = 8
"""At most so many people get the campaign."""


def templates(firsts: Sequence[Act], languages: Mapping[str, str], taken: frozenset[str]) -> dict[str, str]:
    """Return act id -> template, for the messages of the owner's that are sent out by a template.

    Args:
        firsts: first messages of the owner's, by time.
        languages: person -> usual language.
        taken: ids of acts that have another use.
    """
    found: dict[str, str] = {}
    letters = [(language, letter) for language in LANGUAGES for letter in sentences(language, "outreach")]
    for number, (language, letter) in enumerate(letters):
        begins = firsts[0].at + (_FIRST_DAY + number * _APART % 400) * DAY if firsts else 0
        most = _LETTERS.get(language, _OTHER_LETTERS)
        chosen: dict[str, str] = {}
        for act in firsts:
            within = begins <= act.at < begins + _SPAN * DAY and languages[act.person] == language
            if (
                within
                and act.id not in taken
                and act.id not in found
                and act.person not in chosen
                and len(chosen) < most
            ):
                chosen[act.person] = act.id
        if len(chosen) >= _LEAST:
            found |= dict.fromkeys(chosen.values(), letter)
    return found


def campaign(firsts: Sequence[Act]) -> frozenset[str]:
    """Return the ids of the messages of the campaign: those of the 24 hours in which the owner writes to most people."""
    best: list[Act] = []
    for start, first in enumerate(firsts):
        people: dict[str, Act] = {}
        for act in firsts[start:]:
            if act.at >= first.at + DAY:
                break
            people.setdefault(act.person, act)
        if len(people) > len(best):
            best = list(people.values())
    return frozenset(act.id for act in best[:_CAMPAIGN])
