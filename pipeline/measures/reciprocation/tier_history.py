"""Tiers as they were: from the end of which month on a contact had which tier. Used by dimension `tier`.

Today's follow lists would make rates by tier circular: contacts who answer follow back in the end, so that those who had not
yet would count as gurus. Follows with a date show what the lists were like earlier; those without are known from the day of
the list. Tiers set by the owner have no date and are valid at any time. Source: methods:tier-history.
"""

from typing import Final

import polars as pl

from pipeline.measures.calendar import month_number
from pipeline.measures.people.follow_lists import follows_as_of_complete_lists

SCHEMA: Final = {"contact_id": pl.String, "month": pl.Int64, "tier": pl.String}
_HINT: Final = "follow_structure"
_TIERS: Final = {1: "newbie", 2: "peer", 3: "guru"}
_LATE: Final = 10**18  # later than any time, in microseconds


def dated(standing: pl.DataFrame) -> bool:
    """Check whether any tier may have been different earlier, because it rests on follow lists.

    Args:
        standing: evidence.
    """
    return bool(standing["evidence"].str.starts_with(_HINT).any())


def tier_history(standing: pl.DataFrame, ties: pl.DataFrame, lists: pl.DataFrame, zone: str) -> pl.DataFrame:
    """List from when on each contact had which tier; before its first row the tier is unknown.

    Args:
        standing: contact_id, tier, evidence, of today.
        ties: contact_id, account_id, platform, kind, since, last_seen_at, missing_since.
        lists: account_id, platform, kind, complete, as_of.
        zone: IANA name in which months are counted.

    Returns:
        SCHEMA: month is the first month number at whose end the tier is valid; null: at any time. Sorted.

    Source: methods:tier-history.
    """
    by_hint = pl.col("evidence").str.starts_with(_HINT)
    always = standing.filter(~by_hint).select("contact_id", pl.lit(None, pl.Int64).alias("month"), "tier")
    steps = _steps(
        follows_as_of_complete_lists(ties, lists).join(standing.filter(by_hint), on="contact_id", how="semi"), zone
    )
    # at each step of any account: the highest tier of all accounts by then
    moments = steps.select("contact_id", "month").unique().join(
        steps.select("contact_id", "relation").unique(), on="contact_id"
    )  # fmt: skip
    by = ["contact_id", "relation"]
    known = moments.join(steps, on=[*by, "month"], how="left").sort(*by, "month").with_columns(
        pl.col("height").forward_fill().over(by, order_by="month")
    )  # fmt: skip
    highest = known.group_by("contact_id", "month").agg(pl.col("height").max()).select(
        "contact_id", "month", pl.col("height").replace_strict(_TIERS, return_dtype=pl.String).alias("tier")
    )  # fmt: skip
    return pl.concat([always, highest]).cast(SCHEMA).sort("contact_id", "month")  # type: ignore[arg-type]  # names to types


def _steps(then: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Date when one side followed, and when both did: contact_id, relation, month, height (of the tier)."""
    at = pl.when(pl.col("since").null_count().over("contact_id", "account_id", "platform") > 0)
    ways = (
        then.with_columns(at.then("as_of").otherwise("since").alias("at"))
        .group_by("contact_id", "account_id", "platform")
        .agg(
            pl.col("at").filter(pl.col("kind") == "follows").min().fill_null(_LATE).alias("mine"),
            pl.col("at").filter(pl.col("kind") == "followed_by").min().fill_null(_LATE).alias("theirs"),
        )
        .with_columns(pl.concat_str("account_id", "platform", separator="\n").alias("relation"))
    )
    one_sided = ways.select(
        "contact_id", "relation", pl.min_horizontal("mine", "theirs").alias("at"),
        pl.when(pl.col("mine") < pl.col("theirs")).then(3).otherwise(1).alias("height"),
    )  # fmt: skip
    both = ways.select(
        "contact_id", "relation", pl.max_horizontal("mine", "theirs").alias("at"), pl.lit(2).alias("height")
    )
    return (
        pl.concat([one_sided, both.filter(pl.col("at") < _LATE)])
        .with_columns(month_number(pl.col("at"), zone).alias("month"))
        .sort("contact_id", "relation", "at", pl.col("height") == 2)
        # the last state of each month
        .unique(["contact_id", "relation", "month"], keep="last", maintain_order=True)
        .drop("at")
    )


def tiers(standing: pl.DataFrame, ties: pl.LazyFrame, lists: pl.LazyFrame, zone: str) -> pl.DataFrame:
    """Return `tier_history` where any tier was another one before, else contact_id and tier as they are now.

    Args:
        standing: contact_id, tier, evidence.
        ties: as in `tier_history`; read only when needed.
        lists: as in `tier_history`; read only when needed.
        zone: IANA name in which months are counted.
    """
    if not dated(standing):
        return standing.select("contact_id", "tier")
    return tier_history(standing, ties.collect(), lists.collect(), zone)
