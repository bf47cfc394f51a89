"""`contact_reciprocation`: one contact's answers, shrunken, and the balance of turns (METHODS 2.4-2.6, Ruling 12).

Entry point: `contact_reciprocation(gestures, effort, zone)`.
"""

from typing import Final

import polars as pl

from pipeline.measures.people.timeline import DAY, SECOND, Schema, answered, day_number, finish, is_group, seen
from pipeline.statistics.beta_binomial import fit, posterior

HORIZON: Final = 7 * DAY
QUIET_GESTURES: Final = 3
QUIET_DAYS: Final = 3
QUIET_BOUND: Final = 0.3
"""METHODS 2.6: at least 3 mature gestures on 3 days, none answered, upper bound below 0.3."""
SHRINK_TURNS: Final = 2
"""k of the shrunk signed share, METHODS 2.5."""

SCHEMA: Final[Schema] = {
    "contact_id": pl.String, "initiator": pl.String, "outcome": pl.String, "gestures": pl.Int64, "answered": pl.Int64,
    "share": pl.Float64, "low": pl.Float64, "high": pl.Float64, "median_lag_s": pl.Float64, "open_since": pl.Int64,
    "whose_step": pl.String, "mine": pl.Int64, "theirs": pl.Int64, "share_mine": pl.Float64, "signed": pl.Float64,
    "symmetric": pl.Float64, "log_ratio": pl.Float64, "effort_share_mine": pl.Float64, "response_balance": pl.Float64,
    "not_responding": pl.Boolean, "signed_shrunk": pl.Float64, "prior_a": pl.Float64, "prior_b": pl.Float64,
}  # fmt: skip
"""CONTRACT's columns, then extras: the shrunk signed share and the prior of the row's initiator and outcome."""


def indices(mine: pl.Expr, theirs: pl.Expr) -> list[pl.Expr]:
    """Make the balance indices of METHODS 2.5 from counts of turns; 0 of 0 gives null where a ratio has no meaning."""
    both = mine + theirs
    some = both > 0
    return [
        pl.when(some).then(mine / both).alias("share_mine"),
        pl.when(some).then((mine - theirs) / both).alias("signed"),
        pl.when(some).then(pl.min_horizontal(mine, theirs) / pl.max_horizontal(mine, theirs)).alias("symmetric"),
        pl.when(some).then(((mine + 0.5) / (theirs + 0.5)).log()).alias("log_ratio"),
        pl.when(some).then((mine - theirs) / (both + 2 * SHRINK_TURNS)).alias("signed_shrunk"),
    ]


def _sides(gestures: pl.DataFrame) -> pl.DataFrame:
    """Count each side's turns of one outcome, and tell whose step is next."""
    # the last digit of a numbered turn says whose it is: the greatest number is the last turn
    numbered = pl.when(is_group().not_()).then(2 * pl.col("place") + pl.col("mine"))
    last = pl.col("last")
    return (
        gestures.select("contact_id", "place", "is_group", (pl.col("initiator") == "me").alias("mine"))
        .with_columns(pl.col("mine").not_().alias("theirs"), numbered.alias("last"))
        .group_by("contact_id")
        .agg(pl.col("mine", "theirs").sum().cast(pl.Int64), last.max())
        .with_columns(
            pl.when(last.is_null()).then(pl.lit("nobody"))
            .when(last % 2 == 1).then(pl.lit("theirs")).otherwise(pl.lit("mine")).alias("whose_step"),
            *indices(pl.col("mine"), pl.col("theirs")),
        )
    )  # fmt: skip


