"""Table `lag_quantiles`: the lag by which a share of the gestures is answered, and how long the answers took.

`unconditional_s` reads the Kaplan-Meier curve of all gestures at risk. `conditional_s` is a quantile of the answers within
14 days to gestures that were followed for at least as long, so that all are cut off alike. A quantile is the smallest lag
that reaches the share.

Codes in `note`: not_reached, open_ended (the interval has no upper end), day_grain (lags are whole days).
"""

import math

import numpy as np

from pipeline.measures.reciprocation.response_lag import LagCurve
from pipeline.measures.reciprocation.samples import Sample
from pipeline.model.durations import DAY, SECOND
from pipeline.model.thresholds import QUANTILES, WINDOW
from pipeline.statistics.aalen_johansen import EVENT
from pipeline.statistics.arrays import Ints


def quantile_rows(sample: Sample, curve: LagCurve) -> list[dict[str, object]]:
    """Compute the rows of one group.

    Args:
        sample: the group's gestures.
        curve: its `response_lag.lag_curve`.

    Returns:
        A row for each of QUANTILES, as column -> value.

    Source: methods:lag-quantiles.
    """
    answers, mature = _mature_answers(sample, by_day=curve.by_day)
    rows: list[dict[str, object]] = []
    for share, quantile in zip(QUANTILES, curve.km.quantiles(QUANTILES), strict=True):
        notes = [*sample.notes, *(["day_grain"] if curve.by_day else [])]
        if quantile.time is None:
            notes.append("not_reached")
        elif quantile.high is None:
            notes.append("open_ended")
        conditional = float(answers[max(0, math.ceil(len(answers) * share - 1))]) if len(answers) else None
        rows.append(
            sample.group
            | {
                "quantile": share,
                "unconditional_s": _seconds(quantile.time),
                "low": _seconds(quantile.low),
                "high": _seconds(quantile.high),
                "conditional_s": _seconds(conditional),
                "mature_gestures": mature,
                "note": "; ".join(notes) or None,
            }
        )
    return rows


def _mature_answers(sample: Sample, *, by_day: bool) -> tuple[Ints, int]:
    """Return the rising lags of the answers within the window to mature gestures, and the number of these gestures."""
    window = WINDOW
    used = np.ones(len(sample.times), dtype=np.bool_) if by_day else ~sample.coarse
    mature = used & (sample.follow_up >= window)
    answers = sample.times[mature & (sample.kinds == EVENT) & (sample.times <= window)]
    return (answers // DAY * DAY if by_day else answers), int(mature.sum())


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / SECOND
