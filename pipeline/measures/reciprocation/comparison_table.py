"""Table `comparisons`: every two values of a dimension compared; pairs too small to test have counts only."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl

from pipeline.measures.reciprocation.cohorts import READ, Cohort, numbered
from pipeline.measures.reciprocation.comparisons import Comparison, Kind, compare_all
from pipeline.measures.reciprocation.dimensions import PREFIX
from pipeline.measures.tables import table_schema, to_table
from pipeline.model.codes import COMPARED_DIMENSIONS, NOT_ASSESSED
from pipeline.model.durations import DAY
from pipeline.model.thresholds import HEADLINE_HORIZON_DAYS, WINDOW
from pipeline.statistics.arrays import stable_order


def comparison_table(
    assigned: pl.DataFrame | pl.LazyFrame,
    window_us: int = WINDOW,
    further: pl.DataFrame | pl.LazyFrame | None = None,
) -> pl.DataFrame:
    """Compute the table: all pairs of values of COMPARED_DIMENSIONS, outcome `worded`.

    Args:
        assigned: gestures with their dimensions, from `dimensions.assign`.
        window_us: the smallest window in which answers were looked for, microseconds.
        further: gestures of another run with dimensions that only they have, as `craft_dimensions` returns.

    Returns:
        Columns of the table, sorted by initiator, dimension, first, second. P values are adjusted (Holm) over all tested
        pairs of an initiator and dimension.

    Source: methods:comparisons.
    """
    rows: list[dict[str, object]] = []
    for initiator in ("me", "them"):
        for frame in (assigned, further):
            if frame is not None:
                rows += _of_initiator(frame.lazy(), initiator, window_us)
    table = pl.DataFrame(rows, schema=table_schema("comparisons"))
    return to_table(table, "comparisons", "initiator", "dimension", "first", "second")


def _of_initiator(assigned: pl.LazyFrame, initiator: str, window_us: int) -> list[dict[str, object]]:
    """Compare the gestures of an initiator by each dimension that the frame has."""
    chosen = (pl.col("initiator") == initiator) & (pl.col("outcome") == "worded") & pl.col("at_risk")
    needed = pl.selectors.by_name(*READ, *(PREFIX + name for name in COMPARED_DIMENSIONS), require_all=False)
    part = assigned.filter(chosen).select(needed).collect()
    cohort = Cohort.of(part)
    times, kinds = cohort.ended()
    order = stable_order(times)
    gestures = Kind(name=initiator, times=times, kinds=kinds, contacts=cohort.contact, follow_up=cohort.end)[order]
    return [
        row
        for dimension in COMPARED_DIMENSIONS
        if PREFIX + dimension in part.columns
        for row in _of_dimension(gestures, part[PREFIX + dimension].gather(order), dimension, window_us)
    ]


def _of_dimension(gestures: Kind, values_of: pl.Series, dimension: str, window_us: int) -> list[dict[str, object]]:
    """Compare the gestures of every two values of a dimension."""
    numbers, values = numbered(values_of)
    codes = numbers.to_numpy()
    kinds = [
        replace(gestures[np.flatnonzero(codes == code)], name=value)
        for code, value in enumerate(values)
        if value != NOT_ASSESSED
    ]
    compared = compare_all(list(combinations(kinds, 2)), HEADLINE_HORIZON_DAYS * DAY, window_us)
    return [_row(gestures.name, dimension, comparison) for comparison in compared]


def _row(initiator: str, dimension: str, comparison: Comparison) -> dict[str, object]:
    share_first, share_second = comparison.shares or (None, None)
    return {
        "initiator": initiator,
        "outcome": "worded",
        "dimension": dimension,
        "first": comparison.first,
        "second": comparison.second,
        "horizon_days": HEADLINE_HORIZON_DAYS,
        "gestures_first": comparison.gestures[0],
        "gestures_second": comparison.gestures[1],
        "answered_first": comparison.answered[0],
        "answered_second": comparison.answered[1],
        "shared_contacts": comparison.shared_contacts,
        "share_first": share_first,
        "share_second": share_second,
        "difference": comparison.difference,
        "low": comparison.low,
        "high": comparison.high,
        "chi_square": comparison.chi_square,
        "p_value": comparison.p_value,
        "p_holm": comparison.p_holm,
        "tested": comparison.tested,
        "note": comparison.note,
    }
