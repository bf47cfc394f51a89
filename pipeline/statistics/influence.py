"""Influence of each row on an Aalen-Johansen estimate, summed by cluster: what cluster-robust intervals are made from."""

from dataclasses import dataclass

import numpy as np

from pipeline.statistics.aalen_johansen import CENSORED, EVENT, CumulativeIncidence
from pipeline.statistics.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Influence:
    """Derivative of the incidence F(lag) by the weight of each row, times the number of rows.

    It sums to zero over all rows, and equals `event by lag - F` where nothing is censored and nothing competes before
    the lag. A row whose time is within the lag contributes `own + F(lag) slope`, any other row `waiting(lag)`; so the
    sums by cluster take one pass over the rows however many lags there are.
    """

    shares: Floats
    """F by lag."""
    own: Floats
    """Of each row within the longest lag, by rising time."""
    slope: Floats
    """Of the same rows."""
    waiting: Floats
    """By lag."""
    within: Ints
    """By lag: how many rows have a time within it."""

    def by_cluster(self, clusters: Ints, count: int) -> Floats:
        """Sum over the rows of each cluster.

        Args:
            clusters: cluster number (from 0) of every row, in the order of the times.
            count: number of clusters.

        Returns:
            Array (lags, clusters); each row sums to 0.
        """
        sums = np.empty((len(self.shares), count))
        owned, sloped, spare = np.zeros(count), np.zeros(count), np.empty(count)
        left = np.bincount(clusters, minlength=count).astype(np.float64)
        begin = 0
        # rows are sorted by time: each lag adds a stretch of them to what the lags before it had
        for row, share, waiting, end in zip(sums, self.shares, self.waiting, self.within.tolist(), strict=True):
            here = clusters[begin:end]
            np.add.at(owned, here, self.own[begin:end])
            np.add.at(sloped, here, self.slope[begin:end])
            np.subtract.at(left, here, 1.0)
            np.multiply(sloped, share, out=row)
            np.add(row, owned, out=row)
            np.add(row, np.multiply(left, waiting, out=spare), out=row)
            begin = end
        return sums


def influence(curve: CumulativeIncidence, times: Ints, kinds: Ints, lags: Ints) -> Influence:
    """Differentiate an estimate at several lags by the weight of each row.

    Args:
        curve: `aalen_johansen(times, kinds)`, computed at least up to the longest lag.
        times: rising.
        kinds: EVENT, COMPETING or CENSORED for each time.
        lags: rising.

    Examples:
        >>> from pipeline.statistics.aalen_johansen import aalen_johansen
        >>> times, kinds = np.array([1, 2, 3, 4]), np.array([1, 1, 0, 0])
        >>> found = influence(aalen_johansen(times, kinds), times, kinds, np.array([2]))
        >>> found.by_cluster(np.array([0, 0, 1, 1]), 2).round(9).tolist()
        [[1.0, -1.0]]
    """
    shares = curve.at(lags)
    within = np.searchsorted(times, lags, side="right")
    longest = int(within[-1]) if len(lags) else 0
    times, kinds = times[:longest], kinds[:longest]
    if not len(curve.times):
        return Influence(
            shares=shares, own=np.zeros(longest), slope=np.zeros(longest), waiting=np.zeros(len(lags)), within=within
        )
    before = np.concatenate([[1.0], curve.survival])[: len(curve.times)]
    left = curve.at_risk - curve.all_events
    # once no row is left the curve can't move any more: F(lag) - F(t) is 0 from there on
    inverse = np.where(left > 0, 1 / np.where(left > 0, left, 1), 0.0)
    hazard = curve.all_events / curve.at_risk

    def summed(values: Floats) -> Floats:
        return np.concatenate([[0.0], np.cumsum(values)])

    exposure, exposure_share = summed(inverse * hazard), summed(inverse * hazard * curve.incidence)
    risk = summed(before * curve.events / curve.at_risk**2)
    first = np.searchsorted(times, curve.times, side="left")
    seen = np.repeat(np.arange(len(first) + 1), np.diff(first, prepend=0, append=len(times)))
    at = np.maximum(seen - 1, 0)
    any_event = kinds != CENSORED
    own = np.where(kinds == EVENT, before[at] / curve.at_risk[at], 0.0) - risk[seen] - exposure_share[seen]
    own += np.where(any_event, curve.incidence[at] * inverse[at], 0.0)
    slope = exposure[seen] - np.where(any_event, inverse[at], 0.0)
    last = np.searchsorted(curve.times, lags, side="right")
    waiting = shares * exposure[last] - risk[last] - exposure_share[last]
    return Influence(
        shares=shares, own=own * curve.size, slope=slope * curve.size, waiting=waiting * curve.size, within=within
    )
