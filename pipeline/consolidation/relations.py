"""Ties, nameless acts and coverage of all archives together."""

import polars as pl

from pipeline.consolidation.ids import hashed, with_ordinal
from pipeline.model.codes import VISIBILITIES
from pipeline.model.schemas import COVERAGE

_RELATION = ["account_id", "contact_id", "platform", "kind"]


def united_ties(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Unite ties to one row a relation.

    Args:
        ties: staged ties with account_id, contact_id, archive_id, exported_at, archive_rank.
        lists: staged lists (platform, kind, complete) with account_id and exported_at.

    Returns:
        account_id, contact_id, platform, kind, since, last_seen_at, missing_since (Int64 µs), archive_id; sorted.
    """
    united = (
        ties.sort("archive_rank")
        .group_by(_RELATION)
        .agg(pl.col("since").min(), pl.col("exported_at").max().alias("last_seen_at"), pl.col("archive_id").last())
    )
    complete = (
        lists.filter("complete", pl.col("exported_at").is_not_null())
        .select("account_id", "kind", "exported_at")
        .unique()
    )
    missing = (
        united.join(complete, on=["account_id", "kind"])
        .filter(pl.col("exported_at") > pl.col("last_seen_at"))
        .group_by(_RELATION)
        .agg(pl.col("exported_at").min().alias("missing_since"))
    )
    joined = united.join(missing, on=_RELATION, how="left", nulls_equal=True)
    return joined.select(*_RELATION, "since", "last_seen_at", "missing_since", "archive_id").sort(_RELATION)


def unattributed_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `unattributed_id` to staged nameless acts: by native_id where there is one, else by content and ordinal."""
    content = ["platform", "account", "kind", "direction", "at", "text", "url", "thread"]
    ordered = with_ordinal(frame, content)
    known = pl.col("native_id").is_not_null()
    by_native = hashed(ordered, [pl.lit("native"), "platform", "account", "kind", "native_id"])
    by_content = hashed(ordered, [pl.lit("content"), *content, "ordinal"])
    return ordered.with_columns(pl.when(known).then(by_native).otherwise(by_content).alias("unattributed_id")).drop(
        "ordinal"
    )


def united_unattributed(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep each nameless act once, in the newest archive's version."""
    return (
        frame.sort("archive_rank", "member", "pointer", descending=[True, False, False])
        .unique("unattributed_id", keep="first", maintain_order=True)
        .sort("platform", "kind", "at", "unattributed_id", nulls_last=True)
    )


def united_coverage(rows: pl.DataFrame) -> pl.DataFrame:
    """Unite coverage rows of one (account, class, direction, surface, thread) and visibility where their spans touch.

    A `none` row stands only where no archive shows more (ruling 13: at any time the best visibility counts); one for all
    surfaces only where no archive shows any: one export without a file says nothing about another that has it.

    Args:
        rows: staged coverage with account_id.
    """
    key = ["account_id", "platform", "class", "direction", "surface", "thread"]
    rank = pl.col("visibility").replace_strict(dict(zip(VISIBILITIES, range(3), strict=True)), return_dtype=pl.Int64)
    ranked = rows.with_columns(rank.alias("_rank"), rank.max().over(key).alias("_best"))
    general = pl.when(pl.col("thread").is_null()).then("_rank").otherwise(0).max().over(key[:4])
    nowhere = (pl.col("surface") != "all") | pl.col("thread").is_not_null() | (general == 0)
    shown = ranked.filter((pl.col("_rank") > 0) | ((pl.col("_best") == 0) & nowhere))
    lanes = shown.sort(*key, "_rank", pl.col("starts_at").fill_null(-(2**62)), "ends_at", nulls_last=True)
    lane = [*key, "_rank"]
    open_end = pl.col("ends_at").fill_null(-(2**62))
    lanes = lanes.with_columns(open_end.cum_max().shift(1).over(lane).alias("_until"))
    apart = pl.col("_until").is_null() | (pl.col("starts_at") > pl.col("_until"))
    lanes = lanes.with_columns(apart.fill_null(value=False).cast(pl.Int64).cum_sum().over(lane).alias("_span"))
    united = lanes.group_by(*lane, "visibility", "_span").agg(
        pl.col("starts_at").min(),
        pl.col("ends_at").max(),
        pl.col("reason").filter(pl.col("reason") != "").unique().sort().str.join("; ").alias("reason"),
        pl.col("reply_links").any(),
    )
    named = united.rename({"thread": "thread_id"}).with_columns(
        pl.when(pl.col("reason") == "").then(None).otherwise(pl.col("reason")).alias("reason")
    )
    return named.select(*COVERAGE).sort(
        "account_id", "class", "direction", "surface", "thread_id", "starts_at", nulls_last=True
    )
