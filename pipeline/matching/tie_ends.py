"""Known ends of a tie, after which no answer can come (METHODS 2.1)."""

import polars as pl


def tie_ends(ties: pl.DataFrame) -> pl.DataFrame:
    """Return contact_id, platform, ended_at (µs) of blocks whose date an export tells.

    A block that a newer complete list lacks has been lifted and ends nothing. A lost follow is no such end: exports tell
    only between which two of them it went, and who doesn't follow can answer all the same.

    Args:
        ties: contact_id, platform, kind, since, missing_since.
    """
    blocked = ties.filter((pl.col("kind") == "blocked") & pl.col("missing_since").is_null())
    return (
        blocked.filter(pl.col("since").is_not_null())
        .group_by("contact_id", "platform")
        .agg(pl.col("since").min().alias("ended_at"))
        .sort("contact_id", "platform")
    )
