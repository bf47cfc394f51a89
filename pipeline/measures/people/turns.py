"""Working tables `turns` and `exchanges`: what most figures on people are computed from.

`turns` holds the turns of both sides of one outcome in a single order per contact, `exchanges` the answered ones.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.gestures import is_answered, is_group, is_observable
from pipeline.model.durations import DAY

TURNS_INPUT: Final = (
    "initiator", "outcome", "contact_id", "class", "is_group", "started_at", "last_at", "status", "grade",
    "lag_us", "at_risk", "off_risk_reason", "place",
)  # fmt: skip
"""Columns of GESTURES that turns and exchanges are made from."""


def turns_table(gestures: pl.DataFrame, outcome: str = "worded") -> pl.DataFrame:
    """Merge the turns of both sides into one sequence per contact.

    Args:
        gestures: TURNS_INPUT; each turn of either side is a gesture.
        outcome: which gestures to take.

    Returns:
        contact_id, mine (the owner's), at and last_at (first and last event, microseconds UTC), class, is_group,
        answered (by a headline grade), seen (an answer would be known), place (position in the contact's sequence,
        from 0); sorted by contact_id and place.

    Source: methods:canonical-order.
    """
    found = (
        gestures.filter(pl.col("outcome") == outcome)
        .select(
            "contact_id",
            (pl.col("initiator") == "me").alias("mine"),
            pl.col("started_at").alias("at"),
            "last_at",
            "class",
            is_group().alias("is_group"),
            is_answered().alias("answered"),
            is_observable().alias("seen"),
            "place",
        )
        .rechunk()
    )
    # places of matching run by contact already, and numbers sort faster than names
    found = found[np.argsort(found["place"].to_numpy(), kind="stable")]
    if not found["contact_id"].is_sorted():
        found = found.sort("contact_id", "place")
    contact = found["contact_id"].rle_id().cast(pl.Int64).to_numpy()
    first = np.flatnonzero(np.diff(contact, prepend=-1))
    return found.with_columns(pl.Series("place", np.arange(len(contact)) - first[contact], dtype=pl.Int64))


def exchanges_table(gestures: pl.DataFrame, outcome: str = "worded") -> pl.DataFrame:
    """List the exchanges: the answered gestures (grades A to C) of either side.

    Args:
        gestures: TURNS_INPUT.
        outcome: which gestures to take.

    Returns:
        contact_id, at (of the answer, microseconds UTC), mine (the owner began), private (a direct message); sorted by
        contact_id and at.

    Source: methods:exchanges.
    """
    return (
        gestures.filter((pl.col("outcome") == outcome) & is_answered())
        .select(
            "contact_id",
            (pl.col("started_at") + pl.col("lag_us")).alias("at"),
            (pl.col("initiator") == "me").alias("mine"),
            ((pl.col("class") == "message") & is_group().not_()).alias("private"),
            "place",
        )
        .sort("contact_id", "at", "place")
        .drop("place")
    )


def with_silence(turns: pl.DataFrame) -> pl.DataFrame:
    """Add `silence_us`: the time since the last event of any earlier turn with the contact, null at the first turn.

    Args:
        turns: from `turns`, or some of its rows in their order.
    """
    # the rows are in their order already, so the values need no sorting back
    earlier = pl.col("last_at").cum_max().shift(1).over("contact_id", mapping_strategy="explode")
    return turns.with_columns((pl.col("at") - earlier).clip(lower_bound=0).alias("silence_us"))


def initiations(turns: pl.DataFrame) -> pl.DataFrame:
    """Select the turns that initiate: a contact's first, and each after 24 hours or more of silence of both sides.

    Args:
        turns: from `turns`, or some of its rows in their order.

    Returns:
        Those rows, with `silence_us`.

    Source: methods:initiative.
    """
    return with_silence(turns).filter(pl.col("silence_us").is_null() | (pl.col("silence_us") >= DAY))
