"""Lists of follows: when both lists of an account were complete, who followed whom then, and how many follow the owner."""

from collections.abc import Mapping

import polars as pl

from pipeline.model.durations import DAY


def complete_pairs(lists: pl.DataFrame) -> pl.DataFrame:
    """Find, for each account, the newest date at which both of its follow lists were complete.

    Args:
        lists: account_id, platform, kind, complete, as_of (of the export, microseconds UTC). Exports of one day count as
            one date.

    Returns:
        account_id, platform, day (since 1970, UTC), as_of.

    Source: methods:standing-evidence.
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
    """Count the owner's followers on each platform, from complete lists.

    Args:
        ties: contact_id, account_id, platform, kind, missing_since.
        lists: account_id, platform, kind, complete.
        stated: platform -> followers as the owner's settings state them, which take precedence.

    Returns:
        platform -> followers (connections on platforms that have those); of several accounts the largest.

    Source: methods:standing-evidence.
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


def follows_as_of_complete_lists(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Select the follows that existed at the newest date at which both lists of the account were complete.

    Args:
        ties: contact_id, account_id, platform, kind, since, last_seen_at, missing_since (microseconds UTC).
        lists: as in `complete_pairs`.

    Returns:
        Those ties, with `day` and `as_of` of the date.

    Source: methods:standing-evidence.
    """
    pairs = complete_pairs(lists)
    day = pl.col("day")
    # a later list without its counterpart would turn mutual relations into one-sided ones
    return ties.filter(pl.col("kind").is_in(["follows", "followed_by"])).join(pairs, on=["account_id", "platform"]).filter(
        pl.col("last_seen_at") // DAY >= day,
        (pl.col("missing_since") // DAY > day).fill_null(value=True),
        (pl.col("since") // DAY <= day).fill_null(value=True),
    )  # fmt: skip
