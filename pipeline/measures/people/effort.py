"""Working tables `effort` and `words_by_month`: the words that each side wrote."""

from typing import Final

import polars as pl

from pipeline.measures.calendar import month_number

EFFORT_INPUT: Final = ("contact_id", "direction", "at", "text")
"""Columns of INTERACTIONS that are needed."""


def words(text: pl.Expr) -> pl.Expr:
    r"""Count the words of a text: runs of characters without white space; 0 without a text.

    Source: methods:effort.

    Examples:
        >>> pl.select(words(pl.lit("one  two\n")), words(pl.lit("")).alias("empty")).row(0)
        (2, 0)
    """
    # matching the ends of words is faster than matching whole words
    return text.str.count_matches(r"\S(?:\s|$)").fill_null(0).cast(pl.Int64)


def word_counts(interactions: pl.DataFrame) -> pl.DataFrame:
    """Count the words of each interaction.

    Args:
        interactions: EFFORT_INPUT of those that the exclusions keep.

    Returns:
        contact_id, at (microseconds UTC), given (the owner's words), received (the contact's), in the same order.
    """
    outbound = pl.col("direction") == "outbound"
    counted = interactions.select("contact_id", "at", outbound.alias("outbound"), words(pl.col("text")).alias("words"))
    return counted.select(
        "contact_id",
        "at",
        pl.when("outbound").then("words").otherwise(0).alias("given"),
        pl.when("outbound").then(0).otherwise("words").alias("received"),
    )


def effort_table(word_counts: pl.DataFrame) -> pl.DataFrame:
    """Compute the owner's share of the words exchanged with each contact.

    Args:
        word_counts: from `word_counts`.

    Returns:
        contact_id, effort_share_mine (null without words); sorted by contact_id.

    Source: methods:effort.
    """
    both = pl.col("given") + pl.col("received")
    return (
        word_counts.group_by("contact_id")
        .agg(pl.col("given", "received").sum())
        .select("contact_id", pl.when(both > 0).then(pl.col("given") / both).alias("effort_share_mine"))
        .sort("contact_id")
    )


def words_by_month_table(word_counts: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Sum the words of each month.

    Args:
        word_counts: from `word_counts`.
        zone: IANA name in which months are counted.

    Returns:
        number (month number, see `measures.calendar`), words_given, words_received; sorted, months without any
        interaction left out.
    """
    return (
        word_counts.group_by(month_number(pl.col("at"), zone).alias("number"))
        .agg(pl.col("given").sum().alias("words_given"), pl.col("received").sum().alias("words_received"))
        .sort("number")
    )
