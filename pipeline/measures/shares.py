"""Share answered by given lags, with its interval by contact: what `reciprocation` and `response_lag` have in common."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.measures.bootstrap import bootstrap_t
from pipeline.measures.dimensions import Sample
from pipeline.measures.intervals import MINIMUM_CONTACTS, cluster_t, cluster_variance
from pipeline.measures.survival import Curve, Floats, Ints, aalen_johansen, influence

MINIMUM_AT_RISK: Final = 10
BOOTSTRAPPED: Final = frozenset({"all"})
"""Dimensions whose intervals are bootstrap-t; all others have cluster-robust t (ruling 14)."""


@dataclass(frozen=True, slots=True)
class Shares:
    """By lag: share, its variance by contact (NaN unknown), interval, gestures at risk, why it may not be shown."""

    curve: Curve
    shares: Floats
    variances: Floats
    intervals: list[tuple[float, float] | None]
    at_risk: Ints
    hidden: list[str | None]


def shares_by(sample: Sample, lags: Ints) -> Shares:
    """Estimate the answered share by each of the rising lags, with intervals by contact and the suppression of ruling 8."""
    curve = aalen_johansen(sample.times, sample.kinds)
    shares = curve.at(lags)
    at_risk = len(sample.times) - np.searchsorted(sample.times, lags, side="left")
    longest = int(sample.follow_up.max(initial=0))
    hidden = [
        "too_recent" if longest < lag else "fewer_than_10_at_risk" if risk < MINIMUM_AT_RISK else None
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
