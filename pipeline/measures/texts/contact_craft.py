"""Table `contact_craft`: how the owner wrote to each contact, and what was given before anything was asked."""

from typing import Final

import polars as pl

from pipeline.measures.tables import to_table
from pipeline.measures.texts.disclosure_matching import FIGURES
from pipeline.measures.texts.owner_texts import direct_interactions, owner_texts
from pipeline.model.durations import DAY

CRAFT_INPUT: Final = ("interaction_id", "genericness", "templated", "link_drop", "ask", "give", "asks_for_answer")
"""Columns of CRAFT that are read."""


def contact_craft_table(
    encoded: pl.DataFrame, craft: pl.DataFrame, disclosure: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Compute the table: a row for each contact to whom the owner wrote a text outside group chats.

    Args:
        encoded: `owner_texts.ENCODED_INPUT` and contact_id, campaigns included.
        craft: CRAFT_INPUT, the owner's texts.
        disclosure: what `disclosure_matching.disclosure_matching` returns; None if depths aren't computed.

    Returns:
        Columns of the table, sorted by contact_id; first_ask_at and first_give_at in microseconds UTC.

    Source: methods:gives-before-asks.
    """
    texts = owner_texts(encoded, craft)
    asks, gives = (pl.col(name).fill_null(value=False) for name in ("ask", "give"))
    counts = texts.with_columns((asks.cast(pl.Int64).cum_sum().over("contact_id") == 0).alias("before_ask"))
    people = counts.group_by("contact_id").agg(
        pl.len().alias("texts"),
        pl.col("ask").is_not_null().sum().alias("assessed"),
        *((pl.col("genericness") == name).sum().alias(name) for name in ("generic", "short", "substantive")),
        pl.col("templated").sum(),
        pl.col("link_drop").sum().alias("link_drops"),
        asks.sum().alias("asks"),
        gives.sum().alias("gives"),
        pl.col("asks_for_answer").sum().alias("asks_for_answer"),
        (gives & pl.col("before_ask")).sum().alias("gives_before_ask"),
        pl.col("at").filter(asks).min().alias("first_ask_at"),
        pl.col("at").filter(gives).min().alias("first_give_at"),
    )
    begun = direct_interactions(encoded).group_by("contact_id").agg(pl.col("at").min().alias("first_at"))
    days = (pl.col("first_ask_at") - pl.col("first_at")) / DAY
    table = people.join(begun, on="contact_id", how="left").with_columns(
        pl.col("contact_id").cast(pl.String), days.alias("days_to_first_ask")
    )
    if disclosure is None:
        table = table.with_columns(pl.lit(None, kind).alias(name) for name, kind in FIGURES.items())
    else:
        table = table.join(disclosure, on="contact_id", how="left").with_columns(
            pl.col("disclosure_pairs").fill_null(0)
        )
    return to_table(table, "contact_craft", "contact_id")
