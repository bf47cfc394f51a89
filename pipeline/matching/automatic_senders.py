"""Persons from whom nothing but automatic events ever came (METHODS 2.7, ruling 5)."""

from typing import Final

import polars as pl

from pipeline.matching.campaigns import TOKENS
from pipeline.matching.encode import as_enum, joint, numbers, places_by
from pipeline.matching.filters import automatic_events

READ: Final = (
    "contact_id", "platform", "account_id", "class", "thread_id", "is_group", "direction", "at", "resolution_s", "text",
    "automatic",
)  # fmt: skip
"""Columns of INTERACTIONS that are looked at."""
_LANE: Final = ("contact_id", "platform", "account_id", "class", "thread_id")


def machines(interactions: pl.DataFrame) -> pl.Series:
    """Return the contact_ids, sorted, of whom at least one inbound event is there and all are automatic.

    Args:
        interactions: at least the READ columns of schema INTERACTIONS; any order.
    """
    text = pl.col("text")
    # of ASCII alone, a normal text has the tokens of the text as it is; the shortest with so many has single letters
    short = (text.str.len_bytes() == text.str.len_chars()) & (text.str.len_bytes() < 2 * TOKENS - 1)
    by_hand = pl.col("automatic").is_null() & (text.is_null() | short)
    inbound = interactions.lazy().filter(pl.col("direction") == "inbound")
    possible = inbound.group_by("contact_id").agg(by_hand.any()).filter(~pl.col("automatic")).collect()["contact_id"]
    # all that makes an event automatic is of its own contact
    theirs = interactions["contact_id"].is_in(possible.implode())
    rows = (interactions if theirs.all() else interactions.filter(theirs)).select(READ).rechunk()
    if rows.is_empty():
        return pl.Series("contact_id", [], dtype=pl.String)
    names = {name: as_enum(rows[name]) for name in _LANE}
    parts = {name: numbers(names[name]) for name in _LANE}
    lane = joint(*parts.values(), rows["is_group"].cast(pl.Int64).to_numpy())
    encoded = rows.select(
        names["contact_id"], "at", "resolution_s", "text", "automatic", (pl.col("direction") == "outbound").alias("_out"),
        pl.Series("_contact", parts["contact_id"]), pl.Series("_platform", parts["platform"]), pl.Series("_lane", lane),
    )  # fmt: skip
    encoded = encoded[places_by(parts["contact_id"], rows["at"].to_numpy())]
    marked = encoded.select("contact_id", "_out", pl.Series("_marked", automatic_events(encoded)))
    every = marked.filter(~pl.col("_out")).group_by("contact_id").agg(pl.col("_marked").all()).filter("_marked")
    return every["contact_id"].cast(pl.String).sort()
