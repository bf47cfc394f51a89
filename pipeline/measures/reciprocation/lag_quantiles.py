"""Table `lag_quantiles`: by which lag a share of the gestures is answered, and how long the answers took (METHODS 3).

Entry point: lag_quantiles(assigned, variants=...), `assigned` from `dimensions.assign`.
`unconditional_s` reads the Kaplan-Meier curve over all gestures at risk (NULL: not reached); `conditional_s` looks at the
answers within 14 days to gestures followed that long, so that all are cut off alike. A quantile is the smallest time
that reaches it. Notes: not_reached, open_ended (no upper end), day_grain (date-only data, whole days).
"""

import math
from typing import Any, Final

import numpy as np
import polars as pl

from pipeline.measures.reciprocation.cells import Sample, Variants, samples
from pipeline.measures.reciprocation.response_lag import Shape, shape
from pipeline.measures.tables import table_schema
from pipeline.model.durations import DAY, SECOND
from pipeline.model.thresholds import LEAST_AT_RISK, QUANTILES, WINDOW
from pipeline.statistics.rounding import round_significant

SCHEMA: Final = table_schema("lag_quantiles")


def lag_quantiles(assigned: pl.DataFrame | pl.LazyFrame, *, variants: Variants | None = None) -> pl.DataFrame:
    """Compute the table for cells of at least 10 gestures.

    Args:
        assigned: gestures with their dimensions.
        variants: other runs of the matcher (dimensions exclusions and turn_gap).

    Returns:
        Frame of SCHEMA, sorted.
    """
    rows: list[tuple[Any, ...]] = []
    for sample in samples(assigned, variants):
        if len(sample.times) >= LEAST_AT_RISK:
            rows += quantile_rows(sample, shape(sample))
    return quantile_table(rows)


def quantile_table(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Put rows of `quantile_rows` together."""
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return round_significant(table.sort("initiator", "outcome", "dimension", "value", "quantile"))


def quantile_rows(sample: Sample, of: Shape) -> list[tuple[Any, ...]]:
    """Return one row a quantile; `of` is the sample's."""
    by_day = of.by_day
    used = np.ones(len(sample.times), dtype=np.bool_) if by_day else ~sample.coarse
    mature = used & (sample.follow_up >= WINDOW)
    answers = sample.times[mature & (sample.kinds == 1) & (sample.times <= WINDOW)]
    if by_day:
        answers = answers // DAY * DAY
    rows: list[tuple[Any, ...]] = []
    for quantile, (value, low, high) in zip(QUANTILES, of.km.quantiles(QUANTILES), strict=True):
        # the smallest answer's lag by which that share of them had come; they are sorted
        place = max(0, math.ceil(len(answers) * quantile - 1))
        conditional = float(answers[place]) if len(answers) else None
        notes = [*sample.notes, *(["day_grain"] if by_day else [])]
        if value is None:
            notes.append("not_reached")
        elif high is None:
            notes.append("open_ended")
        seconds = [None if us is None else us / SECOND for us in (value, low, high, conditional)]
        rows.append((*sample.key, quantile, *seconds, int(mature.sum()), "; ".join(notes) or None))
    return rows
