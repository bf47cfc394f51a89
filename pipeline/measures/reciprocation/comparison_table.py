"""Table `comparisons`: every two values of a dimension held against each other (METHODS 8).

Entry point: comparison_table(assigned), `assigned` from `dimensions.assign`. Which pairs are compared is fixed before
looking: all pairs of values of COMPARED_DIMENSIONS, outcome `worded`; those too small to test stand with their counts.
"""

from dataclasses import replace
from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.reciprocation.cohorts import READ, Cohort, numbered
from pipeline.measures.reciprocation.comparisons import Kind, compare_all
from pipeline.measures.reciprocation.dimensions import PREFIX
from pipeline.measures.tables import table_schema
from pipeline.model.codes import COMPARED_DIMENSIONS
from pipeline.model.durations import DAY
from pipeline.model.thresholds import HEADLINE_HORIZON_DAYS, WINDOW
from pipeline.statistics.arrays import stable_order
from pipeline.statistics.rounding import round_significant

SCHEMA: Final = table_schema("comparisons")


def comparison_table(assigned: pl.DataFrame | pl.LazyFrame, window_us: int = WINDOW) -> pl.DataFrame:
    """Compute the table; p values are adjusted (Holm) over all tested pairs of an initiator and dimension.

    Args:
        assigned: gestures with their dimensions.
        window_us: the smallest window in which answers were looked for: no share is told beyond it (ruling 7).

    Returns:
        Frame of SCHEMA, sorted by initiator, dimension, first, second.
    """
    rows: list[tuple[object, ...]] = []
    for initiator in ("me", "them"):
        chosen = (pl.col("initiator") == initiator) & (pl.col("outcome") == "worded") & pl.col("at_risk")
        needed = pl.selectors.by_name(*READ, *(PREFIX + name for name in COMPARED_DIMENSIONS), require_all=False)
        part = assigned.lazy().filter(chosen).select(needed).collect()
        cohort = Cohort.of(part)
        times, kinds = cohort.ended()
        order = stable_order(times)
        everybody = Kind(initiator, times, kinds, cohort.contact, cohort.end)[order]
        for dimension in COMPARED_DIMENSIONS:
            if PREFIX + dimension in part.columns:
                rows += _of_dimension(everybody, part[PREFIX + dimension].gather(order), dimension, window_us)
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return round_significant(table.sort("initiator", "dimension", "first", "second"))


def _of_dimension(of: Kind, values_of: pl.Series, dimension: str, window_us: int) -> list[tuple[object, ...]]:
    numbers, values = numbered(values_of)
    codes = numbers.to_numpy()
    found = []
    for code, value in enumerate(values):
        found.append(replace(of[np.flatnonzero(codes == code)], name=value))
    return [
        (
            of.name, "worded", dimension, one.first, one.second, HEADLINE_HORIZON_DAYS, *one.gestures, *one.answered,
            one.shared_contacts, *(one.shares or (None, None)), one.difference, one.low, one.high, one.chi_square,
            one.p_value, one.p_holm, one.tested, one.note,
        )
        for one in compare_all(list(combinations(found, 2)), HEADLINE_HORIZON_DAYS * DAY, window_us)
    ]  # fmt: skip
