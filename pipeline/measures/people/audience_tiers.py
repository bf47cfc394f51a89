"""Tiers from audiences: the contact's number of followers beside the owner's own."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipeline.model.thresholds import GURU_LOG_RATIO, NEWBIE_LOG_RATIO


@dataclass(frozen=True, slots=True)
class TierLimits:
    """Where guru and newbie begin. Source: methods:standing.

    Attributes:
        guru: log10 of (contact's audience + 1) / (owner's + 1) from which a contact is a guru.
        newbie: the same down to which a contact is a newbie.
        known_for_quantiles: known audiences needed before ranks may replace ratios where the owner's audience is unknown.
        quantiles: shares of the known contacts below which newbie, above which guru; None: ranks are not used.
    """

    guru: float = GURU_LOG_RATIO
    newbie: float = NEWBIE_LOG_RATIO
    known_for_quantiles: int = 30
    quantiles: tuple[float, float] | None = None


def with_audience_tiers(rows: pl.DataFrame, own: Mapping[str, int], limits: TierLimits) -> pl.DataFrame:
    """Add `log_ratio` and `tier` to evidence whose `value` is an audience.

    Args:
        rows: contact_id, platform (null: none is stated), value.
        own: platform -> the owner's followers. An audience without platform is compared with the largest of them.
        limits: where guru and newbie begin.

    Source: methods:standing.
    """
    anywhere = max(own.values(), default=None)
    mine = pl.coalesce(
        pl.col("platform").replace_strict(dict(own), default=None, return_dtype=pl.Float64)
        if own
        else pl.lit(None, pl.Float64),
        pl.when(pl.col("platform").is_null()).then(pl.lit(anywhere, pl.Float64)),
    )
    # rounded, because the computed log10(0.1) is a last bit above -1
    rows = rows.with_columns(((pl.col("value") + 1) / (mine + 1)).log10().round(12).alias("log_ratio"))
    ratio = pl.col("log_ratio")
    tier: pl.Expr = (
        pl.when(ratio >= limits.guru).then(pl.lit("guru"))
        .when(ratio <= limits.newbie).then(pl.lit("newbie"))
        .when(ratio.is_not_null()).then(pl.lit("peer"))
    )  # fmt: skip
    if limits.quantiles and rows["contact_id"].n_unique() >= limits.known_for_quantiles:
        rank = (pl.col("value").rank("average") - 0.5) / pl.len()
        low, high = limits.quantiles
        ranked = (
            pl.when(rank >= high)
            .then(pl.lit("guru"))
            .when(rank <= low)
            .then(pl.lit("newbie"))
            .otherwise(pl.lit("peer"))
        )
        tier = pl.coalesce(tier, ranked)
    return rows.with_columns(tier.alias("tier"))
