"""Timestamp ids (record keys): 13 characters of base32-sortable, 53 bits of microseconds since 1970 and 10 bits of clock."""

import re
from typing import Final

_DIGITS: Final = "234567abcdefghijklmnopqrstuvwxyz"
_TID: Final = re.compile(r"[234567abcdefghij][234567a-z]{12}")


def tid_us(key: str) -> int | None:
    """Return the microseconds since 1970 that a TID encodes; None if the key is no TID."""
    if not _TID.fullmatch(key):
        return None
    number = 0
    for letter in key:
        number = number * 32 + _DIGITS.index(letter)
    return number >> 10


def make_tid(micros: int, clock: int = 0) -> str:
    """Return the TID of a time (microseconds since 1970) and a clock id (0 to 1023)."""
    number = (micros << 10) | clock
    return "".join(_DIGITS[number >> (5 * place) & 31] for place in range(12, -1, -1))
