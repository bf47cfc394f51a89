"""Spearman's rank correlation with average ranks, and its one-sided permutation test."""

from typing import Final, NamedTuple

import numpy as np

from pipeline.statistics.arrays import Floats, Ints

SHUFFLES: Final = 999
SEED: Final = 20_260_101
_CELLS: Final = 1_000_000
"""Shuffled values in memory at a time."""


class RankCorrelation(NamedTuple):
    """Spearman's coefficient, and the share of the shuffles that reach it; the data count as one shuffle."""

    rho: float
    p_value: float


def _centred_ranks(values: Ints) -> Floats:
    """Return twice the average ranks less their mean: whole numbers, so that sums of products are exact."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    twice = 2 * np.cumsum(counts) - counts + 1
    return (twice[place] - (len(values) + 1)).astype(np.float64)


def rank_correlation(first: Ints, second: Ints, shuffles: int = SHUFFLES, seed: int = SEED) -> RankCorrelation | None:
    """Correlate the ranks of two series, and test against shuffles of the second.

    Args:
        first: whole numbers.
        second: as many.
        shuffles: permutations that are drawn; equal arguments draw the same.
        seed: of the permutations.

    Returns:
        rho, and p = (1 + shuffles whose rho is at least as great) / (1 + shuffles): one-sided, for a positive
        correlation. None where either series never changes.

    Source: methods:matched-disclosure (Spearman 1904; Phipson & Smyth 2010).

    Examples:
        >>> rank_correlation(np.array([0, 1, 1, 3]), np.array([0, 2, 2, 3])).rho
        1.0
    """
    one, two = _centred_ranks(first), _centred_ranks(second)
    scale = float(one @ one) * float(two @ two)
    if scale == 0:
        return None
    observed = float(one @ two)
    generator = np.random.default_rng([seed, len(two)])
    reached, rows = 0, max(1, _CELLS // len(two))
    for start in range(0, shuffles, rows):
        shuffled = generator.permuted(np.tile(two, (min(rows, shuffles - start), 1)), axis=1)
        reached += int((shuffled @ one >= observed).sum())
    return RankCorrelation(observed / scale**0.5, (1 + reached) / (1 + shuffles))
