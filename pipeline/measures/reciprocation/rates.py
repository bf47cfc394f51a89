"""All three tables of rates in one pass over the cells: `reciprocation`, `response_lag`, `lag_quantiles`.

Entry point: measure_rates(assigned, variants=..., chance=...). The single tables' functions give the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl

from pipeline.matching.analyses import ANALYSES, Initiator, Outcome
from pipeline.measures.reciprocation.cells import Sample, Variants, samples_of
from pipeline.measures.reciprocation.dimensions import OF_LAGS_ONLY
from pipeline.measures.reciprocation.lag_quantiles import quantile_rows, quantile_table
from pipeline.measures.reciprocation.reciprocation import reciprocation_rows, reciprocation_table
from pipeline.measures.reciprocation.response_lag import Shape, lag_rows, lag_table, shape
from pipeline.measures.reciprocation.shares import LAG_GRID, Estimate, estimate, shares_by
from pipeline.model.thresholds import LEAST_AT_RISK, WINDOW
from pipeline.statistics.concurrency import map_concurrently
from pipeline.statistics.kaplan_meier import kaplan_meier


@dataclass(frozen=True, slots=True)
class Rates:
    """The three tables, in the contract's columns."""

    reciprocation: pl.DataFrame
    response_lag: pl.DataFrame
    lag_quantiles: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one cell for each of the three tables."""

    reciprocation: list[dict[str, Any]]
    response_lag: list[tuple[Any, ...]]
    lag_quantiles: list[tuple[Any, ...]]


def measure_rates(
    assigned: pl.DataFrame | pl.LazyFrame,
    *,
    variants: Variants | None = None,
    chance: pl.DataFrame | None = None,
    window_us: int = WINDOW,
) -> Rates:
    """Compute all three tables.

    Args:
        assigned: gestures with their dimensions (`dimensions.assign`); of a lazy frame only the
            analyses at work are in memory.
        variants: other runs of the matcher (dimensions exclusions and turn_gap).
        chance: figures of chance to join on (`reciprocation.KEY` and any of `reciprocation.CHANCE`).
        window_us: the smallest window of the headline grades: no share is told beyond it (ruling 7).
    """

    def rows_of(analysis: tuple[Initiator, Outcome]) -> list[_Rows]:
        return list(_measured(samples_of(assigned, *analysis, variants), window_us))

    first, second, third = [], [], []
    for rows in chain.from_iterable(map_concurrently(rows_of, sorted(ANALYSES))):
        first += rows.reciprocation
        second += rows.response_lag
        third += rows.lag_quantiles
    return Rates(reciprocation_table(first, chance), lag_table(second), quantile_table(third))


def _measured(cells: Iterator[Sample], window_us: int) -> Iterator[_Rows]:
    """Measure the cells of one analysis; those that hold the very gestures of `all` are estimated with it."""
    whole: tuple[Sample, Estimate, Shape] | None = None
    for cell in cells:
        if cell.dimension in OF_LAGS_ONLY:
            enough = len(cell.times) >= LEAST_AT_RISK
            yield _Rows([], [], quantile_rows(cell, shape(cell)) if enough else [])
            continue
        if whole and cell.times is whole[0].times:
            yield _rows(cell, window_us, *whole[1:])
            continue
        estimated, of_lags = estimate(cell, LAG_GRID), shape(cell)
        if cell.dimension == "all":
            whole = cell, estimated, of_lags
        yield _rows(cell, window_us, estimated, of_lags)


def _rows(sample: Sample, window_us: int, estimated: Estimate, of_lags: Shape) -> _Rows:
    found = shares_by(sample, LAG_GRID, window_us, estimated)
    # where all times are fine, one curve serves all
    km = kaplan_meier(sample.times, sample.kinds == 1) if sample.coarse.any() else of_lags.km
    first = reciprocation_rows(sample, found, km)
    if len(sample.times) < LEAST_AT_RISK:
        return _Rows(first, [], [])
    return _Rows(first, lag_rows(sample, found, of_lags.km), quantile_rows(sample, of_lags))
