"""Table `monthly`: breadth and depth, effort and return, growth; one row a month."""

from typing import Final

import polars as pl

from pipeline.measures.calendar import month_name, month_number
from pipeline.measures.tables import table_schema, to_table
from pipeline.model.durations import SECOND

MONTHLY_INPUT: Final = ("direction", "at", "resolution_s")
"""Columns of INTERACTIONS that are needed."""
SESSION_GAP: Final = 30 * 60 * SECOND
"""Time between two acts of the owner from which the later one starts a session, microseconds."""


def sessions(interactions: pl.DataFrame) -> pl.DataFrame:
    """List when the owner's sessions start: outbound interactions on any platform, at least 30 minutes after the last.

    Interactions whose time is known less exactly than to 30 minutes are ignored.

    Args:
        interactions: MONTHLY_INPUT of those that the exclusions keep.

    Returns:
        at (microseconds UTC); sorted.

    Source: methods:monthly-figures.
    """
    usable = (pl.col("direction") == "outbound") & (pl.col("resolution_s") * SECOND <= SESSION_GAP)
    acts = interactions.filter(usable).select("at").sort("at")
    gap = pl.col("at").diff()
    return acts.filter(gap.is_null() | (gap >= SESSION_GAP))


def _count(moments: pl.DataFrame, name: str, zone: str) -> pl.DataFrame:
    return moments.group_by(month_number(pl.col("at"), zone).alias("number")).agg(pl.len().alias(name))


def monthly_table(
    turns: pl.DataFrame,
    exchanges: pl.DataFrame,
    *,
    words: pl.DataFrame,
    sessions: pl.DataFrame,
    dormant_spans: pl.DataFrame,
    zone: str,
    as_of: int,
) -> pl.DataFrame:
    """Compute the table: a row for every month from the first to the last with any figure.

    A contact is new in the month of its first turn of either side. Dormancy and revival count in the month in which
    they begin.

    Args:
        turns: of the outcome `worded`, from `turns.turns_table`.
        exchanges: of the outcome `worded`, from `turns.exchanges_table`.
        words: from `effort.words_by_month_table`.
        sessions: from `sessions`.
        dormant_spans: from `dormancy.dormant_spans_table`.
        zone: IANA name in which months are counted.
        as_of: end of what is known, microseconds UTC.

    Returns:
        Columns of the table, sorted by month.

    Source: methods:monthly-figures.
    """
    own = turns.filter("mine").group_by(month_number(pl.col("at"), zone).alias("number")).agg(
        pl.len().alias("gestures"), pl.col("contact_id").n_unique().alias("contacts_reached")
    )  # fmt: skip
    parts = [
        own,
        words,
        _count(exchanges, "exchanges", zone),
        _count(sessions, "sessions", zone),
        _count(turns.group_by("contact_id").agg(pl.col("at").min()), "new_contacts", zone),
        _count(exchanges.group_by("contact_id").agg(pl.col("at").min()), "first_exchanges", zone),
        _count(
            dormant_spans.select(pl.col("starts_at").alias("at")).filter(pl.col("at") <= as_of), "became_dormant", zone
        ),
        _count(dormant_spans.select(pl.col("ends_at").alias("at")).filter(pl.col("at") <= as_of), "revived", zone),
    ]
    numbers = pl.concat([part.select("number") for part in parts])["number"]
    if numbers.is_empty():
        return pl.DataFrame(schema=table_schema("monthly"))
    table = pl.DataFrame({"number": range(int(numbers.min()), int(numbers.max()) + 1)})  # type: ignore[arg-type]  # integers, not empty
    for part in parts:
        table = table.join(part, on="number", how="left", validate="1:1")
    counts = [name for name, kind in table_schema("monthly").items() if kind == pl.Int64]
    return to_table(
        table.with_columns(pl.col(counts).fill_null(0)).with_columns(
            month_name(pl.col("number")).alias("month"),
            pl.when(pl.col("contacts_reached") > 0)
            .then(pl.col("exchanges") / pl.col("contacts_reached"))
            .alias("exchanges_per_contact"),
        ),
        "monthly",
        "month",
    )
