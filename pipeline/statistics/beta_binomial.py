"""Shrinkage of small counts: k successes of n trials by unit, `k ~ BetaBinomial(n, a, b)`.

Entry points: `fit` (the prior), `posterior` (mean and interval of each unit's rate).
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln

from pipeline.statistics.arrays import Floats, Ints

LEAST_STRENGTH: Final = 0.02
MOST_STRENGTH: Final = 8000.0
"""Bounds of a + b."""
FIXED_STRENGTH: Final = 4.0
"""a + b where the data do not determine it."""
LEAST_UNITS: Final = 10
_EDGE: Final = 1e-6  # the mean stays this far from 0 and 1 while the likelihood is maximised


class Prior(NamedTuple):
    """Beta(a, b), and how it was estimated: `likelihood`, `moments` or `fixed`."""

    a: float
    b: float
    method: str


def moments(k: Ints, n: Ints) -> Prior | None:
    """Estimate the prior from mean m and variance v of the raw rates: `s = m(1-m)/v - 1`, a = ms, b = (1-m)s.

    Args:
        k: successes by unit.
        n: trials by unit, at least one each.

    Returns:
        None when the rates do not vary, or vary more than a beta distribution can.

    Source: methods:shrinkage.
    """
    if len(n) < 2:
        return None
    rates = k / n
    mean, variance = float(rates.mean()), float(rates.var(ddof=1))
    if variance <= 0:
        return None
    strength = mean * (1 - mean) / variance - 1
    if not LEAST_STRENGTH <= strength <= MOST_STRENGTH:
        return None
    return Prior(mean * strength, (1 - mean) * strength, "moments")


def overdispersed(k: Ints, n: Ints) -> bool:
    """Test whether units differ by more than chance: the sign of Tarone's score at no overdispersion (Tarone 1979).

    It is positive exactly when the likelihood rises as a + b decreases from infinity. Units of one trial each carry no
    information about it.

    Args:
        k: successes by unit.
        n: trials by unit, at least one each.
    """
    total = int(n.sum())
    successes = int(k.sum())
    if successes in {0, total}:
        return False
    p = successes / total
    return float(((k - n * p) ** 2).sum()) / (p * (1 - p)) - total > 0 and bool((n > 1).any())


def _distinct(k: Ints, n: Ints) -> tuple[tuple[Ints, Ints], Ints]:
    """Return the distinct pairs of k and n, sorted, and the position of each unit's pair among them."""
    width = int(n.max(initial=0)) + 1
    codes, position = np.unique(k * width + n, return_inverse=True)
    return np.divmod(codes, width), position


def _likelihood(k: Ints, n: Ints) -> Prior | None:
    # equal pairs are counted once: 50,000 units have a few hundred distinct pairs
    pairs, position = _distinct(k, n)
    kk, nn = (part.astype(np.float64) for part in pairs)
    weight = np.bincount(position)

    def loss(point: Floats) -> float:
        mean = 1 / (1 + np.exp(-point[0]))
        a, b = mean * np.exp(point[1]), (1 - mean) * np.exp(point[1])
        return -float((weight * (betaln(a + kk, b + nn - kk) - betaln(a, b))).sum())

    edge = float(np.log(_EDGE / (1 - _EDGE)))
    bounds = [(edge, -edge), (float(np.log(LEAST_STRENGTH)), float(np.log(MOST_STRENGTH)))]
    start = moments(k, n)
    pooled = float(k.sum() / n.sum())
    mean, strength = (start.a / (start.a + start.b), start.a + start.b) if start else (pooled, FIXED_STRENGTH)
    first = np.array([np.log(mean / (1 - mean)), np.log(strength)])
    found = minimize(loss, first, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-13, "gtol": 1e-8})
    if not np.isfinite(found.fun):
        return None
    mean, strength = 1 / (1 + np.exp(-found.x[0])), float(np.exp(found.x[1]))
    return Prior(float(mean * strength), float((1 - mean) * strength), "likelihood")


def fit(k: Ints, n: Ints) -> Prior:
    """Estimate the prior of units with k successes of n trials.

    Marginal maximum likelihood with 10 or more units and some overdispersion, else `a + b = 4` at the pooled mean,
    which is kept half a trial away from 0 and 1 so that an interval exists.

    Args:
        k: successes by unit, 0 <= k <= n.
        n: trials by unit; units without any are ignored.

    Source: methods:shrinkage.

    Examples:
        >>> fit(np.array([1, 1, 1]), np.array([2, 2, 2]))
        Prior(a=2.0, b=2.0, method='fixed')
    """
    some = np.flatnonzero(n > 0)
    # sorted, so that the order of the units has no influence: where the likelihood is flat, the last digit of a sum decides
    some = some[np.lexsort((n[some], k[some]))]
    k, n = k[some], n[some]
    if len(n) >= LEAST_UNITS and overdispersed(k, n):
        found = _likelihood(k, n) or moments(k, n)
        if found:
            return found
    total, successes = int(n.sum()), int(k.sum())
    mean = (successes + 0.5) / (total + 1) if successes in {0, total} else successes / total
    return Prior(mean * FIXED_STRENGTH, (1 - mean) * FIXED_STRENGTH, "fixed")


def posterior(k: Ints, n: Ints, prior: Prior, level: float = 0.90) -> tuple[Floats, Floats, Floats]:
    """Shrink each unit's rate towards the prior.

    Args:
        k: successes by unit.
        n: trials by unit; 0 gives the prior itself.
        prior: from `fit`.
        level: of the interval.

    Returns:
        Mean `(a+k)/(a+b+n)`, lower and upper end of the central interval of Beta(a+k, b+n-k).

    Source: methods:shrinkage.

    Examples:
        >>> posterior(np.array([4]), np.array([14]), Prior(1.4, 8.6, "moments"))[0].round(3).tolist()
        [0.225]
    """
    mean = (prior.a + k) / (prior.a + prior.b + n)
    (k_of, n_of), position = _distinct(k, n)
    a, b = prior.a + k_of, prior.b + n_of - k_of
    tail = (1 - level) / 2
    return mean, betaincinv(a, b, tail)[position], betaincinv(a, b, 1 - tail)[position]
