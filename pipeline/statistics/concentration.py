"""Concentration of amounts over categories and units: evenness, Simpson, Gini, and distance to a target mix.

Entry points: `evenness`, `simpson`, `gini`, `distance`, `distance_interval`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

REPEATS: Final = 2000
LEAST_UNITS: Final = 10


def evenness(counts: ArrayLike) -> float | None:
    """Compute Shannon's evenness `H / ln K` over K categories, empty ones included.

    Args:
        counts: by category.

    Returns:
        1 = even, 0 = all in one category; None for a total of 0 or a single category.

    Source: methods:concentration.

    Examples:
        >>> evenness([2, 2]), evenness([4, 0])
        (1.0, 0.0)
    """
    values = np.asarray(counts, dtype=np.float64)
    if values.sum() <= 0 or len(values) < 2:
        return None
    share = values[values > 0] / values.sum()
    return float(max(0.0, -(share * np.log(share)).sum()) / np.log(len(values)))


def simpson(counts: ArrayLike) -> float | None:
    """Compute Simpson's `1 - sum n(n-1) / (N(N-1))`: the chance that two items drawn are of different categories.

    Args:
        counts: by category.

    Returns:
        None for a total below two.

    Source: methods:concentration.

    Examples:
        >>> round(simpson([2, 2]), 3)
        0.667
    """
    values = np.asarray(counts, dtype=np.float64)
    total = values.sum()
    if total < 2:
        return None
    return float(1 - (values * (values - 1)).sum() / (total * (total - 1)))


def gini(amounts: ArrayLike, *, small: bool = False) -> float | None:
    """Compute the Gini coefficient `2 sum i x_i / (n sum x) - (n+1)/n`, x ascending.

    Args:
        amounts: of each unit, 0 or more.
        small: multiply by n/(n-1), so that everything at one of n units gives 1.

    Returns:
        0 = equal amounts; None for a total of 0.

    Source: methods:concentration.

    Examples:
        >>> gini([0, 0, 0, 8]), gini([0, 0, 0, 8], small=True)
        (0.75, 1.0)
    """
    values = np.sort(np.asarray(amounts, dtype=np.float64))
    n, total = len(values), values.sum()
    if n == 0 or total <= 0:
        return None
    raw = 2 * (np.arange(1, n + 1) * values).sum() / (n * total) - (n + 1) / n
    if small:
        return float(raw * n / (n - 1)) if n > 1 else 0.0
    return float(raw)


def distance(shares: ArrayLike, target: ArrayLike) -> float:
    """Compute the total variation distance `1/2 sum |p - q|`: the share that would have to move to meet the target.

    Source: methods:concentration.

    Examples:
        >>> round(distance([0.5, 0.5, 0.0], [0.3, 0.3, 0.4]), 3)
        0.4
    """
    return float(np.abs(np.asarray(shares, dtype=np.float64) - np.asarray(target, dtype=np.float64)).sum() / 2)


def distance_interval(
    category: Sequence[int], amounts: Sequence[int], target: Sequence[float], seed: int = 0
) -> tuple[float, float] | None:
    """Bootstrap units for the 95 % interval of the distance between the mix of their amounts and a target.

    Args:
        category: of each unit, as position in `target`.
        amounts: of each unit.
        target: wanted shares, summing to 1.
        seed: equal seeds give equal intervals.

    Returns:
        None with fewer than 10 units.

    Source: methods:concentration.
    """
    if len(category) < LEAST_UNITS:
        return None
    # units of equal category and amount are exchangeable: drawing how many of each there are is drawing them
    kinds, weight = np.unique(np.stack([np.asarray(category), np.asarray(amounts)]), axis=1, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(category), weight / weight.sum(), size=REPEATS)
    sums = np.stack(
        [drawn @ np.where(kinds[0] == position, kinds[1], 0) for position in range(len(target))], axis=1
    ).astype(np.float64)  # fmt: skip
    total = sums.sum(axis=1)
    some = total > 0
    apart = np.abs(sums[some] / total[some, None] - np.asarray(target)).sum(axis=1) / 2
    low, high = np.quantile(apart, [0.025, 0.975])
    return float(low), float(high)
