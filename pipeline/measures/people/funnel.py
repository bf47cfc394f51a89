"""`funnel`: from stranger to opted in, and how long each stage took (METHODS 6, Ruling 16).

Entry points: `reached(...)` (when each contact first reached each stage), `funnel(...)` (the table).
"""

from typing import Final

import polars as pl

from pipeline.measures.people.timeline import DAY, Schema, Timeline, finish
from pipeline.statistics.kaplan_meier import kaplan_meier

STAGES: Final = ("stranger", "noticed", "exchanged", "dancing", "friend", "close", "opted_in")
DANCING_EXCHANGES: Final = 3
SCHEMA: Final[Schema] = {
    "stage": pl.String, "contacts": pl.Int64, "median_days_to_reach": pl.Float64, "from_stage": pl.String,
    "place": pl.Int64, "at_risk": pl.Int64,
}  # fmt: skip
"""CONTRACT's columns, then extras: the stage's place in the order, and the contacts over whom the median is taken."""


def reached(timeline: Timeline, changes: pl.DataFrame, opted: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Date when each contact first reached each stage.

    Returns:
        contact_id, stage, at; sorted. `stranger` isn't reached, one begins there.
    """
    done = timeline.exchanges
    parts = {
        "noticed": timeline.turns.filter(pl.col("mine").not_()),
        "exchanged": done,
        "dancing": done.filter(pl.int_range(pl.len()).over("contact_id", order_by="at") == DANCING_EXCHANGES - 1),
        "friend": changes.filter(pl.col("to").is_in(["friend", "close"])).rename({"changed_at": "at"}),
        "close": changes.filter(pl.col("to") == "close").rename({"changed_at": "at"}),
        "opted_in": opted.filter("on"),
    }
    return (
        pl.concat(
            part.select("contact_id", pl.lit(stage).alias("stage"), "at").filter(pl.col("at") <= as_of)
            for stage, part in parts.items()
        )
        .group_by("contact_id", "stage")
        .agg(pl.col("at").min())
        .sort("contact_id", "stage")
    )


def funnel(
    contacts: pl.DataFrame, timeline: Timeline, changes: pl.DataFrame, opted: pl.DataFrame, as_of: int
) -> pl.DataFrame:
    """Make the table: how many contacts ever reached each stage, and the median time to it.

    Time counts from the contact's first turn (`from_stage` = stranger), by Kaplan-Meier over every contact with a turn,
    censored at `as_of`; who was there before the first turn took no time. NULL: fewer than half reached it.

    Args:
        contacts: contact_id: everybody, also those without any event; who is `excluded` (if that column is there) is outside.
        timeline: of the outcome `worded`.
        changes: what `levels.level_changes` returns.
        opted: what `optins.opt_ins` returns.
        as_of: end of what is known, microseconds UTC.

    Returns:
        `SCHEMA`, in the order of the stages.
    """
    kept = contacts.filter(pl.col("excluded").not_()) if "excluded" in contacts.columns else contacts
    people = kept.select("contact_id").unique()
    dates = reached(timeline, changes, opted, as_of).join(people, on="contact_id", how="semi")
    first = timeline.turns.group_by("contact_id").agg(pl.col("at").min().alias("first"))
    first = first.join(people, on="contact_id", how="semi").sort("contact_id")
    rows: list[dict[str, object]] = [
        {"stage": "stranger", "contacts": people.height, "median_days_to_reach": None, "from_stage": None, "place": 0,
         "at_risk": people.height},
    ]  # fmt: skip
    for place, stage in enumerate(STAGES[1:], start=1):
        these = dates.filter(pl.col("stage") == stage)
        times = (
            first.join(these, on="contact_id", how="left")
            .select(
                (pl.coalesce("at", pl.lit(as_of)) - pl.col("first")).clip(lower_bound=0).alias("time"),
                pl.col("at").is_not_null().alias("yes"),
            )
            .sort("time", "yes")
        )
        curve = kaplan_meier(times["time"].to_numpy(), times["yes"].to_numpy())
        median = curve.quantile(0.5).time
        rows.append({
            "stage": stage, "contacts": these.height, "from_stage": "stranger", "place": place, "at_risk": times.height,
            "median_days_to_reach": None if median is None else median / DAY,
        })  # fmt: skip
    return finish(pl.DataFrame(rows, schema=dict(SCHEMA)), SCHEMA, "place")
