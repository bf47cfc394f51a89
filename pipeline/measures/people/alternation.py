"""How strictly two people alternate: runs of directions over events (METHODS 6, Wald-Wolfowitz).

Entry point: `alternation(encoded)`.
"""

from typing import Final

import polars as pl

from pipeline.measures.people.timeline import is_group
from pipeline.statistics.wald_wolfowitz import runs_test

READ: Final = ("is_group", "outbound", "place_me", "exclusion")
"""Columns of the encoded interactions that are looked at, beside contact_id."""
LEAST_EACH: Final = 3
"""Events that each side must have before an index is given."""


def in_order(encoded: pl.DataFrame) -> pl.DataFrame:
    """Put the direct interactions that matching kept in the canonical order of initiator `me`.

    Returns:
        contact_id, out; contact by contact, each in the order of its timeline.
    """
    kept = encoded.filter(~is_group(), pl.col("exclusion").is_null()).sort("place_me")
    return kept.select("contact_id", pl.col("outbound").alias("out"))


def alternation(encoded: pl.DataFrame) -> pl.DataFrame:
    """Compute each contact's alternation index and z.

    With R runs over n = n_o + n_i events: `E = 1 + 2 n_o n_i / n`, `Var = (E-1)(E-2)/(n-1)`, `z = (R-E)/sqrt(Var)`;
    index `(R-1)/M`, M the largest possible R-1. Both are null unless each side has 3 events.

    Args:
        encoded: contact_id and READ columns of `matching.match.encode_interactions`.

    Returns:
        contact_id, events_mine, events_theirs, alternation_index, alternation_z; sorted by contact_id.
    """
    order = in_order(encoded)
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
