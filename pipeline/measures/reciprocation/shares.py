"""Answered share of a group by given lags, with its interval by contact; used by `reciprocation` and `response_lag`."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.measures.reciprocation.samples import Sample
from pipeline.model.durations import DAY, HOUR, SECOND
from pipeline.model.thresholds import LEAST_AT_RISK, WINDOW
from pipeline.statistics.aalen_johansen import aalen_johansen
from pipeline.statistics.arrays import Floats, Ints
from pipeline.statistics.bootstrap import bootstrap_t
from pipeline.statistics.grids import log_spaced_grid
from pipeline.statistics.influence import influence
from pipeline.statistics.intervals import Interval, cluster_variance, cluster_wilson

MARKS: Final = (60 * SECOND, 600 * SECOND, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY)
LAGS: Final = 48
BOOTSTRAPPED: Final = frozenset({"all"})
"""Dimensions whose intervals are bootstrap-t."""
BOOTSTRAP_CONTACTS: Final = 40
"""Contacts from which they are: with fewer, resamples differ too much (docs/validation.md)."""


LAG_GRID: Final[Ints] = log_spaced_grid(MARKS, LAGS, SECOND)
"""Lags at which shares are computed, microseconds; the horizons are among them."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Answered shares of a group; all fields by lag."""

    shares: Floats
    variances: Floats
    """Cluster-robust, by contact; NaN: unknown."""
    intervals: list[Interval]
    at_risk: Ints
    """Gestures at risk just before the lag."""
    hidden: list[str | None]
    """Why the share may not be shown; None: it may."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Answered shares by lag, and the influence of each contact on them."""

    shares: Floats
    per_contact: Floats
    """Influence sums (lags, contacts)."""
    variances: Floats


def estimate(sample: Sample, lags: Ints) -> Estimate:
    """Estimate the answered share by each lag, with its cluster-robust variance.

    Args:
        sample: a group.
        lags: rising, microseconds.

    Source: methods:answered-share, methods:intervals.
    """
    curve = aalen_johansen(sample.times, sample.kinds, int(lags.max(initial=0)))
    per_contact = influence(curve, sample.times, sample.kinds, lags).by_cluster(sample.contacts, sample.contact_count)
    return Estimate(curve.at(lags), per_contact, cluster_variance(per_contact, len(sample.times)))


def hidden_reason(lag: int, at_risk: int, longest: int, window_us: int = WINDOW) -> str | None:
    """Determine why the share answered by a lag may not be shown; None: it may.

    Args:
        lag: microseconds.
        at_risk: gestures at risk just before it.
        longest: the longest follow-up of a gesture, microseconds.
        window_us: the smallest window in which answers were looked for.

    Source: methods:small-samples, methods:horizons.
    """
    if lag > window_us:
        return "beyond_window"
    if longest < lag:
        return "too_recent"
    return "fewer_than_10_at_risk" if at_risk < LEAST_AT_RISK else None


def shares_by(sample: Sample, lags: Ints, window_us: int = WINDOW, estimated: Estimate | None = None) -> Shares:
    """Compute the answered share by each lag, with its interval by contact and whether it may be shown.

    Args:
        sample: a group.
        lags: rising, microseconds.
        window_us: the smallest window in which answers were looked for.
        estimated: `estimate` of the same gestures at the same lags, if it is known.

    Source: methods:answered-share, methods:small-samples.
    """
    at_risk = len(sample.times) - np.searchsorted(sample.times, lags, side="left")
    longest = int(sample.follow_up.max(initial=0))
    hidden = [
        hidden_reason(lag, risk, longest, window_us) for lag, risk in zip(lags.tolist(), at_risk.tolist(), strict=True)
    ]
    count = sample.contact_count
    if count < 2 or all(hidden):
        curve = aalen_johansen(sample.times, sample.kinds, int(lags.max(initial=0)))
        unknown = np.full(len(lags), np.nan)
        return Shares(
            shares=curve.at(lags), variances=unknown, intervals=[None] * len(lags), at_risk=at_risk, hidden=hidden
        )
    of = estimated or estimate(sample, lags)
    gestures = np.bincount(sample.contacts, minlength=count).astype(np.float64)
    intervals = intervals_of(of, gestures, sample.dimension)
    return Shares(shares=of.shares, variances=of.variances, intervals=intervals, at_risk=at_risk, hidden=hidden)


def intervals_of(found: Estimate, gestures: Floats, dimension: str) -> list[Interval]:
    """Compute the 95 % interval of each share, by the method for the dimension and the number of contacts.

    Args:
        found: the shares.
        gestures: gestures of each contact.
        dimension: the group's.

    Source: methods:intervals.
    """
    if dimension in BOOTSTRAPPED and len(gestures) >= BOOTSTRAP_CONTACTS:
        return bootstrap_t(found.shares, found.per_contact, gestures, found.variances)
    return cluster_wilson(found.shares, found.per_contact, gestures)
