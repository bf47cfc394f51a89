"""Table `response_lag`: the answered share at 48 lags from a minute to 14 days.

`answered_share`, with its interval by contact, is the Aalen-Johansen estimate over all gestures of a group. `km_share`,
with its log-log band, is the Kaplan-Meier estimate of the lag alone, which never mixes exact times and dates.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipeline.measures.reciprocation.samples import Sample
from pipeline.measures.reciprocation.shares import LAG_GRID, Shares
from pipeline.model.durations import DAY, SECOND
from pipeline.statistics.aalen_johansen import EVENT
from pipeline.statistics.kaplan_meier import KaplanMeier, kaplan_meier


@dataclass(frozen=True, slots=True)
class LagCurve:
    """Kaplan-Meier estimate of the lag; follow-ups are censored."""

    km: KaplanMeier
    by_day: bool
    """Lags are whole days, because only dates are known."""


def lag_curve(sample: Sample) -> LagCurve:
    """Estimate the distribution of the lag: from the exact times where there are any, else from dates.

    Source: methods:lag-curve.
    """
    fine = ~sample.coarse
    if fine.all():
        return LagCurve(kaplan_meier(sample.times, sample.kinds == EVENT), by_day=False)
    if fine.any():
        return LagCurve(kaplan_meier(sample.times[fine], sample.kinds[fine] == EVENT), by_day=False)
    # both ends are dates: only the whole days between them are known
    return LagCurve(kaplan_meier(sample.times // DAY * DAY, sample.kinds == EVENT), by_day=True)


def lag_rows(sample: Sample, found: Shares, km: KaplanMeier) -> pl.DataFrame:
    """Compute the rows of one group.

    Args:
        sample: the group's gestures.
        found: its answered shares at LAG_GRID.
        km: of its `lag_curve`.

    Returns:
        A row for each lag of LAG_GRID, NaN where a share may not be shown.

    Source: methods:lag-curve, methods:small-samples.
    """
    shown = np.array([reason is None for reason in found.hidden])
    low, high = np.array([interval or (np.nan, np.nan) for interval in found.intervals]).T
    band_low, band_high = km.band_at(LAG_GRID)
    shares = {
        "answered_share": found.shares, "low": low, "high": high,
        "km_share": 1 - km.at(LAG_GRID), "km_low": 1 - band_high, "km_high": 1 - band_low,
    }  # fmt: skip
    lags = pl.DataFrame({"lag_s": LAG_GRID / SECOND, "at_risk": found.at_risk})
    return lags.with_columns(
        *(pl.lit(value).alias(name) for name, value in sample.group.items()),
        *(pl.Series(name, np.where(shown, values, np.nan)) for name, values in shares.items()),
    )
