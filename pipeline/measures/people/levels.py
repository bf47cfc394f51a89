"""`levels` and `level_changes`: how close a contact is, month by month, and each dated move (METHODS 6, Ruling 16).

Entry points: `level_changes`, `levels`.
"""

from typing import Final

import polars as pl

from pipeline.measures.people.stages import LEVELS, Thresholds, stage_changes
from pipeline.measures.people.timeline import Schema, Timeline, finish, month_end, month_name, month_number

CHANGES_SCHEMA: Final[Schema] = {"contact_id": pl.String, "from": pl.String, "to": pl.String, "changed_at": pl.Int64}
SCHEMA: Final[Schema] = {
    "contact_id": pl.String, "month": pl.String, "level": pl.String, "opted_in": pl.Boolean, "dormant": pl.Boolean,
}  # fmt: skip

MONTHS_OF_SILENCE: Final = 120
__all__ = ["CHANGES_SCHEMA", "LEVELS", "SCHEMA", "Thresholds", "level_changes", "levels"]


def level_changes(timeline: Timeline, zone: str, as_of: int, rule: Thresholds | None = None) -> pl.DataFrame:
    """Make the table `level_changes`.

    Args:
        timeline: of the outcome `worded` (Ruling 16).
        zone: IANA name in which days are counted.
        as_of: end of what is known, microseconds UTC.
        rule: thresholds of friend and close.

    Returns:
        `CHANGES_SCHEMA`, sorted by contact_id, changed_at.
    """
    return finish(stage_changes(timeline, zone, as_of, rule), CHANGES_SCHEMA, "contact_id", "changed_at")


def _as_of(moments: pl.DataFrame, states: pl.DataFrame) -> pl.DataFrame:
    """Give each (contact_id, at) of `moments`, which come in that order, the last state at or before it."""
    return moments.join_asof(states.sort("contact_id", "at"), on="at", by="contact_id", check_sortedness=False)


def _months(
    changes: pl.DataFrame, opted: pl.DataFrame, zone: str, as_of: int, quiet_since: pl.DataFrame | None
) -> pl.DataFrame:
    """List each contact's months from its first event or opt-in to the last month, with the moment judged in each.

    Returns:
        contact_id, month, at; sorted by contact_id and month.
    """
    starts = pl.concat([
        changes.select("contact_id", pl.col("changed_at").alias("at")),
        opted.filter(pl.col("at") <= as_of).select("contact_id", "at"),
    ])  # fmt: skip
    last = pl.select(month_number(pl.lit(as_of), zone)).item()
    spans = starts.group_by("contact_id").agg(month_number(pl.col("at").min(), zone).alias("first"))
    spans = spans.with_columns(pl.lit(last).alias("last"))
    if quiet_since is not None:
        told = quiet_since.select("contact_id", (month_number(pl.col("at"), zone) + MONTHS_OF_SILENCE).alias("_told"))
        longest = pl.max_horizontal("_told", pl.col("first") + MONTHS_OF_SILENCE)
        spans = spans.join(told, on="contact_id", how="left").with_columns(
            pl.min_horizontal("last", longest).alias("last")
        )
    rows = (
        spans.sort("contact_id")
        .select("contact_id", pl.int_ranges("first", pl.col("last") + 1).alias("number"))
        .explode("number")
    )
    numbers = rows.select("number").unique().sort("number").with_columns(
        month_name(pl.col("number")).alias("month"),
        pl.min_horizontal(month_end(pl.col("number"), zone), pl.lit(as_of)).alias("at"),
    )  # fmt: skip
    return rows.join(numbers, on="number", how="left", maintain_order="left").select("contact_id", "month", "at")


def levels(
    changes: pl.DataFrame,
    opted: pl.DataFrame,
    spans: pl.DataFrame,
    zone: str,
    as_of: int,
    quiet_since: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Make the table `levels`: each contact's state at the end of each month (at `as_of` in the last one).

    Months begin with the contact's first event or dated opt-in. Nothing later than a month's end changes its row. With
    `quiet_since` a contact's rows end ten years after its last event: nothing moves any more by then, and one export with
    years in another century would make millions of equal rows.

    Args:
        changes: what `level_changes` returns.
        opted: what `optins.opt_ins` returns.
        spans: what `dormancy.dormant_spans` returns.
        zone: IANA name in which months are counted.
        as_of: end of what is known, microseconds UTC.
        quiet_since: contact_id, at: the contact's last event or dated opt-in; None: rows go on to `as_of`.

    Returns:
        `SCHEMA`, sorted by contact_id, month.
    """
    rows = _months(changes, opted, zone, as_of, quiet_since)
    rows = _as_of(rows, changes.select("contact_id", pl.col("changed_at").alias("at"), pl.col("to").alias("level")))
    state = opted.group_by("contact_id", "at").agg(pl.col("on").any().alias("opted_in"))
    rows = _as_of(rows, state)
    asleep = spans.select("contact_id", pl.col("starts_at").alias("at"), "ends_at").with_columns(
        pl.lit(value=True).alias("slept")
    )
    rows = _as_of(rows, asleep)
    return finish(
        rows.with_columns(
            pl.col("level").fill_null("stranger"),
            pl.col("opted_in").fill_null(value=False),
            (pl.col("slept") & (pl.col("ends_at").is_null() | (pl.col("ends_at") > pl.col("at"))))
            .fill_null(value=False)
            .alias("dormant"),
        ),
        SCHEMA,
    )
