"""Shrinking small counts: k of n by contact, `k ~ BetaBinomial(n, a, b)` (METHODS 2.4).

Entry points: `fit` (the prior), `posterior` (mean and interval for each contact).
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln

LEAST_STRENGTH: Final = 0.02
MOST_STRENGTH: Final = 8000.0
"""Bounds of a + b."""
FIXED_STRENGTH: Final = 4.0
"""a + b where the data can't tell it."""
LEAST_CONTACTS: Final = 10
_EDGE: Final = 1e-6  # the mean stays this far from 0 and 1 while the likelihood is climbed

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Prior(NamedTuple):
    """Beta(a, b) and how it was found: `likelihood`, `moments` or `fixed`."""

    a: float
    b: float
    method: str


def moments(k: Counts, n: Counts) -> Prior | None:
    """Match mean m and variance v of the raw rates: `s = m(1-m)/v - 1`, a = ms, b = (1-m)s.

    Returns:
        None when the rates don't vary or vary more than a beta distribution can.
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


def overdispersed(k: Counts, n: Counts) -> bool:
    """Tell whether contacts differ by more than chance: the sign of Tarone's score at no overdispersion.

    Positive exactly when the likelihood rises as a + b comes down from infinity. One gesture each says nothing.
    """
    total = int(n.sum())
    answered = int(k.sum())
    if answered in {0, total}:
        return False
    p = answered / total
    return float(((k - n * p) ** 2).sum()) / (p * (1 - p)) - total > 0 and bool((n > 1).any())


def _different(k: Counts, n: Counts) -> tuple[tuple[Counts, Counts], Counts]:
    """Return the different pairs of k and n, in order, and the place of each pair among them."""
    width = int(n.max(initial=0)) + 1
    codes, place = np.unique(k * width + n, return_inverse=True)
    return np.divmod(codes, width), place


def _likelihood(k: Counts, n: Counts) -> Prior | None:
    # equal (k, n) are counted once: 50,000 contacts have a few hundred different pairs
    pairs, place = _different(k, n)
    kk, nn = (part.astype(np.float64) for part in pairs)
    weight = np.bincount(place)

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


def fit(k: Counts, n: Counts) -> Prior:
    """Find the prior of contacts with k answered of n.

    Marginal maximum likelihood with 10 or more contacts and some overdispersion, else `a + b = 4` at the pooled mean
    (which keeps half a gesture away from 0 and 1, so that an interval exists).

    Args:
        k: answered gestures by contact, 0 <= k <= n.
        n: mature gestures by contact; contacts without any are left out.
    """
    some = np.flatnonzero(n > 0)
    # in one order, whatever order the contacts come in: where the likelihood is flat, the last digit of a sum decides
    some = some[np.lexsort((n[some], k[some]))]
    k, n = k[some], n[some]
    if len(n) >= LEAST_CONTACTS and overdispersed(k, n):
        found = _likelihood(k, n) or moments(k, n)
        if found:
            return found
    total, answered = int(n.sum()), int(k.sum())
    mean = (answered + 0.5) / (total + 1) if answered in {0, total} else answered / total
    return Prior(mean * FIXED_STRENGTH, (1 - mean) * FIXED_STRENGTH, "fixed")


def posterior(k: Counts, n: Counts, prior: Prior, level: float = 0.90) -> tuple[Floats, Floats, Floats]:
    """Shrink each contact's rate.

    Returns:
        Mean `(a+k)/(a+b+n)`, lower and upper end of the central `level` interval of Beta(a+k, b+n-k).
    """
    mean = (prior.a + k) / (prior.a + prior.b + n)
    (k_of, n_of), place = _different(k, n)
    a, b = prior.a + k_of, prior.b + n_of - k_of
    tail = (1 - level) / 2
    return mean, betaincinv(a, b, tail)[place], betaincinv(a, b, 1 - tail)[place]
