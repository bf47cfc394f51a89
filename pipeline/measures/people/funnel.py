"""Table `funnel`: how many contacts reached each stage from stranger to opted in, and how long it took."""

from typing import Final

import polars as pl

from pipeline.measures.tables import table_schema, to_table
from pipeline.model.codes import STAGES
from pipeline.model.durations import DAY
from pipeline.statistics.kaplan_meier import kaplan_meier

DANCING_EXCHANGES: Final = 3


def _stages_reached(
    turns: pl.DataFrame, exchanges: pl.DataFrame, level_changes: pl.DataFrame, opt_ins: pl.DataFrame
) -> pl.DataFrame:
    """Date when each contact first reached each stage but `stranger`: contact_id, stage, at."""
    parts = {
        "noticed": turns.filter(pl.col("mine").not_()),
        "exchanged": exchanges,
        "dancing": exchanges.filter(pl.int_range(pl.len()).over("contact_id", order_by="at") == DANCING_EXCHANGES - 1),
        "friend": level_changes.filter(pl.col("to").is_in(["friend", "close"])).rename({"changed_at": "at"}),
        "close": level_changes.filter(pl.col("to") == "close").rename({"changed_at": "at"}),
        "opted_in": opt_ins.filter("on"),
    }
    return (
        pl.concat(part.select("contact_id", pl.lit(stage).alias("stage"), "at") for stage, part in parts.items())
        .group_by("contact_id", "stage")
        .agg(pl.col("at").min())
    )


def funnel_table(
    contacts: pl.DataFrame,
    turns: pl.DataFrame,
    exchanges: pl.DataFrame,
    *,
    level_changes: pl.DataFrame,
    opt_ins: pl.DataFrame,
    as_of: int,
) -> pl.DataFrame:
    """Compute the table: how many contacts ever reached each stage, and the median time to it.

    The time runs from the contact's first turn (0 if the stage was reached before it). The median is that of a
    Kaplan-Meier curve over all contacts with a turn, censored at `as_of`.

    Args:
        contacts: contact_id of all contacts; those with `excluded` (an optional column) are left out.
        turns: of the outcome `worded`, from `turns.turns_table`.
        exchanges: of the outcome `worded`, from `turns.exchanges_table`.
        level_changes: from `level_changes.level_changes_table`.
        opt_ins: from `opt_ins.opt_ins_table`.
        as_of: end of what is known, microseconds UTC.

    Returns:
        Columns of the table, in the order of the stages. `median_days_to_reach` is null if fewer than half reached the stage.

    Source: methods:funnel.
    """
    kept = contacts.filter(pl.col("excluded").not_()) if "excluded" in contacts.columns else contacts
    people = kept.select("contact_id").unique()
    dates = _stages_reached(turns, exchanges, level_changes, opt_ins)
    dates = dates.filter(pl.col("at") <= as_of).join(people, on="contact_id", how="semi")
    first = turns.group_by("contact_id").agg(pl.col("at").min().alias("first"))
    first = first.join(people, on="contact_id", how="semi").sort("contact_id")
    rows: list[dict[str, object]] = [
        {"stage": "stranger", "contacts": people.height, "median_days_to_reach": None, "from_stage": None, "place": 0,
         "at_risk": people.height},
    ]  # fmt: skip
    for position, stage in enumerate(STAGES[1:], start=1):
        these = dates.filter(pl.col("stage") == stage)
        times = (
            first.join(these, on="contact_id", how="left")
            .select(
                (pl.coalesce("at", pl.lit(as_of)) - pl.col("first")).clip(lower_bound=0).alias("time"),
                pl.col("at").is_not_null().alias("reached"),
            )
            .sort("time", "reached")
        )
        curve = kaplan_meier(times["time"].to_numpy(), times["reached"].to_numpy())
        median = curve.quantile(0.5).time
        rows.append({
            "stage": stage, "contacts": these.height, "from_stage": "stranger", "place": position, "at_risk": times.height,
            "median_days_to_reach": None if median is None else median / DAY,
        })  # fmt: skip
    return to_table(pl.DataFrame(rows, schema=table_schema("funnel")), "funnel", "place")
