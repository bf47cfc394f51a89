"""Table `contact_reciprocation`: each contact's answered share, shrunk, and the balance of turns and words."""

from typing import Final

import polars as pl

from pipeline.measures.calendar import day_number
from pipeline.measures.gestures import is_answered, is_observable
from pipeline.measures.people.turn_balance import turn_balance
from pipeline.measures.people.turns import TURNS_INPUT
from pipeline.measures.tables import table_schema, to_table
from pipeline.model.durations import DAY, SECOND
from pipeline.model.thresholds import HEADLINE_HORIZON_DAYS
from pipeline.statistics.beta_binomial import fit, posterior

CONTACT_RECIPROCATION_INPUT: Final = (*TURNS_INPUT, "censored_after_us")
"""Columns of GESTURES that are needed."""
HORIZON: Final = HEADLINE_HORIZON_DAYS * DAY
"""Within which an answer counts, microseconds."""
QUIET_GESTURES: Final = 3
"""Mature gestures from which a contact may be called not responding."""
QUIET_DAYS: Final = 3
"""Distinct days of these gestures."""
QUIET_BOUND: Final = 0.3
"""Bound that the upper end of the contact's interval must stay below."""


def _counts(own: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Count the gestures of one initiator and outcome by contact.

    Returns:
        contact_id, gestures (mature), answered (of those, in time), ever (any of those was answered at all), open_since,
        median_lag_s, days (distinct days of the mature gestures).
    """
    mature = pl.col("at_risk") & (pl.col("censored_after_us") >= HORIZON)
    # a gesture is open only if an archive could have shown its answer
    still_open = (pl.col("status") == "open") & is_observable()
    answered = is_answered()
    # values that do not count become null before grouping: a filter inside each group costs several times as much
    rows = own.lazy().select(
        "contact_id",
        mature.alias("mature"),
        (mature & answered & (pl.col("lag_us") <= HORIZON)).alias("in_time"),
        (mature & answered).alias("ever"),
        pl.when(answered).then("lag_us").alias("lag_us"),
        pl.when(still_open).then("started_at").alias("open_since"),
        pl.when(mature).then(day_number(pl.col("started_at"), zone)).alias("day"),
    )
    counted = rows.group_by("contact_id").agg(
        pl.col("mature").sum().cast(pl.Int64).alias("gestures"),
        pl.col("in_time").sum().cast(pl.Int64).alias("answered"),
        # an answer after the horizon is an answer too
        pl.col("ever").any(),
        pl.col("open_since").min(),
    )
    # medians apart: in one aggregation with them the sums would not be streamed
    lags = (
        rows.drop_nulls("lag_us").group_by("contact_id").agg((pl.col("lag_us").median() / SECOND).alias("median_lag_s"))
    )
    days = (
        rows.select("contact_id", "day").drop_nulls("day").unique().group_by("contact_id").agg(pl.len().alias("days"))
    )
    return (
        counted.join(lags, on="contact_id", how="left", validate="1:1")
        .join(days, on="contact_id", how="left", validate="1:1")
        .collect()
    )


def _with_shrunk_share(rows: pl.DataFrame) -> pl.DataFrame:
    """Add share, low, high and the prior, which is pooled over all rows."""
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


def _response_balance(table: pl.DataFrame) -> pl.DataFrame:
    """Compute the contact's raw answered share minus the owner's: contact_id, outcome, response_balance."""
    rate = pl.when(pl.col("gestures") > 0).then(pl.col("answered") / pl.col("gestures"))
    # gestures of the owner are answered by the contact, and the other way round
    theirs, mine = (rate.filter(pl.col("initiator") == initiator).first() for initiator in ("me", "them"))
    return table.group_by("contact_id", "outcome").agg((theirs - mine).alias("response_balance"))


def contact_reciprocation_table(gestures: pl.DataFrame, effort: pl.DataFrame, zone: str = "UTC") -> pl.DataFrame:
    """Compute the table: for each contact with any turn, a row for each initiator and outcome.

    Args:
        gestures: CONTACT_RECIPROCATION_INPUT.
        effort: from `effort.effort_table`.
        zone: IANA name in which days are counted.

    Returns:
        Columns of the table, sorted by contact_id, initiator, outcome. `share` is null without mature gestures, `response_balance`
        unless both sides have some.

    Source: methods:contact-reciprocation, methods:shrinkage, methods:turn-balance, methods:not-responding.
    """
    parts: list[pl.DataFrame] = []
    for outcome in sorted(gestures["outcome"].unique().to_list()):
        of_outcome = gestures.filter(pl.col("outcome") == outcome)
        contacts = turn_balance(of_outcome).join(effort, on="contact_id", how="left")
        for initiator in ("me", "them"):
            counts = _counts(of_outcome.filter(pl.col("initiator") == initiator), zone)
            rows = contacts.join(counts, on="contact_id", how="left").with_columns(
                pl.lit(initiator).alias("initiator"),
                pl.lit(outcome).alias("outcome"),
                pl.col("gestures", "answered", "days").fill_null(0),
            )
            parts.append(_with_shrunk_share(rows.sort("contact_id")))
    if not parts:
        return pl.DataFrame(schema=table_schema("contact_reciprocation"))
    table = pl.concat(parts)
    not_responding = (
        (pl.col("gestures") >= QUIET_GESTURES) & (pl.col("days") >= QUIET_DAYS)
        & pl.col("ever").not_() & (pl.col("high") < QUIET_BOUND)
    )  # fmt: skip
    return to_table(
        table.join(_response_balance(table), on=["contact_id", "outcome"], how="left", validate="m:1").with_columns(
            not_responding.fill_null(value=False).alias("not_responding")
        ),
        "contact_reciprocation",
        "contact_id",
        "initiator",
        "outcome",
    )
