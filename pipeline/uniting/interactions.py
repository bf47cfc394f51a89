"""The table `interactions`: every act once, in the version that stands, with ids, contact and resolved reply links."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.matching.deduplicate import Deduplicated, deduplicate
from pipeline.schemas import INTERACTIONS
from pipeline.uniting.archive_tables import account_id
from pipeline.uniting.ids import hashed, interaction_ids, with_ordinal
from pipeline.uniting.stagings import StagedArchive, load

_ACT = ["platform", "account", "native_id"]
_NEAREST = (
    ["platform", "account", "contact_id", "reply_to"],
    ["platform", "account", "reply_to"],
    ["platform", "contact_id", "reply_to"],
    ["platform", "reply_to"],
)
"""Where a reply link is looked for, nearest first."""
_ROW = ["archive_rank", "archive_id", "member", "pointer", "keys"]


@dataclass(frozen=True, slots=True)
class UnitedInteractions:
    """What uniting made of the staged interactions.

    interactions: schema INTERACTIONS, sorted by interaction_id.
    conflicts: archive_id, member, pointer of records to set aside (`id_conflict`).
    ledger_rows: archive_rank, archive_id, member, pointer, keys of every staged row, for `ledger.record_fates`.
    counts: R1's counts for `matching_counts`.
    """

    interactions: pl.DataFrame
    conflicts: pl.DataFrame
    ledger_rows: pl.DataFrame
    counts: dict[str, int]


def _identified(archives: Sequence[StagedArchive], identities: pl.DataFrame) -> pl.DataFrame:
    """Load staged interactions with identity, contact, account and interaction_id."""
    staged = load(archives, "interactions")
    named = identities.select("platform", pl.col("native_id").alias("person"), "identity_id", "contact_id")
    joined = staged.join(named, on=["platform", "person"], how="left", maintain_order="left")
    return interaction_ids(joined.with_columns(account_id().alias("account_id"), pl.col("contact_id").alias("contact")))


def _ledger_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each staged row the keys by which it may have been brought before: its id, and its content with ordinal."""
    content = ["contact", "direction", "platform", "class", "thread", "at", "resolution_s", "text"]
    numbered = with_ordinal(rows, content)
    by_content = hashed(numbered, [*content, "ordinal"]).alias("_content")
    # a row whose content an earlier *archive* holds is an overlap (R1b); inside one archive ordinals keep equal rows apart
    return numbered.with_columns(by_content).with_columns(
        pl.concat_list("interaction_id", "_content").alias("keys")
    ).select(_ROW)  # fmt: skip


def _resolved(kept: pl.DataFrame, deduplicated: Deduplicated) -> pl.DataFrame:
    """Turn `reply_to` (a native id) into an interaction_id.

    Ids are one space a platform and account: the row's own account is asked first, then the platform's others (a thread may
    run through two mailboxes); in each the row of the same contact comes before another's, and the least id decides what is
    left. Ids that no longer stand lead to the row that stands in their place.
    """
    targets = (
        pl.concat(
            [
                kept.select(*_ACT, pl.col("native_id").alias("reply_to"), "contact_id", "interaction_id"),
                _stand_ins(kept, deduplicated.aliases),
            ]
        )
        .filter(pl.col("reply_to").is_not_null())
        .drop("native_id")
    )
    found = kept.sort("interaction_id")
    for place, keys in enumerate(_NEAREST):
        least = targets.group_by(keys).agg(pl.col("interaction_id").min().alias(f"_target{place}"))
        found = found.join(least, on=keys, how="left", maintain_order="left")
    return found.with_columns(
        pl.col("reply_to").alias("reply_to_native"),
        pl.coalesce(f"_target{place}" for place in range(len(_NEAREST))).alias("reply_to"),
    )


def _stand_ins(kept: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that stand under ids that no longer do (overlaps without common ids, METHODS R1b)."""
    lost = aliases.select("platform", "account", pl.col("native_id").alias("reply_to"), "stands_as")
    standing = kept.select("platform", pl.col("native_id").alias("stands_as"), "contact_id", "interaction_id")
    return lost.join(standing, on=["platform", "stands_as"]).select(
        "platform", "account", pl.col("stands_as").alias("native_id"), "reply_to", "contact_id", "interaction_id"
    )


def united_interactions(archives: Sequence[StagedArchive], identities: pl.DataFrame) -> UnitedInteractions:
    """Unite the staged interactions of all archives (METHODS R1; rulings 1 and 2).

    Args:
        archives: readings with a staged folder.
        identities: identity_id, contact_id, platform, native_id of every person that a row names.
    """
    rows = _identified(archives, identities)
    deduplicated = deduplicate(rows)
    kept = deduplicated.rows.unique("interaction_id", keep="first", maintain_order=True)
    table = _resolved(kept, deduplicated).rename({"thread": "thread_id"}).select(*INTERACTIONS).sort("interaction_id")
    conflicts = deduplicated.dropped.filter(pl.col("fate") == "id_conflict").select("archive_id", "member", "pointer")
    standing = pl.concat([deduplicated.rows, deduplicated.dropped.select(deduplicated.rows.columns)])
    clashing = standing.join(conflicts, on=["archive_id", "member", "pointer"], how="anti")
    return UnitedInteractions(table, conflicts.unique().sort(pl.all()), _ledger_rows(clashing), deduplicated.counts)
