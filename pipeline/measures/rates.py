"""All three tables of rates in one pass over the cells: `reciprocation`, `response_lag`, `lag_quantiles`.

Entry point: measure_rates(assigned, variants=..., chance=...). The single tables' functions give the same.
"""

from dataclasses import dataclass

import polars as pl

from pipeline.measures.dimensions import Variants, samples
from pipeline.measures.lag_quantiles import quantile_rows, quantile_table
from pipeline.measures.reciprocation import reciprocation_rows, reciprocation_table
from pipeline.measures.response_lag import lag_rows, lag_table
from pipeline.measures.shares import LAG_GRID, MINIMUM_AT_RISK, shares_by


@dataclass(frozen=True, slots=True)
class Rates:
    """The three tables, in the contract's columns."""

    reciprocation: pl.DataFrame
    response_lag: pl.DataFrame
    lag_quantiles: pl.DataFrame


def measure_rates(
    assigned: pl.DataFrame, *, variants: Variants | None = None, chance: pl.DataFrame | None = None
) -> Rates:
    """Compute all three tables.

    Args:
        assigned: gestures with their dimensions (`dimensions.assign`).
        variants: other runs of the matcher (dimensions exclusions and turn_gap).
        chance: figures of chance to join on (`reciprocation.KEY` and any of `reciprocation.CHANCE`).
    """
    first, second, third = [], [], []
    for sample in samples(assigned, variants):
        found = shares_by(sample, LAG_GRID)
        first += reciprocation_rows(sample, found)
        if len(sample.times) >= MINIMUM_AT_RISK:
            second += lag_rows(sample, found)
            third += quantile_rows(sample)
    return Rates(reciprocation_table(first, chance), lag_table(second), quantile_table(third))
