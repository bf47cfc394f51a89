"""Table `active_lag`: the lag counted in the responder's active hours, beside the plain lag of the same answers.

Code in `note`: fewer_than_10_answers.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.reciprocation import cohorts
from pipeline.measures.reciprocation.active_hours import HOURS, ActiveTime, hour_of_week, local_time
from pipeline.measures.reciprocation.dimensions import PREFIX
from pipeline.measures.tables import to_table
from pipeline.model.codes import HEADLINE_GRADES
from pipeline.model.durations import SECOND
from pipeline.model.thresholds import COARSE_S, LEAST_AT_RISK, QUANTILES, WINDOW
from pipeline.statistics.arrays import Ints

OWN_ACTS: Final = 200
"""Acts from which a contact's hours are their own; below it they are those of all contacts of the platform."""
DIMENSIONS: Final = ("all", "platform", "level")
_HOUR_KNOWN: Final = f"{PREFIX}hour_of_week"
ASSIGNED_INPUT: Final = (
    "initiator", "outcome", *cohorts.READ, f"{PREFIX}platform", f"{PREFIX}level", _HOUR_KNOWN,
)  # fmt: skip
"""Columns of the gestures with their dimensions that are read."""
GESTURES_INPUT: Final = ("started_at", "response_interaction_id")
"""Columns of GESTURES that are read."""
ACTS_INPUT: Final = (
    "interaction_id", "contact_id", "platform", "direction", "at", "resolution_s", "automatic", "zone_assumed",
)  # fmt: skip
"""Columns of INTERACTIONS that are read."""
_OWNER: Final = 0
"""Row of the owner in the matrix of acts by hour."""


def active_lag_table(
    assigned: pl.LazyFrame,
    gestures: pl.LazyFrame,
    acts: pl.LazyFrame,
    *,
    time_zone: str = "UTC",
    zone_is_set: bool = True,
) -> pl.DataFrame:
    """Compute the table.

    Args:
        assigned: ASSIGNED_INPUT, from `dimensions.assign`; without a column of levels there is no such dimension.
        gestures: GESTURES_INPUT of the same gestures in the same order.
        acts: ACTS_INPUT, of every interaction.
        time_zone: IANA zone of the owner, in which hours are counted.
        zone_is_set: the owner set it; else acts whose zone is only assumed have no hour.

    Returns:
        A row for each group with an answer and each quantile, sorted by the key.

    Source: methods:active-hours.
    """
    vague = pl.col("resolution_s") >= COARSE_S
    vague = vague if zone_is_set else vague | pl.col("zone_assumed")
    answers = _answers(assigned, gestures, acts.filter(vague).select("interaction_id"))
    counts, answers = _acts_by_hour(acts.filter(~vague & pl.col("automatic").is_null()), answers, time_zone)
    start = answers.select(local_time(pl.col("started_at"), time_zone)).to_series().to_numpy()
    active = ActiveTime.of(counts).between(answers["person"].to_numpy(), start, answers["lag_us"].to_numpy())
    lags = answers.with_columns(
        pl.Series("active_s", active), pl.col("lag_us").alias("wall_s"), pl.lit("all").alias("dim_all")
    )
    groups = [_rows(lags, dimension) for dimension in DIMENSIONS if PREFIX + dimension in lags.columns]
    return to_table(pl.concat(groups), "active_lag", "initiator", "outcome", "dimension", "value", "quantile")


def _answers(assigned: pl.LazyFrame, gestures: pl.LazyFrame, vague: pl.LazyFrame) -> pl.DataFrame:
    """Select the answers within the window to gestures that were followed for as long, hours of both known."""
    known = assigned.collect_schema().names()
    return (
        pl.concat(
            [assigned.select(n for n in ASSIGNED_INPUT if n in known), gestures.select(GESTURES_INPUT)],
            how="horizontal",
        )
        .filter(
            "at_risk",
            pl.col("grade").cast(pl.String).is_in(HEADLINE_GRADES),
            pl.col("lag_us") <= WINDOW,
            pl.col("censored_after_us") >= WINDOW,
            pl.col(_HOUR_KNOWN).is_not_null(),
        )
        .join(vague, left_on="response_interaction_id", right_on="interaction_id", how="anti")
        .select(pl.exclude(*GESTURES_INPUT[1:], _HOUR_KNOWN, "class", "grade", "superseded_after_us", "uncertain"))
        .collect()
    )


