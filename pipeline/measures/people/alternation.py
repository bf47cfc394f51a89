"""Columns of table `dance` on alternation: how strictly the interactions with a contact change direction."""

from typing import Final

import polars as pl

from pipeline.measures.gestures import is_group
from pipeline.statistics.wald_wolfowitz import runs_test

ENCODED_COLUMNS: Final = ("is_group", "outbound", "place_me", "exclusion")
"""Columns of the encoded interactions that are needed beside contact_id."""
LEAST_EACH: Final = 3
"""Interactions that each side must have."""


def direct_interactions(encoded: pl.DataFrame) -> pl.DataFrame:
    """Sort the direct interactions that the exclusions keep in canonical order, with the owner as initiator.

    Args:
        encoded: contact_id and ENCODED_COLUMNS.

    Returns:
        contact_id, out (the owner's); contact by contact.

    Source: methods:canonical-order.
    """
    kept = encoded.filter(~is_group(), pl.col("exclusion").is_null()).sort("place_me")
    return kept.select("contact_id", pl.col("outbound").alias("out"))


def alternation(encoded: pl.DataFrame) -> pl.DataFrame:
    """Compute each contact's alternation index and z.

    Args:
        encoded: contact_id and ENCODED_COLUMNS of what `match.encode_interactions` returns.

    Returns:
        contact_id, events_mine, events_theirs, alternation_index, alternation_z; sorted by contact_id. The last two are
        null unless each side has 3 interactions.

    Source: methods:alternation.
    """
    order = direct_interactions(encoded)
    changed = (pl.col("out") != pl.col("out").shift(1)) & (pl.col("contact_id") == pl.col("contact_id").shift(1))
    counts = (
        order.with_columns(changed.fill_null(value=False).alias("changed"))
        .group_by("contact_id")
        .agg(
            pl.col("out").sum().cast(pl.Int64).alias("events_mine"),
            pl.col("out").not_().sum().cast(pl.Int64).alias("events_theirs"),
            pl.col("changed").sum().cast(pl.Int64).alias("changes"),
        )
        .sort("contact_id")
    )
    mine, theirs, changes = (counts[name].to_numpy() for name in ("events_mine", "events_theirs", "changes"))
    found = runs_test(mine, theirs, changes, least=LEAST_EACH)
    return counts.select(
        "contact_id",
        "events_mine",
        "events_theirs",
        pl.Series("alternation_index", found.regularity, nan_to_null=True),
        pl.Series("alternation_z", found.z, nan_to_null=True),
    )