def _counts(own: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Count the gestures of one initiator and outcome by contact."""
    mature = pl.col("at_risk") & (pl.col("censored_after_us") >= HORIZON)
    # an answer that no archive could have shown is not missing: such a gesture isn't called open
    still_open = (pl.col("status") == "open") & seen()
    yes = answered()
    # what doesn't count is null before the groups are made: a filter inside of each group costs several times as much
    told = own.lazy().select(
        "contact_id",
        mature.alias("mature"),
        (mature & yes & (pl.col("lag_us") <= HORIZON)).alias("in_time"),
        (mature & yes).alias("ever"),
        pl.when(yes).then("lag_us").alias("lag_us"),
        pl.when(still_open).then("started_at").alias("open_since"),
        pl.when(mature).then(day_number(pl.col("started_at"), zone)).alias("day"),
    )
    counted = told.group_by("contact_id").agg(
        pl.col("mature").sum().cast(pl.Int64).alias("gestures"),
        pl.col("in_time").sum().cast(pl.Int64).alias("answered"),
        # who answered after the horizon has answered all the same
        pl.col("ever").any(),
        pl.col("open_since").min(),
    )
    # medians apart: beside others they would keep the sums from being counted row by row
    lags = (
        told.drop_nulls("lag_us").group_by("contact_id").agg((pl.col("lag_us").median() / SECOND).alias("median_lag_s"))
    )
    days = (
        told.select("contact_id", "day").drop_nulls("day").unique().group_by("contact_id").agg(pl.len().alias("days"))
    )
    return (
        counted.join(lags, on="contact_id", how="left", validate="1:1")
        .join(days, on="contact_id", how="left", validate="1:1")
        .collect()
    )


def _shrunken(rows: pl.DataFrame) -> pl.DataFrame:
    k, n = rows["answered"].to_numpy(), rows["gestures"].to_numpy()
    prior = fit(k, n)
    mean, low, high = posterior(k, n, prior)
    some = pl.col("gestures") > 0
    return rows.with_columns(
        pl.when(some).then(pl.Series(mean)).alias("share"),
        pl.when(some).then(pl.Series(low)).alias("low"),
        pl.when(some).then(pl.Series(high)).alias("high"),
        pl.lit(prior.a).alias("prior_a"),
        pl.lit(prior.b).alias("prior_b"),
    )


def contact_reciprocation(gestures: pl.DataFrame, effort: pl.DataFrame, zone: str = "UTC") -> pl.DataFrame:
    """Make the table: for each contact with any turn, a row for each initiator and outcome.

    `gestures` are mature at 7 days and at risk, `answered` by 7 days with grades A-C. The prior is pooled over all
    contacts of the same initiator and outcome. `response_balance` is the difference of the raw rates, null unless both
    sides have mature gestures. `share` is null without mature gestures.

    Args:
        gestures: `schemas.GESTURES`.
        effort: what `effort.effort` returns.
        zone: IANA name in which days are counted.

    Returns:
        `SCHEMA`, sorted by contact_id, initiator, outcome.
    """
    frames: list[pl.DataFrame] = []
    for outcome in sorted(gestures["outcome"].unique().to_list()):
        of_outcome = gestures.filter(pl.col("outcome") == outcome)
        sides = _sides(of_outcome).join(effort, on="contact_id", how="left")
        for initiator in ("me", "them"):
            own = _counts(of_outcome.filter(pl.col("initiator") == initiator), zone)
            rows = sides.join(own, on="contact_id", how="left").with_columns(
                pl.lit(initiator).alias("initiator"),
                pl.lit(outcome).alias("outcome"),
                pl.col("gestures", "answered", "days").fill_null(0),
            )
            frames.append(_shrunken(rows.sort("contact_id")))
    if not frames:
        return pl.DataFrame(schema=dict(SCHEMA))
    table = pl.concat(frames)
    raw = table.select(
        "contact_id", "outcome", "initiator",
        pl.when(pl.col("gestures") > 0).then(pl.col("answered") / pl.col("gestures")).alias("rate"),
    )  # fmt: skip
    they, me = (
        raw.filter(pl.col("initiator") == side).select("contact_id", "outcome", pl.col("rate").alias(name))
        for side, name in (("me", "they"), ("them", "i"))
    )
    quiet = (
        (pl.col("gestures") >= QUIET_GESTURES) & (pl.col("days") >= QUIET_DAYS)
        & pl.col("ever").not_() & (pl.col("high") < QUIET_BOUND)
    )  # fmt: skip
    return finish(
        table.join(they, on=["contact_id", "outcome"], how="left", validate="m:1")
        .join(me, on=["contact_id", "outcome"], how="left", validate="m:1")
        .with_columns(
            (pl.col("they") - pl.col("i")).alias("response_balance"),
            quiet.fill_null(value=False).alias("not_responding"),
        ),
        SCHEMA,
        "contact_id",
        "initiator",
        "outcome",
    )
