"""Table `follows`: who follows whom, who no longer does, and how much of that the lists allow to know."""

from typing import Final

import polars as pl

from pipeline.measures.tables import to_table

FOLLOWS_INPUT: Final = ("account_id", "contact_id", "platform", "kind", "since", "last_seen_at", "missing_since")
"""Columns of TIES that are read."""
_KINDS: Final = ("follows", "followed_by", "connected")
_ACCOUNT: Final = ("account_id", "platform")


def newest_lists(lists: pl.DataFrame) -> pl.DataFrame:
    """Find, for each account, the date of its newest list of follows, and whether both directions are complete.

    Args:
        lists: account_id, platform, kind, complete, as_of (of the export, microseconds UTC, nullable).

    Returns:
        account_id, platform, seen_at, complete. Complete are accounts whose newest list of each kind is complete, and
        that have lists of connections or of both directions.

    Source: methods:follows.
    """
    newest = (
        lists.filter(pl.col("kind").is_in(_KINDS) & pl.col("as_of").is_not_null())
        .group_by(*_ACCOUNT, "kind")
        .agg(pl.col("complete").filter(pl.col("as_of") == pl.col("as_of").max()).any(), pl.col("as_of").max())
    )
    has = {kind: (pl.col("kind") == kind).any() for kind in _KINDS}
    both = has["connected"] | (has["follows"] & has["followed_by"])
    return newest.group_by(_ACCOUNT).agg(
        pl.col("as_of").max().alias("seen_at"), (pl.col("complete").all() & both).alias("complete")
    )


def _sides(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Reduce the ties to one row for each contact, platform and side: since, here, missing_since, gone_since."""
    complete = lists.filter("complete").select(
        *_ACCOUNT, "kind", pl.col("as_of").alias("last_seen_at"), pl.lit(value=True).alias("shown_complete")
    )  # fmt: skip
    own = ties.filter(pl.col("kind").is_in(_KINDS)).join(
        complete.unique(), on=[*_ACCOUNT, "kind", "last_seen_at"], how="left"
    )  # fmt: skip
    sides = pl.concat([
        own.filter(pl.col("kind") != "followed_by").with_columns(pl.lit("mine").alias("side")),
        own.filter(pl.col("kind") != "follows").with_columns(pl.lit("theirs").alias("side")),
    ])  # fmt: skip
    here = pl.col("missing_since").is_null()
    # of several accounts, one that still has the follow decides
    return sides.group_by("contact_id", "platform", "side").agg(
        here.any().alias("here"),
        pl.when(here.any()).then(pl.col("since").filter(here).min()).otherwise(pl.col("since").min()).alias("since"),
        pl.col("missing_since").max(),
        pl.col("missing_since").filter(pl.col("shown_complete").fill_null(value=False)).max().alias("gone_since"),
    )


def follows_table(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Compute the table: a row for each contact and platform with a follow or a connection, now or earlier.

    Args:
        ties: FOLLOWS_INPUT, times in microseconds UTC.
        lists: as in `newest_lists`.

    Returns:
        Columns of the table, sorted by contact_id and platform.

    Source: methods:follows.
    """
    sides = _sides(ties, lists)
    by = ["contact_id", "platform"]
    mine, theirs = (
        sides.filter(side=side).drop("side").rename(lambda name, side=side: name if name in by else f"{side}_{name}")  # type: ignore[misc]  # the default binds the loop's value
        for side in ("mine", "theirs")
    )
    accounts = (
        ties.filter(pl.col("kind").is_in(_KINDS))
        .join(newest_lists(lists), on=_ACCOUNT, how="left")
        .group_by(by)
        .agg(
            pl.max_horizontal(pl.col("seen_at").max(), pl.col("last_seen_at").max()).alias("seen_at"),
            pl.col("complete").fill_null(value=False).all(),
        )
    )
    both = accounts.join(mine, on=by, how="left").join(theirs, on=by, how="left")
    i_do, they_do = pl.col("mine_here").fill_null(value=False), pl.col("theirs_here").fill_null(value=False)
    i_did, they_did = pl.col("mine_missing_since"), pl.col("theirs_missing_since")
    status = (
        pl.when(i_do & they_do).then(pl.lit("mutual"))
        .when(i_do & they_did.is_not_null()).then(pl.lit("gone_theirs"))
        .when(i_do).then(pl.lit("only_mine"))
        .when(they_do & i_did.is_not_null()).then(pl.lit("gone_mine"))
        .when(they_do).then(pl.lit("only_theirs"))
        # neither follows any more: the side that left first; at equal dates the lists don't show who did
        .when((i_did < they_did).fill_null(they_did.is_null())).then(pl.lit("gone_mine"))
        .otherwise(pl.lit("gone_theirs"))
    )  # fmt: skip
    is_mine = pl.col("status").is_in(["only_mine", "gone_mine"])
    undated = pl.col("mine_since").is_null() | pl.col("theirs_since").is_null()
    since = (
        pl.when(is_mine).then("mine_since")
        .when(pl.col("status") != "mutual").then("theirs_since")
        .when(~undated).then(pl.max_horizontal("mine_since", "theirs_since"))
    )  # fmt: skip
    gone = (
        pl.when(pl.col("status") == "gone_mine").then("mine_gone_since")
        .when(pl.col("status") == "gone_theirs").then("theirs_gone_since")
    )  # fmt: skip
    table = both.with_columns(status.alias("status")).with_columns(since.alias("since"), gone.alias("gone_since"))
    return to_table(table, "follows", *by)
