"""Decide whether a text found in a notification is a person's name. Other words of a subject must not become a person."""

import re
from typing import Final

from pipeline.model.naming import name_id
from pipeline.model.records import Person

_NOBODY: Final = re.compile(
    r"(?:see|meet|find out|check|learn|view)\b.*|you|your\b.*|you\s.*|someone|somebody|people\b.*|members?|new\b.*|.*\d+ (?:new|other|more|people).*|"
    r".*\bothers?\b.*|.*\band \d+.*|a (?:friend|member|connection)|linkedin\b.*|facebook|twitter|substack|notifications?|"
    r"an? .*|the .*|this .*|\W*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST: Final = 80


def is_name(text: str) -> bool:
    """Return whether a text can be the display name of one person."""
    name = text.strip()
    return 1 < len(name) <= _LONGEST and any(letter.isalpha() for letter in name) and not _NOBODY.fullmatch(name)


def named(text: str | None) -> Person | None:
    """Return the person of a display name, None when it is none."""
    name = " ".join((text or "").split())
    return Person(name_id(name), None, name) if is_name(name) else None
