"""Stratified log-rank test of two groups, and Holm's adjustment for several tests."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc

from pipeline.statistics.arrays import Bools, Floats, Ints, changes, stable_order


class ChiSquareTest(NamedTuple):
    """A chi-square statistic with one degree of freedom."""

    statistic: float
    p_value: float


def stratified_log_rank(times: Ints, events: Bools, first: Bools, strata: Ints) -> ChiSquareTest:
    """Test whether two groups have the same hazard: observed minus expected events, summed over strata.

    A stratum with rows of one group only adds nothing.

    Args:
        times: time of the event or of the censoring of each row, any order.
        events: whether it is an event.
        first: whether the row is of the first group.
        strata: number of the row's stratum.

    Source: methods:comparisons (Mantel 1966; Peto & Peto 1972).

    Examples:
        >>> rows = np.array([1, 2, 3, 4]), np.ones(4, bool), np.array([True, True, False, False])
        >>> round(stratified_log_rank(*rows, np.zeros(4, np.int64)).statistic, 3)
        2.882
    """
    order = stable_order(strata, times)
    t, e, f, s = times[order], events[order], first[order].astype(np.float64), strata[order]
    size = len(t)
    if not size:
        return ChiSquareTest(0.0, 1.0)
    opens = changes(s)
    start = np.flatnonzero(opens)
    stratum = np.cumsum(opens) - 1
    ends = np.append(start[1:], size)
    at = np.flatnonzero(changes(s, t))
    # at risk: this row and all later ones of its stratum
    n = (ends[stratum[at]] - at).astype(np.float64)
    ahead: Floats = np.concatenate([np.cumsum(f[::-1])[::-1], [0.0]])
    n_first = ahead[at] - ahead[ends[stratum[at]]]
    d = np.add.reduceat(e.astype(np.float64), at)
    d_first = np.add.reduceat(e * f, at)
    expected = d * n_first / n
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(n > 1, d * (n_first / n) * (1 - n_first / n) * (n - d) / (n - 1), 0.0)
    variance = float(spread.sum())
    if variance <= 0:
        return ChiSquareTest(0.0, 1.0)
    statistic = float((d_first - expected).sum()) ** 2 / variance
    return ChiSquareTest(statistic, float(chdtrc(1, statistic)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust the p values of a set of tests by Holm's step-down method (Holm 1979).

    Returns:
        The adjusted values, in the order given.

    Examples:
        >>> [round(p, 2) for p in holm([0.01, 0.04, 0.03])]
        [0.03, 0.06, 0.06]
    """
    count = len(p_values)
    adjusted = [0.0] * count
    running = 0.0
    for rank, k in enumerate(sorted(range(count), key=lambda k: p_values[k])):
        running = max(running, min(1.0, (count - rank) * p_values[k]))
        adjusted[k] = running
    return adjusted
