"""Effort, in words: what each side wrote to the other, by contact and by month (METHODS 2.5).

Entry points: `said(interactions)` counts; `effort(told)` and `words_said(told, zone)` sum what it counted.
"""

from typing import Final

import polars as pl

from pipeline.measures.people.timeline import month_number, words

READ: Final = ("contact_id", "direction", "at", "text")
"""Columns of INTERACTIONS that are looked at."""


def said(interactions: pl.DataFrame) -> pl.DataFrame:
    """Count the words of each interaction that matching kept.

    Args:
        interactions: READ columns.

    Returns:
        contact_id, at, given (the owner's words), received (theirs).
    """
    out = pl.col("direction") == "outbound"
    counted = interactions.select("contact_id", "at", out.alias("out"), words(pl.col("text")).alias("words"))
    return counted.select(
        "contact_id",
        "at",
        pl.when("out").then("words").otherwise(0).alias("given"),
        pl.when("out").then(0).otherwise("words").alias("received"),
    )


def effort(told: pl.DataFrame) -> pl.DataFrame:
    """Give the owner's share of the words that went between them and each contact; null where there were none.

    Args:
        told: what `said` returns.

    Returns:
        contact_id, effort_share_mine.
    """
    both = pl.col("given") + pl.col("received")
    return (
        told.group_by("contact_id")
        .agg(pl.col("given", "received").sum())
        .select("contact_id", pl.when(both > 0).then(pl.col("given") / both).alias("effort_share_mine"))
        .sort("contact_id")
    )


def words_said(told: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Sum the words of each month of the owner's zone.

    Args:
        told: what `said` returns.
        zone: IANA name in which months are counted.

    Returns:
        number (of the month, as `timeline.month_number` counts), words_given, words_received; months with any interaction.
    """
    return (
        told.group_by(month_number(pl.col("at"), zone).alias("number"))
        .agg(pl.col("given").sum().alias("words_given"), pl.col("received").sum().alias("words_received"))
        .sort("number")
    )
