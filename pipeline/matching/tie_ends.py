"""Known ends of a tie, after which no answer is possible."""

import polars as pl


def tie_ends(ties: pl.DataFrame) -> pl.DataFrame:
    """Return the blocks whose date an export states.

    A block that a newer complete list lacks has been lifted and ends nothing. A lost follow is no such end: its date is
    known only to lie between two exports, and a contact who doesn't follow can still answer.

    Args:
        ties: contact_id, platform, kind, since (µs), missing_since (µs).

    Returns:
        contact_id, platform, ended_at (µs), sorted.

    Source: methods:tie-ends.
    """
    blocked = ties.filter((pl.col("kind") == "blocked") & pl.col("missing_since").is_null())
    return (
        blocked.filter(pl.col("since").is_not_null())
        .group_by("contact_id", "platform")
        .agg(pl.col("since").min().alias("ended_at"))
        .sort("contact_id", "platform")
    )
