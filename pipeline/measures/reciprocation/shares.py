"""Share answered by given lags, with its interval by contact: what `reciprocation` and `response_lag` have in common."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.measures.reciprocation.cells import Sample
from pipeline.model.durations import DAY, HOUR, SECOND
from pipeline.model.thresholds import LEAST_AT_RISK, WINDOW
from pipeline.statistics.aalen_johansen import aalen_johansen
from pipeline.statistics.arrays import Floats, Ints
from pipeline.statistics.bootstrap import bootstrap_t
from pipeline.statistics.grids import log_spaced_grid
from pipeline.statistics.influence import influence
from pipeline.statistics.intervals import cluster_variance, cluster_wilson

MARKS: Final = (60 * SECOND, 600 * SECOND, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY)
LAGS: Final = 48
BOOTSTRAPPED: Final = frozenset({"all"})
"""Dimensions whose intervals are bootstrap-t (ruling 14)."""
BOOTSTRAP_CONTACTS: Final = 40
"""Not so with fewer contacts: resamples of a few are too unlike each other (docs/validation.md)."""


LAG_GRID: Final = log_spaced_grid(MARKS, LAGS, SECOND)
"""The lags at which shares are told, the horizons among them."""


@dataclass(frozen=True, slots=True)
class Shares:
    """By lag: share, its variance by contact (NaN unknown), interval, gestures at risk, why it may not be shown."""

    shares: Floats
    variances: Floats
    intervals: list[tuple[float, float] | None]
    at_risk: Ints
    hidden: list[str | None]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What doesn't depend on the cell's name: the shares, and what each contact adds to them."""

    shares: Floats
    per_contact: Floats
    """Influence sums, (lags, contacts)."""
    variances: Floats


def estimate(sample: Sample, lags: Ints) -> Estimate:
    """Estimate the answered share by each of the rising lags, with its variance by contact (NaN: unknown)."""
    curve = aalen_johansen(sample.times, sample.kinds, int(lags.max(initial=0)))
    per_contact = influence(curve, sample.times, sample.kinds, lags).by_cluster(sample.contacts, sample.contact_count)
    return Estimate(curve.at(lags), per_contact, cluster_variance(per_contact, len(sample.times)))


def why_hidden(lag: int, at_risk: int, longest: int, window_us: int = WINDOW) -> str | None:
    """Tell why a share answered by a lag may not be shown (rulings 7 and 8); None: it may.

    Args:
        lag: microseconds.
        at_risk: gestures at risk just before it.
        longest: the longest follow-up of a gesture, microseconds.
        window_us: the smallest window in which answers were looked for.
    """
    if lag > window_us:
        return "beyond_window"
    if longest < lag:
        return "too_recent"
    return "fewer_than_10_at_risk" if at_risk < LEAST_AT_RISK else None


def shares_by(sample: Sample, lags: Ints, window_us: int = WINDOW, estimated: Estimate | None = None) -> Shares:
    """Tell the answered share by each of the rising lags, with intervals by contact and the suppression of ruling 8.

    Args:
        sample: a cell.
        lags: microseconds.
        window_us: the smallest window in which answers were looked for: nothing is told beyond it (ruling 7).
        estimated: `estimate` of the same gestures, where it is at hand.
    """
    at_risk = len(sample.times) - np.searchsorted(sample.times, lags, side="left")
    longest = int(sample.follow_up.max(initial=0))
    hidden = [
        why_hidden(lag, risk, longest, window_us) for lag, risk in zip(lags.tolist(), at_risk.tolist(), strict=True)
    ]
    count = sample.contact_count
    if count < 2 or all(hidden):
        curve = aalen_johansen(sample.times, sample.kinds, int(lags.max(initial=0)))
        unknown = np.full(len(lags), np.nan)
        return Shares(curve.at(lags), unknown, [None] * len(lags), at_risk, hidden)
    of = estimated or estimate(sample, lags)
    gestures = np.bincount(sample.contacts, minlength=count).astype(np.float64)
    intervals = intervals_of(of, gestures, sample.dimension)
    return Shares(of.shares, of.variances, intervals, at_risk, hidden)


def intervals_of(found: Estimate, gestures: Floats, dimension: str) -> list[tuple[float, float] | None]:
    """Return the 95 % interval by contact of each lag's share, by the method of the dimension and the number of contacts.

    Args:
        found: the shares.
        gestures: gestures of each contact.
        dimension: the cell's.
    """
    if dimension in BOOTSTRAPPED and len(gestures) >= BOOTSTRAP_CONTACTS:
        return bootstrap_t(found.shares, found.per_contact, gestures, found.variances)
    return cluster_wilson(found.shares, found.per_contact, gestures)
