"""Share answered by given lags, with its interval by contact: what `reciprocation` and `response_lag` have in common."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.matching.parameters import DAY, HOUR, SECOND
from pipeline.measures.bootstrap import bootstrap_t
from pipeline.measures.cells import Sample
from pipeline.measures.intervals import MINIMUM_CONTACTS, cluster_t, cluster_variance
from pipeline.measures.survival import Curve, Floats, Ints, aalen_johansen, influence

MARKS: Final = (60 * SECOND, 600 * SECOND, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY)
LAGS: Final = 48
WINDOW_US: Final = 14 * DAY
MINIMUM_AT_RISK: Final = 10
BOOTSTRAPPED: Final = frozenset({"all"})
"""Dimensions whose intervals are bootstrap-t; all others have cluster-robust t (ruling 14)."""


def lag_grid() -> Ints:
    """Return 48 lags in microseconds, whole seconds, log-spaced between the eight marks, which are among them."""
    widths = np.diff(np.log(np.array(MARKS, dtype=np.float64)))
    spare = LAGS - len(MARKS)
    shares = widths / widths.sum() * spare
    inner = np.floor(shares).astype(np.int64)
    # the largest remainders get what rounding down left over
    for k in np.argsort(inner - shares, kind="stable")[: spare - int(inner.sum())]:
        inner[k] += 1
    grid: list[int] = []
    for left, right, count in zip(MARKS[:-1], MARKS[1:], inner.tolist(), strict=True):
        steps = np.exp(np.linspace(np.log(left), np.log(right), count + 2))[:-1]
        grid += [left, *(round(step / SECOND) * SECOND for step in steps[1:].tolist())]
    return np.array([*grid, MARKS[-1]], dtype=np.int64)


LAG_GRID: Final = lag_grid()
"""The lags at which shares are told, the horizons among them."""


@dataclass(frozen=True, slots=True)
class Shares:
    """By lag: share, its variance by contact (NaN unknown), interval, gestures at risk, why it may not be shown."""

    curve: Curve
    shares: Floats
    variances: Floats
    intervals: list[tuple[float, float] | None]
    at_risk: Ints
    hidden: list[str | None]


def shares_by(sample: Sample, lags: Ints, window_us: int = WINDOW_US) -> Shares:
    """Estimate the answered share by each of the rising lags, with intervals by contact and the suppression of ruling 8.

    Nothing is told beyond `window_us`, the smallest window in which answers were looked for (ruling 7).
    """
    curve = aalen_johansen(sample.times, sample.kinds)
    shares = curve.at(lags)
    at_risk = len(sample.times) - np.searchsorted(sample.times, lags, side="left")
    longest = int(sample.follow_up.max(initial=0))
    hidden = [
        "beyond_window"
        if lag > window_us
        else "too_recent"
        if longest < lag
        else "fewer_than_10_at_risk"
        if risk < MINIMUM_AT_RISK
        else None
        for lag, risk in zip(lags.tolist(), at_risk.tolist(), strict=True)
    ]
    count = sample.contact_count
    gestures: Floats = np.bincount(sample.contacts, minlength=count).astype(np.float64)
    if count < 2 or all(hidden):
        unknown = np.full(len(lags), np.nan)
        return Shares(curve, shares, unknown, [None] * len(lags), at_risk, hidden)
    per_contact = influence(curve, sample.times, sample.kinds, lags).by_contact(sample.contacts, count)
    variances = cluster_variance(per_contact, len(sample.times))
    if sample.dimension in BOOTSTRAPPED and count >= MINIMUM_CONTACTS:
        intervals = bootstrap_t(shares, per_contact, gestures, variances)
    else:
        intervals = [cluster_t(float(s), float(v), count) for s, v in zip(shares, variances, strict=True)]
    return Shares(curve, shares, variances, intervals, at_risk, hidden)
