"""Evidence of standing that is computed: audiences, follow structure, age from ids, in-degree (METHODS 5).

Each function returns rows of `SCHEMA`; `standing.py` chooses among them.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.measures.people.snowflake_ids import account_created
from pipeline.measures.people.timeline import DAY

SCHEMA: Final = {
    "contact_id": pl.String, "evidence": pl.String, "tier": pl.String, "value": pl.Float64, "source": pl.String,
    "as_of": pl.Int64, "platform": pl.String,
}  # fmt: skip


def empty() -> pl.DataFrame:
    """Give no evidence."""
    return pl.DataFrame(schema=SCHEMA)


def complete_pairs(lists: pl.DataFrame) -> pl.DataFrame:
    """Find, for each account, the newest date at which both follow lists were complete.

    Args:
        lists: account_id, platform, kind, complete, as_of (microseconds UTC of the export); archives of one day count
            as one date.

    Returns:
        account_id, platform, day (days since 1970), as_of.
    """
    return (
        lists.filter(
            pl.col("complete") & pl.col("kind").is_in(["follows", "followed_by"]) & pl.col("as_of").is_not_null()
        )
        .with_columns((pl.col("as_of") // DAY).alias("day"))
        .group_by("account_id", "platform", "day")
        .agg(pl.col("kind").n_unique().alias("kinds"), pl.col("as_of").max())
        .filter(pl.col("kinds") == 2)
        .sort("account_id", "platform", "day")
        .unique(["account_id", "platform"], keep="last", maintain_order=True)
        .drop("kinds")
    )


def own_audiences(ties: pl.DataFrame, lists: pl.DataFrame, stated: Mapping[str, int]) -> dict[str, int]:
    """Count the owner's followers on each platform from complete lists; the settings' figures stand before them.

    Args:
        ties: contact_id, account_id, platform, kind, missing_since.
        lists: account_id, platform, kind, complete.
        stated: platform -> followers, from the settings.
    """
    kinds = ("followed_by", "connected")
    whole = (
        lists.filter(pl.col("complete") & pl.col("kind").is_in(kinds)).select("account_id", "platform", "kind").unique()
    )
    here = ties.filter(pl.col("missing_since").is_null())
    by_account = (
        whole.join(here, on=["account_id", "platform", "kind"], how="left")
        .group_by("account_id", "platform")
        .agg(pl.col("contact_id").drop_nulls().n_unique().alias("people"))
    )
    largest = by_account.group_by("platform").agg(pl.col("people").max()).sort("platform")
    return {**dict(largest.iter_rows()), **stated}


def follows_then(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Pick the follows as they stood at the newest date at which both lists of an account were complete.

    Args:
        ties: contact_id, account_id, platform, kind, since, last_seen_at, missing_since.
        lists: as of `complete_pairs`.

    Returns:
        Ties with `day` and `as_of` of that date.
    """
    pairs = complete_pairs(lists)
    day = pl.col("day")
    # as it was on that date: a later list alone, without its counterpart, doesn't turn a mutual relation into a one-sided one
    return ties.filter(pl.col("kind").is_in(["follows", "followed_by"])).join(pairs, on=["account_id", "platform"]).filter(
        pl.col("last_seen_at") // DAY >= day,
        (pl.col("missing_since") // DAY > day).fill_null(value=True),
        (pl.col("since") // DAY <= day).fill_null(value=True),
    )  # fmt: skip


def follow_structure(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Read a hint from who follows whom: upward = guru, mutual = peer, downward = newbie.

    Only where both lists are complete at the same date, else absence says nothing; the newest such date counts. A person on several platforms keeps
    a row for each.
    """
    shape = follows_then(ties, lists).group_by("contact_id", "account_id", "platform").agg(
        (pl.col("kind") == "follows").any().alias("i"), (pl.col("kind") == "followed_by").any().alias("they"),
        pl.col("as_of").max(),
    )  # fmt: skip
    way = pl.when(pl.col("i") & pl.col("they")).then(pl.lit("mutual")).when("i").then(pl.lit("upward")).otherwise(
        pl.lit("downward")
    )  # fmt: skip
    tiers = {"upward": "guru", "mutual": "peer", "downward": "newbie"}
    return shape.with_columns(way.alias("way")).select(
        "contact_id",
        pl.format("follow_structure_{}", "way").alias("evidence"),
        pl.col("way").replace_strict(tiers, return_dtype=pl.String).alias("tier"),
        pl.lit(None, dtype=pl.Float64).alias("value"),
        pl.format("{} follow lists, a hint", "platform").alias("source"),
        "as_of",
        "platform",
    )


def account_ages(identities: pl.DataFrame) -> pl.DataFrame:
    """Date accounts from their ids: tenure, never a tier; `as_of` is when the account was made.

    Args:
        identities: contact_id, platform, native_id (text).
    """
    some = identities.filter(pl.col("platform").is_in(["x", "discord"]))
    made = [
        account_created(platform, native_id) for platform, native_id in some.select("platform", "native_id").iter_rows()
    ]
    return (
        some.with_columns(pl.Series("as_of", made, dtype=pl.Int64))
        .filter(pl.col("as_of").is_not_null())
        .select(
            "contact_id",
            pl.lit("account_age").alias("evidence"),
            pl.lit(None, dtype=pl.String).alias("tier"),
            pl.lit(None, dtype=pl.Float64).alias("value"),
            pl.format("{} id", "platform").alias("source"),
            "as_of",
            "platform",
        )
    )


def in_degree(interactions: pl.DataFrame) -> pl.DataFrame:
    """Count the distinct people who answered a contact in threads that the owner can see: biased, rank only, no tier.

    Args:
        interactions: contact_id, platform, direction, native_id, reply_to_native, at.
    """
    inbound = interactions.filter(pl.col("direction") == "inbound")
    written = inbound.filter(pl.col("native_id").is_not_null()).select(
        "platform", pl.col("native_id").alias("to"), pl.col("contact_id").alias("whom")
    )
    answers = inbound.filter(pl.col("reply_to_native").is_not_null()).select(
        "platform", pl.col("reply_to_native").alias("to"), pl.col("contact_id").alias("who"), "at"
    )
    known = written.join(answers, on=["platform", "to"], how="semi").unique()
    return (
        answers.join(known, on=["platform", "to"])
        .filter(pl.col("who") != pl.col("whom"))
        .group_by("whom", "platform")
        .agg(pl.col("who").n_unique().cast(pl.Float64).alias("value"), pl.col("at").max().alias("as_of"))
        .select(
            pl.col("whom").alias("contact_id"),
            pl.lit("in_degree").alias("evidence"),
            pl.lit(None, dtype=pl.String).alias("tier"),
            "value",
            pl.format("{} threads the owner can see", "platform").alias("source"),
            "as_of",
            "platform",
        )
    )
