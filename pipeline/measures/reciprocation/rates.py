"""Tables `reciprocation`, `response_lag` and `lag_quantiles`, computed in one pass over the groups of gestures."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import polars as pl

from pipeline.matching.match import ANALYSES
from pipeline.measures.reciprocation.dimensions import OF_LAGS_ONLY
from pipeline.measures.reciprocation.lag_quantiles import quantile_rows
from pipeline.measures.reciprocation.reciprocation import CHANCE, KEY, reciprocation_rows, with_chance
from pipeline.measures.reciprocation.response_lag import LagCurve, lag_curve, lag_rows
from pipeline.measures.reciprocation.samples import Sample, Variants, samples
from pipeline.measures.reciprocation.shares import LAG_GRID, Estimate, estimate, shares_by
from pipeline.measures.tables import table_schema, to_table
from pipeline.model.codes import Initiator, Outcome
from pipeline.model.thresholds import LEAST_AT_RISK, WINDOW
from pipeline.statistics.aalen_johansen import EVENT
from pipeline.statistics.concurrency import map_concurrently
from pipeline.statistics.kaplan_meier import kaplan_meier


@dataclass(frozen=True, slots=True)
class Rates:
    """The three tables."""

    reciprocation: pl.DataFrame
    response_lag: pl.DataFrame
    lag_quantiles: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _GroupRows:
    """Rows of one group for each of the three tables; groups too small for curves have none for the last two."""

    reciprocation: list[dict[str, object]]
    response_lag: pl.DataFrame | None
    lag_quantiles: list[dict[str, object]]


def measure_rates(
    assigned: pl.DataFrame | pl.LazyFrame,
    *,
    variants: Variants | None = None,
    further: pl.DataFrame | pl.LazyFrame | None = None,
    chance: pl.DataFrame | None = None,
    window_us: int = WINDOW,
) -> Rates:
    """Compute the three tables.

    Args:
        assigned: gestures with their dimensions, from `dimensions.assign`. Of a lazy frame only the analyses that are
            being computed are in memory.
        variants: other runs of the matcher (dimensions `exclusions` and `turn_gap`).
        further: gestures of another run with dimensions that only they have (`craft`, `templated`, `intent`, `earlier_gifts`).
        chance: figures of chance (`reciprocation.KEY` and any of `reciprocation.CHANCE`).
        window_us: the smallest window of the headline's grades, microseconds; no share is shown beyond it.

    Returns:
        `reciprocation` has a row for each group and horizon, `response_lag` and `lag_quantiles` for groups of at least 10
        gestures. Sorted by their keys.

    Source: methods:answered-share, methods:lag-curve, methods:lag-quantiles, methods:horizons.
    """

    def rows_of(analysis: tuple[Initiator, Outcome]) -> list[_GroupRows]:
        return list(_group_rows(samples(assigned, *analysis, variants=variants, further=further), window_us))

    groups = list(chain.from_iterable(map_concurrently(rows_of, sorted(ANALYSES))))
    schema = table_schema("reciprocation")
    rates = pl.DataFrame(
        [row for group in groups for row in group.reciprocation],
        schema={name: kind for name, kind in schema.items() if name not in CHANCE},
    )
    lags = [group.response_lag for group in groups if group.response_lag is not None]
    quantiles = [row for group in groups for row in group.lag_quantiles]
    by = ("initiator", "outcome", "dimension", "value")
    return Rates(
        to_table(with_chance(rates, chance), "reciprocation", *KEY),
        to_table(
            pl.concat(lags) if lags else pl.DataFrame(schema=table_schema("response_lag")), "response_lag", *by, "lag_s"
        ),
        to_table(pl.DataFrame(quantiles, schema=table_schema("lag_quantiles")), "lag_quantiles", *by, "quantile"),
    )


def _group_rows(groups: Iterator[Sample], window_us: int) -> Iterator[_GroupRows]:
    """Measure the groups of one analysis; those that consist of the same gestures as `all` are estimated once."""
    whole: tuple[Sample, Estimate, LagCurve] | None = None
    for sample in groups:
        if sample.dimension in OF_LAGS_ONLY:
            enough = len(sample.times) >= LEAST_AT_RISK
            yield _GroupRows([], None, quantile_rows(sample, lag_curve(sample)) if enough else [])
        elif whole and sample.times is whole[0].times:
            yield _rows(sample, window_us, *whole[1:])
        else:
            estimated, curve = estimate(sample, LAG_GRID), lag_curve(sample)
            if sample.dimension == "all":
                whole = sample, estimated, curve
            yield _rows(sample, window_us, estimated, curve)


def _rows(sample: Sample, window_us: int, estimated: Estimate, curve: LagCurve) -> _GroupRows:
    found = shares_by(sample, LAG_GRID, window_us, estimated)
    # if all times are exact, the curve of the lags is that of all gestures
    km = kaplan_meier(sample.times, sample.kinds == EVENT) if sample.coarse.any() else curve.km
    first = reciprocation_rows(sample, found, km)
    if len(sample.times) < LEAST_AT_RISK:
        return _GroupRows(first, None, [])
    return _GroupRows(first, lag_rows(sample, found, curve.km), quantile_rows(sample, curve))
