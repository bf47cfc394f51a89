"""Kaplan-Meier estimate of the survival function, with Greenwood's variance and log-log bands.

At risk at time t are the rows with times >= t; at equal times events come before censorings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.statistics.arrays import Bools, Floats, Ints, changes
from pipeline.statistics.intervals import Z95


class Quantile(NamedTuple):
    """A time and its 95 % interval; None where the curve or its band never gets there."""

    time: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """The estimate at its distinct event times. All arrays have one entry for each of them."""

    times: Ints
    at_risk: Floats
    events: Floats
    survival: Floats
    """Just after each time."""
    greenwood: Floats
    """Greenwood's sum of d / (n (n - d)) up to each time; infinite once no row is left."""

    def at(self, lags: Ints) -> Floats:
        """Return the survival just after each lag; 1 before the first event."""
        return step_values(self.times, self.survival, lags, 1.0)

    def band(self) -> tuple[Floats, Floats]:
        """Return the 95 % log-log band `S^exp(±z sqrt(greenwood) / |ln S|)`; NaN where the survival is 0 or 1.

        Source: methods:kaplan-meier.
        """
        inside = (self.survival > 0) & (self.survival < 1)
        safe = np.where(inside, self.survival, 0.5)
        spread = Z95 * np.sqrt(np.where(inside, self.greenwood, 0.0)) / np.abs(np.log(safe))
        low = np.where(inside, safe ** np.exp(spread), np.nan)
        high = np.where(inside, safe ** np.exp(-spread), np.nan)
        return low, high

    def band_at(self, lags: Ints) -> tuple[Floats, Floats]:
        """Return the log-log band just after each lag; NaN before the first event."""
        low, high = self.band()
        return step_values(self.times, low, lags, np.nan), step_values(self.times, high, lags, np.nan)

    def quantile(self, share: float) -> Quantile:
        """Return the time by which a share of the rows had its event."""
        return self.quantiles((share,))[0]

    def quantiles(self, shares: Sequence[float]) -> list[Quantile]:
        """Return, for each share, the smallest event time with survival <= 1 - share.

        That is the left end where the curve equals 1 - share on a stretch (R's `survival` prints its middle). The
        interval inverts the log-log band by the same rule (Brookmeyer & Crowley 1982).

        Source: methods:lag-quantiles.

        Examples:
            >>> km = kaplan_meier(np.array([1, 2, 3, 4]), np.array([True, True, True, False]))
            >>> km.quantile(0.5).time, km.quantile(0.9).time
            (2.0, None)
        """
        low, high = self.band()
        # where the survival is 0 there is no band: both of its ends are reached there
        low = np.where(self.survival <= 0, 0.0, low)
        high = np.where(self.survival <= 0, np.nan, high)
        levels = [1 - share + 1e-12 for share in shares]
        return [
            Quantile(
                _first_time(self.times, self.survival, level),
                _first_time(self.times, low, level),
                _first_time(self.times, high, level),
            )
            for level in levels
        ]


def _first_time(times: Ints, values: Floats, level: float) -> float | None:
    reached = np.flatnonzero(values <= level)
    return float(times[reached[0]]) if len(reached) else None


def step_values(times: Ints, values: Floats, lags: Ints, before: float) -> Floats:
    """Read a right-continuous step function.

    Args:
        times: where it steps, rising.
        values: its value from each of them on.
        lags: where it is read.
        before: its value before the first step.
    """
    return np.concatenate([[before], values])[np.searchsorted(times, lags, side="right")]


def kaplan_meier(times: Ints, events: Bools) -> KaplanMeier:
    """Estimate the survival function.

    Args:
        times: rising, in any unit.
        events: whether each time is that of an event; otherwise the row is censored there.

    Source: methods:kaplan-meier (Kaplan & Meier 1958; Greenwood 1926).

    Examples:
        >>> kaplan_meier(np.array([1, 2, 2, 5]), np.array([True, True, False, True])).survival.round(2).tolist()
        [0.75, 0.5, 0.0]
    """
    begin = np.flatnonzero(changes(times))
    count = counts_by_segment(events, begin)
    some = count > 0
    count, at_risk = count[some], (len(times) - begin[some]).astype(np.float64)
    left = at_risk - count
    with np.errstate(divide="ignore"):
        terms = np.where(left > 0, count / (at_risk * np.where(left > 0, left, 1)), np.inf)
    survival = np.cumprod(left / at_risk).astype(np.float64)
    return KaplanMeier(
        times=times[begin[some]], at_risk=at_risk, events=count, survival=survival, greenwood=np.cumsum(terms)
    )


def counts_by_segment(marked: Bools, begin: Ints) -> Floats:
    """Count the marked rows of each segment; `begin` holds the first row of each."""
    if not len(begin):
        return np.zeros(0)
    until: Ints = np.cumsum(marked, dtype=np.int64)[np.append(begin[1:], len(marked)) - 1]
    counts: Floats = np.diff(until, prepend=0).astype(np.float64)
    return counts
