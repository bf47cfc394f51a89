"""`standing`: guru, peer, newbie or unknown, from evidence that is shown (METHODS 5).

Entry points: `standing(...)` (one row a contact) and `all_evidence(...)` (everything that was found, for who asks why).
Answering or not answering is never looked at: a guru is not defined by silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.measures.people import evidence as found
from pipeline.measures.people.timeline import Schema, finish

INTERACTIONS_READ: Final = ("contact_id", "platform", "direction", "native_id", "reply_to_native", "at")
"""Columns of INTERACTIONS that are looked at."""
UNKNOWN: Final = "unknown"
TIERS: Final = ("guru", "peer", "newbie", UNKNOWN)
SCHEMA: Final[Schema] = {
    "contact_id": pl.String, "tier": pl.String, "evidence": pl.String, "value": pl.Float64, "source": pl.String,
    "as_of": pl.Int64, "log_ratio": pl.Float64,
}  # fmt: skip
"""CONTRACT's columns, then an extra: log10((theirs+1)/(owner's+1)) where `value` is an audience and the owner's is known."""

CHAIN: Final = (
    "owner_tier", "owner_audience", "export_audience", "follow_structure_upward", "follow_structure_mutual",
    "follow_structure_downward", "verified", "account_age", "in_degree", "none",
)  # fmt: skip
"""Best first (the three follow structures are equals). Verified, age and in-degree never make a tier alone."""
_RANK: Final = {name: (3 if name.startswith("follow") else place) for place, name in enumerate(CHAIN)}
_HEIGHT: Final = {"guru": 3, "peer": 2, "newbie": 1}


@dataclass(frozen=True, slots=True)
class TierLimits:
    """log10 ratios of audience from which a contact is a guru, down to which a newbie (settings `[tiers]`)."""

    guru: float = 1.0
    newbie: float = -1.0
    known_for_quantiles: int = 30
    """Known audiences needed before ranks may stand in for ratios (when the owner's own audience is unknown)."""
    quantiles: tuple[float, float] | None = None
    """Shares of the known contacts below which newbie, above which guru; None: unknown stays unknown."""


def _ratios(rows: pl.DataFrame, own: Mapping[str, int], limits: TierLimits) -> pl.DataFrame:
    """Give audiences their tier. An audience without platform is held against the owner's largest."""
    anywhere = max(own.values(), default=None)
    mine = pl.coalesce(
        pl.col("platform").replace_strict(dict(own), default=None, return_dtype=pl.Float64)
        if own
        else pl.lit(None, pl.Float64),
        pl.when(pl.col("platform").is_null()).then(pl.lit(anywhere, pl.Float64)),
    )
    # rounded: a tenth is a tenth, though its computed logarithm lies a last bit above -1
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


