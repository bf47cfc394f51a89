"""All three tables of rates in one pass over the cells: `reciprocation`, `response_lag`, `lag_quantiles`.

Entry point: measure_rates(assigned, variants=..., chance=...). The single tables' functions give the same.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from pipeline.measures.cells import Sample, Variants, samples
from pipeline.measures.lag_quantiles import quantile_rows, quantile_table
from pipeline.measures.reciprocation import reciprocation_rows, reciprocation_table
from pipeline.measures.response_lag import lag_rows, lag_table, shape
from pipeline.measures.shares import LAG_GRID, MINIMUM_AT_RISK, WINDOW_US, shares_by
from pipeline.measures.survival import kaplan_meier

WORKERS: Final = 2
WAITING: Final = 4
"""Cells cut ahead of those at work, which bounds memory."""


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
    window_us: int = WINDOW_US,
) -> Rates:
    """Compute all three tables.

    Args:
        assigned: gestures with their dimensions (`dimensions.assign`); of a lazy frame one analysis is in memory at a time.
        variants: other runs of the matcher (dimensions exclusions and turn_gap).
        chance: figures of chance to join on (`reciprocation.KEY` and any of `reciprocation.CHANCE`).
        window_us: the smallest window of the headline grades: no share is told beyond it (ruling 7).
    """
    first, second, third = [], [], []
    for rows in _measured(samples(assigned, variants), window_us):
        first += rows.reciprocation
        second += rows.response_lag
        third += rows.lag_quantiles
    return Rates(reciprocation_table(first, chance), lag_table(second), quantile_table(third))


def _measured(cells: Iterator[Sample], window_us: int) -> Iterator[_Rows]:
    """Measure cells in threads while the next ones are cut and matched; rows come in the order of the cells."""
    with ThreadPoolExecutor(WORKERS, "rates") as pool:
        waiting: deque[Future[_Rows]] = deque()
        for cell in cells:
            waiting.append(pool.submit(_rows, cell, window_us))
            while len(waiting) > WORKERS + WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _rows(sample: Sample, window_us: int) -> _Rows:
    found, of_lags = shares_by(sample, LAG_GRID, window_us), shape(sample)
    # where all times are fine, one curve serves all
    km = kaplan_meier(sample.times, sample.kinds == 1) if sample.coarse.any() else of_lags.km
    first = reciprocation_rows(sample, found, km)
    if len(sample.times) < MINIMUM_AT_RISK:
        return _Rows(first, [], [])
    return _Rows(first, lag_rows(sample, found, of_lags.km), quantile_rows(sample, of_lags))
