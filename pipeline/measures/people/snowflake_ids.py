"""Times that ids contain: when an account or a post was created. Source: methods:account-age.

All functions take the id as text and return microseconds since 1970, UTC, or None where the id contains no time. Numbers
are refused, because a JSON number above 2^53 may have lost digits.
"""

from collections.abc import Callable
from typing import Final

_X_EPOCH_MS: Final = 1_288_834_974_657
_X_FIRST_SNOWFLAKE: Final = 29_700_859_247
"""Of about 2010-11-04 01:43 UTC; smaller ids are serial numbers."""
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
        TypeError: the id is no string.

    Examples:
        >>> x_status("1212702693736767490")
        1577965827770000
    """
    number = _number(native_id)
    if number is None or number < _X_FIRST_SNOWFLAKE:
        return None
    return ((number >> 22) + _X_EPOCH_MS) * 1000


def x_user(native_id: str) -> int | None:
    """Read when an X account was created, exact to the day; None for serial ids (until February 2016).

    Raises:
        TypeError: the id is no string.
    """
    number = _number(native_id)
    if number is None or number < _X_FIRST_SNOWFLAKE_USER:
        return None
    return ((number >> 22) + _X_EPOCH_MS) * 1000


def discord(native_id: str) -> int | None:
    """Read the time of any Discord object.

    Raises:
        TypeError: the id is no string.
    """
    number = _number(native_id)
    return None if number is None else ((number >> 22) + _DISCORD_EPOCH_MS) * 1000


def mastodon(native_id: str) -> int | None:
    """Read the time of a Mastodon id. It does not bound the age of a remote account, whose id was assigned when first seen.

    Raises:
        TypeError: the id is no string.
    """
    number = _number(native_id)
    return None if number is None or number < _MASTODON_FIRST else (number >> 16) * 1000


_ACCOUNTS: Final[dict[str, Callable[[str], int | None]]] = {"x": x_user, "discord": discord}
# without Mastodon: its exports name remote accounts, whose ids do not bound their age


def account_created(platform: str, native_id: str) -> int | None:
    """Read when a person's account was created; None on platforms whose ids contain no time.

    Raises:
        TypeError: the id is no string.
    """
    read = _ACCOUNTS.get(platform)
    return None if read is None else read(native_id)