def _decided(decisions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    base = decisions.select(
        "contact_id",
        "tier",
        pl.col("audience").cast(pl.Float64).alias("value"),
        pl.lit("contacts.csv").alias("source"),
        pl.lit(None, dtype=pl.Int64).alias("as_of"),
        pl.lit(None, dtype=pl.String).alias("platform"),
    )
    tiers = base.filter(pl.col("tier").is_in(TIERS)).with_columns(
        pl.lit("owner_tier").alias("evidence"), pl.lit(None, dtype=pl.Float64).alias("value")
    )
    audiences = base.filter(pl.col("value") >= 0).with_columns(
        pl.lit("owner_audience").alias("evidence"), pl.lit(None, dtype=pl.String).alias("tier")
    )
    order = list(found.SCHEMA)
    return tiers.select(order), audiences.select(order)


def _counted(counts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    audiences = counts.filter(pl.col("audience").is_not_null()).with_columns(
        pl.lit("export_audience").alias("evidence"), pl.col("audience").cast(pl.Float64).alias("value")
    )
    verified = counts.filter(pl.col("verified").fill_null(value=False)).with_columns(
        pl.lit("verified").alias("evidence"), pl.lit(None, dtype=pl.Float64).alias("value")
    )
    order = list(found.SCHEMA)
    no_tier = pl.lit(None, dtype=pl.String).alias("tier")
    return audiences.with_columns(no_tier).select(order), verified.with_columns(no_tier).select(order)


def all_evidence(
    *,
    decisions: pl.DataFrame,
    ties: pl.DataFrame,
    lists: pl.DataFrame,
    identities: pl.DataFrame | None = None,
    interactions: pl.DataFrame | None = None,
    counts: pl.DataFrame | None = None,
    audiences: Mapping[str, int] | None = None,
    limits: TierLimits | None = None,
) -> pl.DataFrame:
    """List every piece of evidence of every contact, best first.

    Args:
        decisions: contact_id, tier, audience (the owner's `contacts.csv`, resolved to contacts).
        ties: contact_id, account_id, platform, kind, last_seen_at, missing_since.
        lists: account_id, platform, kind, complete, as_of.
        identities: contact_id, platform, native_id.
        interactions: contact_id, platform, direction, native_id, reply_to_native, at.
        counts: contact_id, platform, audience, verified, source, as_of: what an export itself counts.
        audiences: the owner's own, platform -> followers, from the settings.
        limits: tiers by ratio.

    Returns:
        contact_id, evidence, tier (null: makes none), value, source, as_of, platform, log_ratio, rank, height.
    """
    limits = limits or TierLimits()
    own = found.own_audiences(ties, lists, audiences or {})
    tiers, by_owner = _decided(decisions)
    by_export, verified = _counted(counts) if counts is not None else (found.empty(), found.empty())
    parts = [
        tiers,
        found.follow_structure(ties, lists),
        verified,
        found.account_ages(identities) if identities is not None else found.empty(),
        found.in_degree(interactions) if interactions is not None else found.empty(),
    ]
    known = [_ratios(rows, own, limits) for rows in (by_owner, by_export)]
    return (
        pl.concat([*(part.with_columns(pl.lit(None, dtype=pl.Float64).alias("log_ratio")) for part in parts), *known])
        .with_columns(
            pl.col("evidence").replace_strict(_RANK, return_dtype=pl.Int64).alias("rank"),
            pl.col("tier").replace_strict(_HEIGHT, default=0, return_dtype=pl.Int64).alias("height"),
        )
        .sort(
            "contact_id", pl.col("tier").is_null(), "rank", -pl.col("height"), -pl.col("value").fill_null(-1.0),
            pl.col("as_of").fill_null(0), "source", "evidence", "platform", nulls_last=True,
        )
    )  # fmt: skip


def standing(
    contacts: pl.DataFrame,
    *,
    decisions: pl.DataFrame,
    ties: pl.DataFrame,
    lists: pl.DataFrame,
    identities: pl.DataFrame | None = None,
    interactions: pl.DataFrame | None = None,
    counts: pl.DataFrame | None = None,
    audiences: Mapping[str, int] | None = None,
    limits: TierLimits | None = None,
) -> pl.DataFrame:
    """Make the table: a row for each contact; the best evidence that makes a tier, else the best there is, else `none`.

    Evidence of one kind from several platforms: the highest tier stands. Without a tier the contact is `unknown`, and
    the evidence says what little is known. Arguments are those of `all_evidence`.

    Returns:
        `SCHEMA`, sorted by contact_id.
    """
    rows = all_evidence(
        decisions=decisions, ties=ties, lists=lists, identities=identities, interactions=interactions, counts=counts,
        audiences=audiences, limits=limits,
    )  # fmt: skip
    best = rows.unique("contact_id", keep="first", maintain_order=True)
    return finish(
        contacts.select("contact_id")
        .unique()
        .join(best, on="contact_id", how="left")
        .with_columns(pl.col("tier").fill_null("unknown"), pl.col("evidence").fill_null("none")),
        SCHEMA,
        "contact_id",
    )
