"""Table `standing`: each contact's tier (guru, peer, newbie or unknown), with the evidence that makes it.

Whether a contact answers is never evidence.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.measures.people import standing_evidence
from pipeline.measures.people.audience_tiers import TierLimits, with_audience_tiers
from pipeline.measures.people.follow_lists import own_audiences
from pipeline.measures.tables import to_table
from pipeline.model.codes import EVIDENCE

STANDING_INPUT: Final = ("contact_id", "platform", "direction", "native_id", "reply_to_native", "at")
"""Columns of INTERACTIONS that are needed."""
_RANK: Final = {name: (3 if name.startswith("follow") else position) for position, name in enumerate(EVIDENCE)}
_HEIGHT: Final = {"guru": 3, "peer": 2, "newbie": 1}


def ranked_evidence(
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
    """List all evidence of each contact, best first.

    Args:
        decisions: contact_id, tier, audience (of `contacts.csv`, resolved to contacts).
        ties: contact_id, account_id, platform, kind, since, last_seen_at, missing_since.
        lists: account_id, platform, kind, complete, as_of.
        identities: contact_id, platform, native_id.
        interactions: STANDING_INPUT.
        counts: contact_id, platform, audience, verified, source, as_of: what exports count.
        audiences: platform -> the owner's followers as the settings state them.
        limits: where guru and newbie begin.

    Returns:
        Columns of `standing_evidence.SCHEMA`, log_ratio (contact's audience to the owner's), rank (of the kind, 0 =
        best), height (of the tier). Evidence that makes a tier comes first; within one kind, the highest tier.

    Source: methods:standing-evidence.
    """
    none = standing_evidence.no_evidence()
    with_audience = (
        standing_evidence.owner_audiences(decisions),
        none if counts is None else standing_evidence.export_audiences(counts),
    )
    others = (
        standing_evidence.owner_tiers(decisions),
        standing_evidence.follow_structure(ties, lists),
        none if counts is None else standing_evidence.verified_flags(counts),
        none if identities is None else standing_evidence.account_ages(identities),
        none if interactions is None else standing_evidence.in_degree(interactions),
    )
    own = own_audiences(ties, lists, audiences or {})
    no_ratio = pl.lit(None, dtype=pl.Float64).alias("log_ratio")
    return (
        pl.concat([
            *(rows.with_columns(no_ratio) for rows in others),
            *(with_audience_tiers(rows, own, limits or TierLimits()) for rows in with_audience),
        ])
        .with_columns(
            pl.col("evidence").replace_strict(_RANK, return_dtype=pl.Int64).alias("rank"),
            pl.col("tier").replace_strict(_HEIGHT, default=0, return_dtype=pl.Int64).alias("height"),
        )
        .sort(
            "contact_id", pl.col("tier").is_null(), "rank", -pl.col("height"), -pl.col("value").fill_null(-1.0),
            pl.col("as_of").fill_null(0), "source", "evidence", "platform", nulls_last=True,
        )
    )  # fmt: skip


def standing_table(
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
    """Compute the table: a row for each contact, with the best evidence that makes a tier, else the best there is.

    Args:
        contacts: contact_id.
        decisions: as in `ranked_evidence`, like all other arguments.
        ties: see there.
        lists: see there.
        identities: see there.
        interactions: see there.
        counts: see there.
        audiences: see there.
        limits: see there.

    Returns:
        Columns of the table, sorted by contact_id. Contacts without evidence have tier `unknown` and evidence `none`.

    Source: methods:standing.
    """
    evidence = ranked_evidence(
        decisions=decisions, ties=ties, lists=lists, identities=identities, interactions=interactions, counts=counts,
        audiences=audiences, limits=limits,
    )  # fmt: skip
    best = evidence.unique("contact_id", keep="first", maintain_order=True)
    return to_table(
        contacts.select("contact_id")
        .unique()
        .join(best, on="contact_id", how="left")
        .with_columns(pl.col("tier").fill_null("unknown"), pl.col("evidence").fill_null("none")),
        "standing",
        "contact_id",
    )
