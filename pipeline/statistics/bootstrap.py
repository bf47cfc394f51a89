"""Cluster bootstrap of pooled shares: whole clusters are drawn with replacement, never their units.

The estimate is not recomputed for each of the 2000 resamples. A resample with weights w shifts the share by
`sum w_c u_c / sum w_c m_c`, with u_c the influence sum and m_c the size of cluster c; this is exact where nothing is
censored before the lag.

Entry points: `bootstrap_t` (one share), `difference_interval` (two shares over the same clusters).
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from pipeline.statistics.arrays import Floats
from pipeline.statistics.intervals import MINIMUM_CLUSTERS, Interval, wilson

RESAMPLES: Final = 2000
SEED: Final = 20_260_101
BUNDLES: Final = 1000
"""More clusters than this are dealt into so many bundles, each resampled as one (random groups). Bundles are as
independent as clusters, and the skewness of their sum, which bootstrap-t corrects for, is the same."""
_CELLS: Final = 4_000_000
"""Weights in memory at a time."""


def resample_weights(clusters: int, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[Floats]:
    """Yield blocks (resamples, clusters) of how often each cluster is drawn; the same for equal arguments."""
    rows = max(1, min(resamples, _CELLS // max(1, clusters)))
    if rows == resamples:
        yield _one_block(clusters, resamples, seed)
        return
    generator = np.random.default_rng([seed, clusters])
    for start in range(0, resamples, rows):
        yield _draw(generator, min(rows, resamples - start), clusters)


@lru_cache(maxsize=2)
def _one_block(clusters: int, resamples: int, seed: int) -> Floats:
    """Draw all resamples in one block, kept for the next call: large samples all have BUNDLES clusters."""
    weights = _draw(np.random.default_rng([seed, clusters]), resamples, clusters)
    weights.flags.writeable = False
    return weights


def _draw(generator: np.random.Generator, size: int, clusters: int) -> Floats:
    drawn = generator.integers(0, clusters, size=(size, clusters))
    drawn += np.arange(size)[:, None] * clusters
    return np.bincount(drawn.ravel(), minlength=size * clusters).reshape(size, clusters).astype(np.float64)


def studentised(sums: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Resample the clusters and divide each shift of the share by its own cluster-robust error.

    Args:
        sums: influence sums (lags, clusters); each row sums to 0.
        sizes: units of each cluster.

    Returns:
        (shift, shift / its error), each (resamples, lags).
    """
    sums, sizes = _bundled(sums, sizes)
    clusters = len(sizes)
    lags = len(sums)
    table = np.concatenate([sums, sums**2, sums * sizes, [sizes, sizes**2]]).T
    shifts, ratios = [], []
    for weights in resample_weights(clusters):
        drawn = weights @ table
        u, uu, um = drawn[:, :lags], drawn[:, lags : 2 * lags], drawn[:, 2 * lags : 3 * lags]
        m, mm = drawn[:, -2, None], drawn[:, -1, None]
        shift = u / m
        square = np.maximum(uu - 2 * shift * um + shift**2 * mm, 0) * clusters / (clusters - 1)
        error = np.sqrt(square) / m
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(error > 1e-12, shift / error, np.sign(shift) * np.inf)
        shifts.append(shift)
        ratios.append(np.nan_to_num(ratio, nan=0.0, posinf=1e6, neginf=-1e6))
    return np.concatenate(shifts), np.concatenate(ratios)


def _bundled(sums: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    clusters = len(sizes)
    if clusters <= BUNDLES:
        return sums, sizes
    pad = -clusters % BUNDLES
    bundled = np.pad(sums, ((0, 0), (0, pad))).reshape(len(sums), -1, BUNDLES).sum(axis=1)
    return bundled, np.pad(sizes, (0, pad)).reshape(-1, BUNDLES).sum(axis=0)


def bootstrap_t(shares: Floats, sums: Floats, sizes: Floats, variances: Floats) -> list[Interval]:
    """Compute the 95 % bootstrap-t interval of each share, cut to [0, 1].

    Studentising keeps the coverage where clusters are of very different size (Efron & Tibshirani 1993, 12.5);
    docs/validation.md has the figures.

    Args:
        shares: pooled share by lag.
        sums: influence sums (lags, clusters).
        sizes: units of each cluster.
        variances: cluster-robust variance by lag (`intervals.cluster_variance`).

    Returns:
        An interval for each lag; None for all with fewer than 10 clusters. A share of exactly 0 or 1 gets Wilson's
        interval with each cluster as one unit.

    Source: methods:intervals.
    """
    clusters = len(sizes)
    if clusters < MINIMUM_CLUSTERS:
        return [None] * len(shares)
    _, ratios = studentised(sums, sizes)
    ends = np.quantile(ratios, [0.975, 0.025], axis=0)
    intervals: list[Interval] = []
    for share, variance, upper, lower in zip(shares.tolist(), variances.tolist(), *ends.tolist(), strict=True):
        if share in {0.0, 1.0}:
            low, high = wilson(share * clusters, clusters)
            intervals.append((float(low), float(high)))
        elif 0 < share < 1 and variance > 0:
            error = math.sqrt(variance)
            intervals.append((max(0.0, share - upper * error), min(1.0, share - lower * error)))
        else:
            intervals.append(None)
    return intervals


def difference_interval(difference: float, sums: Floats, sizes: Floats) -> tuple[float, float]:
    """Compute the 95 % percentile interval of the difference of two pooled shares, cut to [-1, 1].

    Args:
        difference: first share minus second share.
        sums: influence sums (2, clusters): of the first share, of the second; a cluster may have units of both.
        sizes: units (2, clusters).

    Source: methods:comparisons.
    """
    table = np.stack([sums[0], sizes[0], sums[1], sizes[1]], axis=1)
    drawn = np.concatenate([weights @ table for weights in resample_weights(sums.shape[1])])
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = drawn[:, 0] / drawn[:, 1] - drawn[:, 2] / drawn[:, 3]
    low, high = np.quantile(shift[np.isfinite(shift)], [0.025, 0.975])
    return max(-1.0, difference + float(low)), min(1.0, difference + float(high))
