"""Confidence intervals of shares: Wilson's for independent units, and cluster-robust ones for units in clusters.

Influence sums `u_c` (see `pipeline.statistics.influence`) measure how much a cluster moves a pooled share: where nothing is
censored, `u_c` is the events of cluster c minus share x units of cluster c.
"""

import math
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from pipeline.statistics.arrays import Floats

Interval: TypeAlias = tuple[float, float] | None
"""Lower and upper end; None where there are too few clusters for one."""

Z95: Final = 1.959963984540054
"""The standard normal's 97.5 % quantile."""
MINIMUM_CLUSTERS: Final = 10
"""No interval is computed from fewer clusters."""
_NEGLIGIBLE: Final = 1e-9
"""A variance below this part of the variance of independent units is a rounding error."""


def wilson(successes: ArrayLike, trials: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Compute Wilson's score interval `(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)`, element by element.

    Args:
        successes: 0 <= successes <= trials; need not be whole.
        trials: independent units; 0 gives the interval (0, 1).
        z: quantile of the normal (or of Student's t) for the wanted level.

    Returns:
        Lower and upper ends, in the shape of the arguments; numbers for numbers.

    Source: methods:wilson-interval (Wilson 1927; Newcombe 1998).

    Examples:
        >>> low, high = wilson(15, 148)
        >>> round(float(low), 4), round(float(high), 4)
        (0.0624, 0.1605)
    """
    k, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    units = np.where(n > 0, n, 1.0)
    share = k / units
    centre = share + z * z / (2 * units)
    spread = z * np.sqrt(share * (1 - share) / units + z * z / (4 * units * units))
    scale = 1 + z * z / units
    # the ends are exact at 0 and at n, whatever rounding does
    low: Floats = np.where(k <= 0, 0.0, np.maximum(0.0, (centre - spread) / scale))
    high: Floats = np.where(k >= n, 1.0, np.minimum(1.0, (centre + spread) / scale))
    return low[()], high[()]  # a number for a number


def cluster_variance(sums: Floats, units: float) -> Floats:
    """Compute the variance of a pooled share, `C/(C-1) sum_c u_c² / N²`.

    Args:
        sums: influence sums (..., clusters).
        units: N, the units of all clusters.

    Returns:
        Array (...); NaN with fewer than two clusters.

    Source: methods:intervals.
    """
    clusters = sums.shape[-1]
    if clusters < 2:
        return np.full(sums.shape[:-1], np.nan)
    total: Floats = np.einsum("...c,...c->...", sums, sums) * clusters / (clusters - 1) / units**2
    return total


def leverage_variance(sums: Floats, sizes: Floats) -> Floats:
    """Compute the variance of a pooled share with the leverage of each cluster, `sum_c u_c² / (1 - m_c / N) / N²`.

    A cluster with many of the units pulls the share towards itself, which makes its residual too small. Dividing by the
    part that the other clusters have corrects this, exactly where units are independent (CR2 of Bell & McCaffrey 2002).

    Args:
        sums: influence sums u_c (..., clusters), at least two clusters.
        sizes: units m_c of each cluster, at least one each.

    Source: methods:intervals.
    """
    total = sizes.sum()
    variance: Floats = np.einsum("...c,...c,c->...", sums, sums, total / (total - sizes)) / total**2
    return variance


def effective_clusters(sizes: Floats) -> float:
    """Compute the number of equally large clusters that would weigh as these do, `N² / sum_c m_c²` (Kish 1965).

    Examples:
        >>> effective_clusters(np.array([2.0, 2.0, 2.0]))
        3.0
    """
    return float(sizes.sum() ** 2 / (sizes**2).sum())


def cluster_wilson(shares: Floats, sums: Floats, sizes: Floats) -> list[Interval]:
    """Compute the cluster-robust 95 % interval of each share.

    It is Wilson's interval for the number of independent units that would have the variance found (Korn & Graubard
    1998; Franco, Little, Louis & Slud 2019), with Student's t on the effective number of clusters - 1 (one at least)
    in place of 1.96. Where all clusters have the same share, their units count as independent. A share of exactly 0 or
    1 does not show how alike units are: then each cluster counts as one unit.

    Args:
        shares: pooled share by lag.
        sums: influence sums (lags, clusters).
        sizes: units of each cluster.

    Returns:
        An interval for each lag; None for all with fewer than 10 clusters.

    Source: methods:intervals.
    """
    clusters = len(sizes)
    if clusters < MINIMUM_CLUSTERS:
        return [None] * len(shares)
    total = float(sizes.sum())
    t = float(stdtrit(max(1.0, effective_clusters(sizes) - 1), 0.975))
    variance = leverage_variance(sums, sizes)
    independent = shares * (1 - shares) / total
    known = variance > _NEGLIGIBLE * independent
    effective = np.where(known, total * independent / np.where(known, variance, 1.0), total)
    degenerate = (shares <= 0) | (shares >= 1)
    by_unit, by_cluster = wilson(shares * effective, effective, t), wilson(np.round(shares) * clusters, clusters)
    low, high = (np.where(degenerate, b, a).tolist() for a, b in zip(by_unit, by_cluster, strict=True))
    return list(zip(low, high, strict=True))


def design_effect(share: float, variance: float, units: int) -> float | None:
    """Divide a variance by that of as many independent units.

    Returns:
        None where either variance is 0 or unknown.

    Source: methods:design-effect.

    Examples:
        >>> design_effect(0.5, 0.01, 100)
        4.0
    """
    independent = share * (1 - share) / units if units else 0.0
    return variance / independent if independent > 1e-15 and not math.isnan(variance) else None
