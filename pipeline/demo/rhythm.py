"""When people act: waking hours, fewer steps on weekends, lags that wait for the morning."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
_HOURS: Final = (0, 0, 0, 0, 0, 0, 1, 3, 6, 8, 7, 6, 7, 6, 5, 5, 6, 7, 8, 9, 10, 9, 6, 2)
"""Weight of each hour of the day."""


def moment(random: Random, start: int, end: int) -> int:
    """Return a moment between start and end (µs, whole seconds), in waking hours, weekends half as likely."""
    while True:
        day = datetime.fromtimestamp(random.randrange(start, end) // SECOND, UTC).replace(hour=0, minute=0, second=0)
        if day.weekday() < 5 or random.random() < 0.5:
            break
    hour = random.choices(range(24), _HOURS)[0]
    at = day + timedelta(hours=hour, minutes=random.randrange(60), seconds=random.randrange(60))
    return min(max(round(at.timestamp()) * SECOND, start), end - SECOND)


def after(random: Random, at: int, median_h: float) -> int:
    """Return when an answer to an act comes: a heavy-tailed lag, put off to the morning when it falls into the night."""
    lag = median_h * 3_600 * random.lognormvariate(0, 1.1)
    then = datetime.fromtimestamp(at // SECOND, UTC) + timedelta(seconds=max(20, round(lag)))
    if then.hour < 6:
        then = then.replace(hour=7, minute=random.randrange(60), second=random.randrange(60))
    return round(then.timestamp()) * SECOND
