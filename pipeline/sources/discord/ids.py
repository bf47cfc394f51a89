"""Discord's ids (snowflakes): numbers above 2^53 that encode the time of creation."""

import re
from typing import Final

_EPOCH_MS: Final = 1_420_070_400_000
_DIGITS: Final = re.compile(r"\d{1,20}")
_TOLERANCE_US: Final = 2_000_000


def snowflake(value: object) -> str:
    """Return an id as digits, whether written as number or as text; empty for anything else (a float has lost digits)."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return str(int(text)) if _DIGITS.fullmatch(text) and int(text) else ""


def made_at(number: str) -> int | None:
    """Return the time in an id in microseconds UTC: `(id >> 22) + 1420070400000` ms; None for small numbers.

    Source: methods:account-age.
    """
    value = int(number) if number else 0
    if not 1 << 22 <= value < 1 << 64:
        return None
    return ((value >> 22) + _EPOCH_MS) * 1000


def disagree(at: int, number: str) -> bool:
    """Return whether a written time differs from the id's by more than the cut to seconds explains."""
    made = made_at(number)
    return made is not None and abs(at - made) > _TOLERANCE_US
