"""`monthly`: breadth against depth, effort against return, growth; one row a month.

Entry point: `monthly(timeline, said, sat, spans, zone, as_of)`. The owner's gestures, outcome `worded`.
"""

from typing import Final

import polars as pl

from pipeline.measures.people.timeline import SECOND, Schema, Timeline, finish, month_name, month_number

READ: Final = ("direction", "at", "resolution_s")
"""Columns of INTERACTIONS that are looked at."""
SESSION_GAP: Final = 30 * 60 * SECOND
"""A bout of the owner's activity ends where the next outbound event is 30 minutes away or more."""
SCHEMA: Final[Schema] = {
    "month": pl.String, "contacts_reached": pl.Int64, "gestures": pl.Int64, "exchanges": pl.Int64,
    "exchanges_per_contact": pl.Float64, "words_given": pl.Int64, "words_received": pl.Int64, "sessions": pl.Int64,
    "new_contacts": pl.Int64, "first_exchanges": pl.Int64, "became_dormant": pl.Int64, "revived": pl.Int64,
}  # fmt: skip


def sessions(interactions: pl.DataFrame) -> pl.DataFrame:
    """List the starts of the owner's sessions: outbound events on any platform, 30 minutes or more after the last one.

    Events known to the day only don't tell when one was active: together they make no session of their own.

    Args:
        interactions: READ columns of those that matching kept.

    Returns:
        at; sorted.
    """
    fine = (pl.col("direction") == "outbound") & (pl.col("resolution_s") * SECOND <= SESSION_GAP)
    acts = interactions.filter(fine).select("at").sort("at")
    gap = pl.col("at").diff()
    return acts.filter(gap.is_null() | (gap >= SESSION_GAP))


def _count(moments: pl.DataFrame, name: str, zone: str) -> pl.DataFrame:
    return moments.group_by(month_number(pl.col("at"), zone).alias("number")).agg(pl.len().alias(name))


def monthly(
    timeline: Timeline, said: pl.DataFrame, sat: pl.DataFrame, spans: pl.DataFrame, zone: str, as_of: int
) -> pl.DataFrame:
    """Make the table, with every month from the first to the last event.

    `exchanges_per_contact` = exchanges / contacts_reached. A contact is new in the month of its first turn, of either
    side. Dormancy and revival are dated when they set in.

    Args:
        timeline: of the outcome `worded`.
        said: what `effort.words_said` returns.
        sat: what `sessions` returns.
        spans: what `dormancy.dormant_spans` returns.
        zone: IANA name in which months are counted.
        as_of: end of what is known, microseconds UTC.

    Returns:
        `SCHEMA`, sorted by month.
    """
    of_turns, done = timeline.turns, timeline.exchanges
    own = of_turns.filter("mine").group_by(month_number(pl.col("at"), zone).alias("number")).agg(
        pl.len().alias("gestures"), pl.col("contact_id").n_unique().alias("contacts_reached")
    )  # fmt: skip
    parts = [
        own,
        said,
        _count(done, "exchanges", zone),
        _count(sat, "sessions", zone),
        _count(of_turns.group_by("contact_id").agg(pl.col("at").min()), "new_contacts", zone),
        _count(done.group_by("contact_id").agg(pl.col("at").min()), "first_exchanges", zone),
        _count(spans.select(pl.col("starts_at").alias("at")).filter(pl.col("at") <= as_of), "became_dormant", zone),
        _count(spans.select(pl.col("ends_at").alias("at")).filter(pl.col("at") <= as_of), "revived", zone),
    ]
    numbers = pl.concat([part.select("number") for part in parts])["number"]
    if numbers.is_empty():
        return pl.DataFrame(schema=dict(SCHEMA))
    table = pl.DataFrame({"number": range(int(numbers.min()), int(numbers.max()) + 1)})  # type: ignore[arg-type]  # integers, not empty
    for part in parts:
        table = table.join(part, on="number", how="left", validate="1:1")
    counts = [name for name, kind in SCHEMA.items() if kind == pl.Int64]
    return finish(
        table.with_columns(pl.col(counts).fill_null(0)).with_columns(
            month_name(pl.col("number")).alias("month"),
            pl.when(pl.col("contacts_reached") > 0)
            .then(pl.col("exchanges") / pl.col("contacts_reached"))
            .alias("exchanges_per_contact"),
        ),
        SCHEMA,
        "month",
    )
