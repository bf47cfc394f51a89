"""How evenly attention is spread: evenness, Simpson, Gini, distance to a target mix (METHODS 5).

Entry points: `evenness`, `simpson`, `gini`, `distance`, `distance_interval`.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

REPEATS: Final = 2000
LEAST_CONTACTS: Final = 10

Numbers = npt.ArrayLike


def evenness(counts: Numbers) -> float | None:
    """Compute `H / ln K` over the K configured tiers, zeros included; 1 = even, 0 = all in one; None without anything."""
    values = np.asarray(counts, dtype=np.float64)
    if values.sum() <= 0 or len(values) < 2:
        return None
    share = values[values > 0] / values.sum()
    return float(max(0.0, -(share * np.log(share)).sum()) / np.log(len(values)))


def simpson(counts: Numbers) -> float | None:
    """Compute `1 - sum n(n-1) / (N(N-1))`: the chance that two gestures went to different tiers; None below two."""
    values = np.asarray(counts, dtype=np.float64)
    total = values.sum()
    if total < 2:
        return None
    return float(1 - (values * (values - 1)).sum() / (total * (total - 1)))


def gini(amounts: Numbers, *, small: bool = False) -> float | None:
    """Compute `2 sum i x_i / (n sum x) - (n+1)/n`, x ascending; contacts with nothing are outside.

    Args:
        amounts: what each contact got, 0 or more.
        small: multiply by n/(n-1), so that all to one of n is 1.
    """
    values = np.sort(np.asarray(amounts, dtype=np.float64))
    n, total = len(values), values.sum()
    if n == 0 or total <= 0:
        return None
    raw = 2 * (np.arange(1, n + 1) * values).sum() / (n * total) - (n + 1) / n
    if small:
        return float(raw * n / (n - 1)) if n > 1 else 0.0
    return float(raw)


def distance(shares: Numbers, target: Numbers) -> float:
    """Compute `1/2 sum |p - q|`: the share of attention that would have to move to meet the target mix."""
    return float(np.abs(np.asarray(shares, dtype=np.float64) - np.asarray(target, dtype=np.float64)).sum() / 2)


def distance_interval(
    tier: Sequence[int], amounts: Sequence[int], target: Sequence[float], seed: int = 0, repeats: int = REPEATS
) -> tuple[float, float] | None:
    """Bootstrap contacts for the distance's 95 % interval.

    Args:
        tier: place in `target` of each contact's tier.
        amounts: gestures to each contact.
        target: wanted shares, summing to 1.
        seed: equal seeds give equal intervals.
        repeats: resamples.

    Returns:
        None with fewer than 10 contacts.
    """
    if len(tier) < LEAST_CONTACTS:
        return None
    # contacts of equal tier and amount are exchangeable: drawing their numbers is drawing them
    kinds, weight = np.unique(np.stack([np.asarray(tier), np.asarray(amounts)]), axis=1, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(tier), weight / weight.sum(), size=repeats)
    sums = np.stack(
        [drawn @ np.where(kinds[0] == place, kinds[1], 0) for place in range(len(target))], axis=1
    ).astype(np.float64)  # fmt: skip
    total = sums.sum(axis=1)
    some = total > 0
    apart = np.abs(sums[some] / total[some, None] - np.asarray(target)).sum(axis=1) / 2
    low, high = np.quantile(apart, [0.025, 0.975])
    return float(low), float(high)
