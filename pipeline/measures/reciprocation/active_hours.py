"""The hours of the week in which a person is active, and how much active time lies between two moments.

Times are microseconds of the local clock; hour 0 of the week is Monday, 00:00.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipeline.model.durations import DAY, HOUR
from pipeline.statistics.arrays import Bools, Ints

HOURS: Final = 168
"""Hours of a week."""
_WEEK: Final = HOURS * HOUR
_MONDAY: Final = 3 * DAY
"""1970-01-01 was a Thursday: the week of the epoch began three days before it."""


def hour_of_week(local: pl.Expr) -> pl.Expr:
    """Return the hour of the week, 0 to 167, of local times in microseconds."""
    return (local + _MONDAY) % _WEEK // HOUR


def local_time(at: pl.Expr, time_zone: str) -> pl.Expr:
    """Return the local clock's time in microseconds of times in microseconds UTC."""
    zoned = pl.from_epoch(at, time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone)
    return zoned.dt.replace_time_zone(None).dt.epoch("us")


def busiest_hours(counts: Ints) -> Bools:
    """Select the smallest set of hours that holds 90 % of the acts; of equal hours the earlier comes first.

    Args:
        counts: one row a person, one column an hour of the week: acts.

    Returns:
        Whether the hour is active, of the same shape; none of a person without acts.

    Source: methods:active-hours.

    Examples:
        >>> busiest_hours(np.array([[1, 9, 0], [2, 2, 2], [0, 0, 0]])).tolist()
        [[False, True, False], [True, True, True], [False, False, False]]
    """
    order = np.argsort(-counts, axis=1, kind="stable")
    falling = np.take_along_axis(counts, order, axis=1)
    before = np.cumsum(falling, axis=1) - falling
    active = np.zeros(counts.shape, dtype=np.bool_)
    np.put_along_axis(active, order, before * 10 < counts.sum(axis=1, keepdims=True) * 9, axis=1)
    return active


@dataclass(frozen=True, slots=True)
class ActiveTime:
    """Active time since the start of the week, one row a person."""

    active: Bools
    """Persons × hours of the week: whether the hour is active."""
    before: Ints
    """Persons × (hours + 1): active microseconds of the week before the hour; the last column is the whole week."""

    @classmethod
    def of(cls, counts: Ints) -> "ActiveTime":
        """Find the active hours.

        Args:
            counts: one row a person, one column an hour of the week: acts.
        """
        active = busiest_hours(counts)
        return cls(active, np.pad(np.cumsum(active, axis=1) * HOUR, ((0, 0), (1, 0))))

    def between(self, person: Ints, start: Ints, lag: Ints) -> Ints:
        """Return the active microseconds in each interval: at most its length.

        Args:
            person: row of each person.
            start: local times, microseconds.
            lag: lengths, microseconds. The clock is not changed within one.
        """
        return self._until(person, start + lag) - self._until(person, start)

    def _until(self, person: Ints, local: Ints) -> Ints:
        weeks, within = np.divmod(local + _MONDAY, _WEEK)
        hours, rest = np.divmod(within, HOUR)
        reached: Ints = weeks * self.before[person, -1] + self.before[person, hours] + self.active[person, hours] * rest
        return reached
