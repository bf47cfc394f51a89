"""Table `balance`: the owner's gestures and their answers by tier, for all time and by month, beside the target mix.

Tiers are those of today, also for gestures of long ago.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.measures.calendar import month_name, month_number
from pipeline.measures.tables import to_table
from pipeline.model.codes import TIERS

ALL: Final = "all"
"""The period of all months."""
LEAST_CONTACTS: Final = 5
"""Contacts of a tier from which its answered share is given."""


def outreach(turns: pl.DataFrame, standing: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Count the owner's gestures and their answers by period, tier and contact.

    Args:
        turns: of the outcome `worded`, from `turns.turns_table`.
        standing: contact_id, tier.
        zone: IANA name in which months are counted.

    Returns:
        period (`all`, and each month from the first to the last as YYYY-MM), tier, contact_id, gestures, answers (grades
        A to C); sorted. A month without gestures has one row without tier and contact.

    Source: methods:guru-newbie-balance.
    """
    own = (
        turns.filter("mine")
        .select("contact_id", month_number(pl.col("at"), zone).alias("number"), "answered")
        .group_by("contact_id", "number")
        .agg(pl.len().cast(pl.Int64).alias("gestures"), pl.col("answered").sum().cast(pl.Int64).alias("answers"))
        .join(standing.select("contact_id", "tier"), on="contact_id", how="left", validate="m:1")
        .with_columns(pl.col("tier").fill_null("unknown"))
    )
    if own.is_empty():
        return own.select(pl.lit(ALL).alias("period"), "tier", "contact_id", "gestures", "answers")
    span = pl.DataFrame({"number": range(int(own["number"].min()), int(own["number"].max()) + 1)})  # type: ignore[arg-type]  # integers of a column that isn't empty
    by_month = span.join(own, on="number", how="left").select(
        month_name(pl.col("number")).alias("period"), "tier", "contact_id", "gestures", "answers"
    )
    overall = own.group_by("contact_id", "tier").agg(pl.col("gestures", "answers").sum())
    return pl.concat(
        [overall.select(pl.lit(ALL).alias("period"), "tier", "contact_id", "gestures", "answers"), by_month]
    ).sort("period", "tier", "contact_id")


def _share(part: str, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(pl.col(part) / whole)


def balance_table(outreach: pl.DataFrame, target: Mapping[str, float] | None = None) -> pl.DataFrame:
    """Compute the table: a row for each tier in `all` and in every month from the first gesture to the last.

    Args:
        outreach: from `outreach`.
        target: tier -> wanted share of the known tiers, summing to 1; None: the owner has set none.

    Returns:
        Columns of the table, sorted by period and tier. Tiers without gestures have zeros. `attention_return` (answers / gestures) is
        null for a tier with fewer than 5 contacts.

    Source: methods:guru-newbie-balance.
    """
    periods = outreach.select("period").unique()
    if periods.is_empty():
        periods = pl.DataFrame({"period": [ALL]})
    sums = outreach.filter(pl.col("contact_id").is_not_null()).group_by("period", "tier").agg(
        pl.col("gestures", "answers").sum(), pl.col("contact_id").n_unique().cast(pl.Int64).alias("contacts")
    )  # fmt: skip
    wanted = pl.DataFrame(
        {"tier": TIERS, "target_share": [target.get(tier) if target else None for tier in TIERS]},
        schema={"tier": pl.String, "target_share": pl.Float64},
    )
    known = pl.col("tier") != "unknown"
    table = (
        periods.join(wanted, how="cross")
        .join(sums, on=["period", "tier"], how="left")
        .with_columns(pl.col("gestures", "answers", "contacts").fill_null(0))
        .with_columns(
            _share("gestures", pl.col("gestures").sum().over("period")).alias("outreach_share"),
            _share("answers", pl.col("answers").sum().over("period")).alias("return_share"),
            _share("contacts", pl.col("contacts").sum().over("period")).alias("contact_share"),
            pl.when(known)
            .then(_share("gestures", pl.col("gestures").filter(known).sum().over("period")))
            .alias("outreach_share_known"),
            pl.when(pl.col("contacts") >= LEAST_CONTACTS)
            .then(_share("answers", pl.col("gestures")))
            .alias("attention_return"),
        )
    )
    return to_table(table, "balance", "period", "tier")
