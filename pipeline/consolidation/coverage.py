"""The table `coverage`: what all archives together show, and from when until when. Source: methods:coverage-windows."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.ids import account_id
from pipeline.consolidation.stagings import StagedArchive, load
from pipeline.model.codes import VISIBILITIES
from pipeline.model.schemas import COVERAGE

_KEY = ["account_id", "platform", "class", "direction", "surface", "thread"]
_START = pl.col("starts_at").fill_null(-(2**62))
_END = pl.col("ends_at").fill_null(-(2**62))


def coverage_table(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `coverage` (schema COVERAGE) of all archives."""
    return combined_coverage(load(stagings, "coverage").with_columns(account_id().alias("account_id")))


def combined_coverage(rows: pl.DataFrame) -> pl.DataFrame:
    """Combine coverage rows of one (account, class, direction, surface, thread) and visibility where their spans touch.

    At any time the best visibility counts. A `none` row remains only where no archive shows more. A `none` row for all
    surfaces remains only where no archive shows any surface: an export without a file says nothing about another export
    that has it.

    Args:
        rows: staged coverage with account_id.

    Returns:
        Schema COVERAGE, sorted.

    Source: methods:coverage-rows.
    """
    rank = pl.col("visibility").replace_strict(dict(zip(VISIBILITIES, range(3), strict=True)), return_dtype=pl.Int64)
    ranked = rows.with_columns(rank.alias("_rank"), rank.max().over(_KEY).alias("_best"))
    best_in_general = pl.when(pl.col("thread").is_null()).then("_rank").otherwise(0).max().over(_KEY[:4])
    nowhere_shown = (pl.col("surface") != "all") | pl.col("thread").is_not_null() | (best_in_general == 0)
    shown = ranked.filter((pl.col("_rank") > 0) | ((pl.col("_best") == 0) & nowhere_shown))
    spans = _with_spans(shown)
    combined = spans.group_by(*_KEY, "_rank", "visibility", "_span").agg(
        pl.col("starts_at").min(),
        pl.col("ends_at").max(),
        pl.col("reason").filter(pl.col("reason") != "").unique().sort().str.join("; ").alias("reason"),
        pl.col("reply_links").any(),
    )
    reason = pl.when(pl.col("reason") == "").then(None).otherwise(pl.col("reason")).alias("reason")
    table = combined.rename({"thread": "thread_id"}).with_columns(reason).select(*COVERAGE)
    order = ["account_id", "class", "direction", "surface", "thread_id", "starts_at"]
    return table.sort(order, nulls_last=True)


def _with_spans(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `_span`: equal for rows of one key and rank whose spans overlap or touch."""
    lane = [*_KEY, "_rank"]
    ordered = rows.sort(*lane, _START, "ends_at", nulls_last=True)
    ordered = ordered.with_columns(_END.cum_max().shift(1).over(lane).alias("_until"))
    apart = pl.col("_until").is_null() | (pl.col("starts_at") > pl.col("_until"))
    return ordered.with_columns(apart.fill_null(value=False).cast(pl.Int64).cum_sum().over(lane).alias("_span"))
