"""Table `levels`: the level of each contact at the end of each month, with the flags opted in and dormant.

The levels themselves, and when they change, come from `level_changes`.
"""

from typing import Final

import polars as pl

from pipeline.measures.calendar import month_end, month_name, month_number
from pipeline.measures.tables import to_table

MONTHS_OF_SILENCE: Final = 120
"""Months after a contact's last activity for which it has rows: nothing can change any more by then."""


def last_activity(turns: pl.DataFrame, opt_ins: pl.DataFrame) -> pl.DataFrame:
    """Date each contact's last event or opt-in.

    Args:
        turns: from `turns.turns_table`.
        opt_ins: from `opt_ins.opt_ins_table`.

    Returns:
        contact_id, at (microseconds UTC).
    """
    moments = [turns.select("contact_id", pl.col("last_at").alias("at")), opt_ins.select("contact_id", "at")]
    return pl.concat(moments).group_by("contact_id").agg(pl.col("at").max())


def levels_table(
    level_changes: pl.DataFrame,
    opt_ins: pl.DataFrame,
    dormant_spans: pl.DataFrame,
    *,
    zone: str,
    as_of: int,
    last_activity: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Compute the table: each contact's state at the end of each month, and at `as_of` in the last month.

    Months begin with the contact's first event or opt-in. A row depends only on what happened up to its month's end.

    Args:
        level_changes: from `level_changes.level_changes_table`.
        opt_ins: from `opt_ins.opt_ins_table`.
        dormant_spans: from `dormancy.dormant_spans_table`.
        zone: IANA name in which months are counted.
        as_of: end of what is known, microseconds UTC.
        last_activity: from `last_activity`; a contact's rows end ten years after it. Otherwise one export with events in
            a wrong century would make millions of equal rows. None: rows go on to `as_of`.

    Returns:
        Columns of the table, sorted by contact_id and month.

    Source: methods:levels, methods:dormancy, methods:opt-in.
    """
    months = _months(level_changes, opt_ins, zone=zone, as_of=as_of, last_activity=last_activity)
    changes = level_changes.select("contact_id", pl.col("changed_at").alias("at"), pl.col("to").alias("level"))
    opted = opt_ins.group_by("contact_id", "at").agg(pl.col("on").any().alias("opted_in"))
    dormant = dormant_spans.select(
        "contact_id", pl.col("starts_at").alias("at"), "ends_at", pl.lit(value=True).alias("was_dormant")
    )
    rows = months
    for states in (changes, opted, dormant):
        rows = _latest_state(rows, states)
    not_ended = pl.col("ends_at").is_null() | (pl.col("ends_at") > pl.col("at"))
    return to_table(
        rows.with_columns(
            pl.col("level").fill_null("stranger"),
            pl.col("opted_in").fill_null(value=False),
            (pl.col("was_dormant") & not_ended).fill_null(value=False).alias("dormant"),
        ),
        "levels",
    )


def _months(
    level_changes: pl.DataFrame,
    opt_ins: pl.DataFrame,
    *,
    zone: str,
    as_of: int,
    last_activity: pl.DataFrame | None,
) -> pl.DataFrame:
    """List each contact's months with the moment of each state: contact_id, month, at; sorted by contact and month."""
    starts = pl.concat([
        level_changes.select("contact_id", pl.col("changed_at").alias("at")),
        opt_ins.filter(pl.col("at") <= as_of).select("contact_id", "at"),
    ])  # fmt: skip
    last = pl.select(month_number(pl.lit(as_of), zone)).item()
    spans = starts.group_by("contact_id").agg(month_number(pl.col("at").min(), zone).alias("first"))
    spans = spans.with_columns(pl.lit(last).alias("last"))
    if last_activity is not None:
        ends = last_activity.select(
            "contact_id", (month_number(pl.col("at"), zone) + MONTHS_OF_SILENCE).alias("of_activity")
        )
        longest = pl.max_horizontal("of_activity", pl.col("first") + MONTHS_OF_SILENCE)
        spans = spans.join(ends, on="contact_id", how="left").with_columns(
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


def _latest_state(moments: pl.DataFrame, states: pl.DataFrame) -> pl.DataFrame:
    """Add to each (contact_id, at) of `moments`, which are sorted by both, the last state at or before it."""
    return moments.join_asof(states.sort("contact_id", "at"), on="at", by="contact_id", check_sortedness=False)
