"""Table `rhythm`: the usual gap between a contact's exchanges, and by how much the present one exceeds it."""

from typing import Final

import polars as pl

from pipeline.measures.tables import to_table
from pipeline.model.durations import SECOND

LEAST_GAPS: Final = 5
"""Gaps from which a contact can be overdue."""
LONG_GAP: Final = 0.9
"""Quantile of the gaps beyond which a contact is overdue."""


def rhythm_table(exchanges: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Compute the table: a row for each contact with an exchange.

    Args:
        exchanges: contact_id, at (microseconds UTC), of the outcome `worded`, from `turns.exchanges_table`.
        as_of: end of what is known, microseconds UTC; later exchanges are ignored.

    Returns:
        Columns of the table, sorted by contact_id.

    Source: methods:rhythm.
    """
    found = (
        exchanges.lazy()
        .filter(pl.col("at") <= as_of)
        .select("contact_id", "at")
        .sort("contact_id", "at")
        .with_columns((pl.col("at").diff() / SECOND).over("contact_id", mapping_strategy="explode").alias("gap"))
        .group_by("contact_id")
        .agg(
            pl.len().alias("exchanges"),
            pl.col("gap").median().alias("median_gap_s"),
            pl.col("gap").quantile(LONG_GAP, "linear").alias("p90_gap_s"),
            pl.col("at").max().alias("last_exchange_at"),
        )
    )
    silence = (pl.lit(as_of) - pl.col("last_exchange_at")) / SECOND
    overdue = pl.when(pl.col("exchanges") > LEAST_GAPS).then((silence - pl.col("p90_gap_s")).clip(lower_bound=0))
    return to_table(found.with_columns(overdue.alias("overdue_s")).collect(), "rhythm", "contact_id")