def _acts_by_hour(acts: pl.LazyFrame, answers: pl.DataFrame, time_zone: str) -> tuple[Ints, pl.DataFrame]:
    """Count acts by person and hour of the week, and add to each answer the row (`person`) of its responder.

    The rows are the owner, the platforms and the contacts with enough acts. Answers of a responder without acts are dropped.
    """
    hours = (
        acts.with_columns(hour_of_week(local_time(pl.col("at"), time_zone)).alias("hour"))
        .group_by("contact_id", "platform", (pl.col("direction") == "inbound").alias("inbound"), "hour")
        .agg(pl.len().cast(pl.Int64).alias("acts"))
        .collect()
    )
    inbound = hours.filter("inbound")
    pools = inbound.select("platform").unique().sort("platform").with_row_index("pool", _OWNER + 1)
    own = (
        inbound.group_by("contact_id")
        .agg(pl.col("acts").sum())
        .filter(pl.col("acts") >= OWN_ACTS)
        .select("contact_id")
        .sort("contact_id")
        .with_row_index("own", _OWNER + 1 + pools.height)
    )
    persons = pl.concat([
        hours.filter(~pl.col("inbound")).select(pl.lit(_OWNER).cast(pl.UInt32).alias("person"), "hour", "acts"),
        inbound.join(pools, on="platform").select(pl.col("pool").alias("person"), "hour", "acts"),
        inbound.join(own, on="contact_id").select(pl.col("own").alias("person"), "hour", "acts"),
    ])  # fmt: skip
    counts = np.zeros((_OWNER + 1 + pools.height + own.height, HOURS), dtype=np.int64)
    np.add.at(counts, (persons["person"].to_numpy(), persons["hour"].to_numpy()), persons["acts"].to_numpy())
    theirs = pl.coalesce("own", "pool")
    known = [
        table.with_columns(pl.col(on).cast(pl.String).cast(answers.schema[column], strict=False).alias(column))
        .select(column, number)
        .drop_nulls()
        for table, on, column, number in (
            (own, "contact_id", "contact_id", "own"),
            (pools, "platform", f"{PREFIX}platform", "pool"),
        )
    ]
    found = (
        answers.join(known[0], on="contact_id", how="left")
        .join(known[1], on=f"{PREFIX}platform", how="left")
        .with_columns(pl.when(pl.col("initiator") == "me").then(theirs).otherwise(_OWNER).alias("person"))
        .drop_nulls("person")
    )
    total = counts.sum(axis=1)
    return counts, found.filter(pl.Series(total[found["person"].to_numpy()] > 0, dtype=pl.Boolean))


def _rows(lags: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """Return the rows of one dimension.

    A quantile is the smallest lag that reaches the share. Source: methods:lag-quantiles.
    """
    by = ("initiator", "outcome", "value")
    frame = lags.rename({PREFIX + dimension: "value"}).drop_nulls("value")
    frame = frame.select(*by, "active_s", "wall_s")
    figures = [
        frame.sort(figure)
        .group_by(*by)
        .agg(
            pl.len().alias("answers"),
            pl.concat_list(
                pl.col(figure).get((pl.len() * share - 1).ceil().clip(0).cast(pl.UInt32)) for share in QUANTILES
            ).alias(figure),
            pl.lit(list(QUANTILES)).alias("quantile"),
        )
        .explode(figure, "quantile")
        for figure in ("active_s", "wall_s")
    ]
    few = pl.col("answers") < LEAST_AT_RISK
    return (
        figures[0]
        .join(figures[1].drop("answers"), on=[*by, "quantile"])
        .with_columns(
            pl.col(*by).cast(pl.String),
            pl.lit(dimension).alias("dimension"),
            *(pl.when(~few).then(pl.col(figure) / SECOND).alias(figure) for figure in ("active_s", "wall_s")),
            pl.when(few).then(pl.lit("fewer_than_10_answers")).alias("note"),
        )
    )
