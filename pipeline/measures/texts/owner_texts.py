"""The owner's texts to each contact in their order, and how many of them gave before each.

Group chats are left out, since their texts aren't addressed to one member. Campaigns are kept, since they are part of how
the owner writes (methods:dimensions).
"""

from typing import Final

import polars as pl

from pipeline.matching.canonical_order import PLACES
from pipeline.measures.gestures import is_group

CAMPAIGN: Final = "campaign"
ENCODED_INPUT: Final = ("interaction_id", "outbound", "is_group", "at", PLACES["me"], "exclusion")
"""Columns of the encoded interactions that are read beside contact_id."""


def with_campaigns(encoded: pl.DataFrame) -> pl.DataFrame:
    """Return the encoded interactions with none excluded as a campaign.

    Args:
        encoded: what `match.encode_interactions` returns, or some columns of it with `exclusion`.
    """
    exclusion = pl.col("exclusion").cast(pl.String)
    return encoded.with_columns(pl.when(exclusion != CAMPAIGN).then("exclusion").alias("exclusion"))


def direct_interactions(encoded: pl.DataFrame) -> pl.DataFrame:
    """Return the interactions outside group chats that no rule excludes.

    Args:
        encoded: ENCODED_INPUT and contact_id.
    """
    return encoded.filter(~is_group(), pl.col("exclusion").is_null())


def owner_texts(encoded: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Put the owner's texts to each contact in canonical order.

    Args:
        encoded: ENCODED_INPUT and contact_id; excluded rows have no texts.
        texts: interaction_id, give and any columns.

    Returns:
        contact_id, at and the columns of `texts`, with earlier_gifts (Int64): how many of the earlier texts to the contact
        give; contact by contact.

    Source: methods:canonical-order, methods:gives-before-asks.
    """
    place = PLACES["me"]
    own = direct_interactions(encoded).filter("outbound").select("contact_id", "at", "interaction_id", place)
    gives = pl.col("give").fill_null(value=False).cast(pl.Int64)
    return (
        own.join(texts, on="interaction_id", how="inner")
        .sort(place)
        .with_columns((gives.cum_sum() - gives).over("contact_id").alias("earlier_gifts"))
        .drop(place)
    )


def earlier_gifts(encoded: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Return interaction_id, earlier_gifts of the owner's texts outside group chats.

    Args:
        encoded: ENCODED_INPUT and contact_id.
        texts: interaction_id, give.

    Source: methods:gives-before-asks.
    """
    return owner_texts(encoded, texts.select("interaction_id", "give")).select("interaction_id", "earlier_gifts")
