"""Table `response_lag`: the answered share as the lag grows, at 48 lags from a minute to 14 days (METHODS 3, ruling 11).

Entry point: response_lag(assigned, variants=...), `assigned` from `dimensions.assign`.
The level (`answered_share`, with its band by contact) is Aalen-Johansen over all gestures of the cell. The shape
(`km_share`, log-log band) never mixes fine and date-only times: it uses the fine ones, and where there are none, whole days.
"""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from pipeline.measures.reciprocation.cells import Sample, Variants, samples
from pipeline.measures.reciprocation.dimensions import OF_LAGS_ONLY
from pipeline.measures.reciprocation.shares import LAG_GRID, Shares, shares_by
from pipeline.measures.tables import table_schema
from pipeline.model.durations import DAY, SECOND
from pipeline.model.thresholds import LEAST_AT_RISK
from pipeline.statistics.kaplan_meier import KaplanMeier, kaplan_meier
from pipeline.statistics.rounding import round_significant

SCHEMA: Final = table_schema("response_lag")


@dataclass(frozen=True, slots=True)
class Shape:
    """The curve of the lags alone."""

    km: KaplanMeier
    by_day: bool
    """In whole days: only dates are known."""


def shape(sample: Sample) -> Shape:
    """Estimate the Kaplan-Meier curve of the lag, from fine times where there are any, else from whole days."""
    fine = ~sample.coarse
    if fine.all():
        return Shape(kaplan_meier(sample.times, sample.kinds == 1), by_day=False)
    if fine.any():
        return Shape(kaplan_meier(sample.times[fine], sample.kinds[fine] == 1), by_day=False)
    # both ends are dates: whole days between them are what is known
    return Shape(kaplan_meier(sample.times // DAY * DAY, sample.kinds == 1), by_day=True)


def response_lag(assigned: pl.DataFrame | pl.LazyFrame, *, variants: Variants | None = None) -> pl.DataFrame:
    """Compute the table for cells of at least 10 gestures.

    Args:
        assigned: gestures with their dimensions.
        variants: other runs of the matcher (dimensions exclusions and turn_gap).

    Returns:
        Frame of SCHEMA, sorted. Shares are NULL where fewer than 10 gestures are at risk or nothing was followed so long.
    """
    rows: list[tuple[Any, ...]] = []
    for sample in samples(assigned, variants):
        if len(sample.times) >= LEAST_AT_RISK and sample.dimension not in OF_LAGS_ONLY:
            rows += lag_rows(sample, shares_by(sample, LAG_GRID), shape(sample).km)
    return lag_table(rows)


def lag_table(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Put rows of `lag_rows` together."""
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return round_significant(table.sort("initiator", "outcome", "dimension", "value", "lag_s"))


def lag_rows(sample: Sample, found: Shares, km: KaplanMeier) -> list[tuple[Any, ...]]:
    """Return one row a lag of LAG_GRID; `found` holds the shares by these lags, `km` the curve of the lags alone."""
    km_share = 1 - km.at(LAG_GRID)
    band_low, band_high = km.band_at(LAG_GRID)
    rows: list[tuple[Any, ...]] = []
    for k, lag in enumerate(LAG_GRID.tolist()):
        row: list[float | None] = [None] * 6
        if found.hidden[k] is None:
            low, high = found.intervals[k] or (None, None)
            row = [
                float(found.shares[k]),
                low,
                high,
                float(km_share[k]),
                1 - float(band_high[k]),
                1 - float(band_low[k]),
            ]
        rows.append((*sample.key, lag / SECOND, *row, int(found.at_risk[k])))
    return rows
