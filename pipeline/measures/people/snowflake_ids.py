"""When an account or a post was made, read from its id where the id holds a time (METHODS 5).

Entry points: `x_status`, `x_user`, `discord`, `mastodon`, `account_created`. All give microseconds UTC or None (unknown).
Ids come as strings only: a JSON number above 2^53 is already damaged.
"""

from collections.abc import Callable
from typing import Final

_X_EPOCH_MS: Final = 1_288_834_974_657
_X_FIRST_SNOWFLAKE: Final = 29_700_859_247
"""About 2010-11-04 01:43 UTC; smaller ids are serial numbers."""
_X_FIRST_SNOWFLAKE_USER: Final = 1 << 40
_DISCORD_EPOCH_MS: Final = 1_420_070_400_000
_MASTODON_FIRST: Final = 1 << 48
_LONGEST: Final = 20  # digits of 2^64


def _number(native_id: object) -> int | None:
    if not isinstance(native_id, str):
        msg = f"ids are read from strings only, not from {type(native_id).__name__}: a number may have lost its last digits"
        raise TypeError(msg)
    if not (native_id.isascii() and native_id.isdigit() and len(native_id) <= _LONGEST):
        return None
    return int(native_id)


def x_status(native_id: str) -> int | None:
    """Read the time of an X post.

    Raises:
        TypeError: the id isn't a string.
    """
    number = _number(native_id)
    if number is None or number < _X_FIRST_SNOWFLAKE:
        return None
    return ((number >> 22) + _X_EPOCH_MS) * 1000


def x_user(native_id: str) -> int | None:
    """Read when an X account was made, good to the day; None for serial ids (before 2016-02-17).

    Raises:
        TypeError: the id isn't a string.
    """
    number = _number(native_id)
    if number is None or number < _X_FIRST_SNOWFLAKE_USER:
        return None
    return ((number >> 22) + _X_EPOCH_MS) * 1000


def discord(native_id: str) -> int | None:
    """Read the time of any Discord object.

    Raises:
        TypeError: the id isn't a string.
    """
    number = _number(native_id)
    return None if number is None else ((number >> 22) + _DISCORD_EPOCH_MS) * 1000


def mastodon(native_id: str) -> int | None:
    """Read the time of a Mastodon id; says nothing of a remote account's age (its id was made when first seen).

    Raises:
        TypeError: the id isn't a string.
    """
    number = _number(native_id)
    return None if number is None or number < _MASTODON_FIRST else (number >> 16) * 1000


_ACCOUNTS: Final[dict[str, Callable[[str], int | None]]] = {"x": x_user, "discord": discord}
# Mastodon is left out: exports name remote accounts, whose ids don't bound their age.


def account_created(platform: str, native_id: str) -> int | None:
    """Read when a person's account was made, None where the platform's ids don't tell.

    Raises:
        TypeError: the id isn't a string.
    """
    read = _ACCOUNTS.get(platform)
    return None if read is None else read(native_id)
