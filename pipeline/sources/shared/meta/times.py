"""Times in Meta's exports. Format fact: lists hold epoch seconds, messages epoch milliseconds, Instagram 2018-20 ISO times."""

from datetime import UTC, datetime
from typing import Final

from pipeline.model.durations import SECOND

_LAST_SECOND: Final = 253_402_300_799
"""End of the year 9999."""
_MILLISECONDS: Final = 100_000_000_000
"""An epoch time above this number counts milliseconds."""


def epoch_micros(value: object) -> int | None:
    """Return an epoch time in seconds or milliseconds as microseconds; None for 0, a missing or an unusable value.

    >>> epoch_micros(1_700_000_000), epoch_micros(1_700_000_000_000), epoch_micros(0)
    (1700000000000000, 1700000000000000, None)
    """
    if type(value) is int and _MILLISECONDS < value <= _LAST_SECOND * 1000:  # the form of every message, decided first
        return value * 1000
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value) if isinstance(value, str) else value
        whole = int(number * 1000) if number > _MILLISECONDS else int(number * SECOND)
    except (ValueError, OverflowError):
        return None
    return whole if 0 < whole <= _LAST_SECOND * SECOND else None


def iso_micros(value: object) -> int | None:
    """Return an ISO time as microseconds; without an offset it is UTC. None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * SECOND)
