"""Table `first_asks`: the share of the contacts whom the owner has asked for something, by the time since first contact."""

from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.tables import table_schema, to_table
from pipeline.measures.texts.owner_texts import direct_interactions
from pipeline.model.durations import DAY
from pipeline.statistics.kaplan_meier import kaplan_meier

DAYS: Final = (0, 1, 7, 14, 30, 60, 90, 180, 365)
"""Days since first contact at which the curve is read."""
FOLLOWED_INPUT: Final = ("contact_id", "account_id", "at", "is_group", "exclusion")
"""Columns of the encoded interactions that are read."""


def followed_spans(encoded: pl.DataFrame, coverage: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Return from when until when an ask of each contact could have been seen.

    Args:
        encoded: FOLLOWED_INPUT, campaigns included.
        coverage: schema COVERAGE.
        as_of: end of what is known, microseconds UTC; used for accounts whose coverage has no end.

    Returns:
        contact_id (text), first_at, until: from the first interaction outside group chats, in either direction, to the
        latest end of what the archives show of the owner's acts on the accounts on which the two were in touch; not
        before their last interaction and not after `as_of`. Microseconds UTC.

    Source: methods:first-asks.
    """
    shown = coverage.filter(pl.col("direction") == "outbound", pl.col("visibility") != "none")
    ends = shown.group_by("account_id").agg(pl.col("ends_at").fill_null(as_of).max())
    pairs = direct_interactions(encoded).group_by("contact_id", "account_id").agg(
        pl.col("at").min().alias("first_at"), pl.col("at").max().alias("last_at")
    )  # fmt: skip
    return (
        pairs.with_columns(pl.col("contact_id", "account_id").cast(pl.String))
        .join(ends, on="account_id", how="left")
        .group_by("contact_id")
        .agg(
            pl.col("first_at").min(),
            pl.max_horizontal("last_at", pl.min_horizontal(pl.col("ends_at").fill_null(as_of), as_of))
            .max()
            .alias("until"),
        )
    )


def first_asks_table(contact_craft: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Compute the table: Kaplan-Meier from the first interaction with a contact to the owner's first text that asks.

    Args:
        contact_craft: contact_id, assessed, first_ask_at; contacts without an assessed text are left out.
        spans: what `followed_spans` returns.

    Returns:
        Columns of the table, in the order of DAYS; no rows without contacts. The share is null where no contact is followed
        for as long and not all have been asked; its interval is also null while it is 0, and at 1.

    Source: methods:first-asks, methods:kaplan-meier.
    """
    people = (
        contact_craft.filter(pl.col("assessed") > 0)
        .join(spans, on="contact_id", how="inner")
        .select(
            (pl.coalesce("first_ask_at", "until") - pl.col("first_at")).alias("time"),
            pl.col("first_ask_at").is_not_null().alias("asked"),
        )
        .sort("time")
    )
    if people.is_empty():
        return pl.DataFrame(schema=table_schema("first_asks"))
    times = people["time"].to_numpy()
    lags = np.array(DAYS, dtype=np.int64) * DAY
    curve = kaplan_meier(times, people["asked"].to_numpy())
    at_risk = len(times) - np.searchsorted(times, lags, side="left")
    left = curve.at(lags)
    low, high = curve.band_at(lags)
    unknown = (at_risk == 0) & (left > 0)
    rows = pl.DataFrame(
        {
            "day": DAYS,
            "at_risk": at_risk,
            "asked_share": np.where(unknown, np.nan, 1 - left),
            "low": np.where(unknown, np.nan, 1 - high),
            "high": np.where(unknown, np.nan, 1 - low),
            "contacts": len(times),
        }
    )
    return to_table(rows, "first_asks", "day")
