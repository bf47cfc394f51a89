"""The table `interactions`: every act once, in the version that stands, with ids, contact and resolved reply links."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.consolidation.archives import account_id
from pipeline.consolidation.ids import hashed, interaction_ids, with_ordinal
from pipeline.consolidation.stagings import StagedArchive, load
from pipeline.matching.deduplication import deduplicate, may_repeat
from pipeline.model.hashing import in_order
from pipeline.model.schemas import INTERACTIONS

_ACT = ["platform", "account", "native_id"]
_NEAREST = (
    ["platform", "account", "contact_id", "reply_to"],
    ["platform", "account", "reply_to"],
    ["platform", "contact_id", "reply_to"],
    ["platform", "reply_to"],
)
"""Where a reply link is looked for, nearest first."""
_RECORD = ["archive_id", "member", "pointer"]


@dataclass(frozen=True, slots=True)
class UnitedInteractions:
    """What uniting made of the staged interactions.

    interactions: schema INTERACTIONS, sorted by interaction_id.
    conflicts: archive_id, member, pointer of records to set aside (`id_conflict`).
    ledger_rows: archive_rank, archive_id, member, pointer, keys of staged rows that may stand elsewhere too, for
        `ledger.record_fates`.
    new_records: archive_id, member, pointer of all other staged rows.
    counts: R1's counts for `matching_counts`.
    """

    interactions: pl.DataFrame
    conflicts: pl.DataFrame
    ledger_rows: pl.DataFrame
    new_records: pl.DataFrame
    counts: dict[str, int]


def _identified(archives: Sequence[StagedArchive], identities: pl.DataFrame) -> pl.DataFrame:
    """Load staged interactions with identity, contact, account and interaction_id."""
    staged = load(archives, "interactions")
    named = identities.select("platform", pl.col("native_id").alias("person"), "identity_id", "contact_id")
    joined = staged.join(named, on=["platform", "person"], how="left", maintain_order="left").drop("person")
    return interaction_ids(joined.with_columns(account_id().alias("account_id"), pl.col("contact_id").alias("contact")))


def _ledger_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each staged row the keys by which it may have been brought before: its id, and its content with ordinal."""
    content = ["contact", "direction", "platform", "class", "thread", "at", "resolution_s", "text"]
    numbered = with_ordinal(rows, content)
    by_content = hashed(numbered, [*content, "ordinal"]).alias("_content")
    # a row whose content an earlier *archive* holds is an overlap (R1b); inside one archive ordinals keep equal rows apart
    keys = pl.concat_list("interaction_id", "_content").alias("keys")
    return numbered.with_columns(by_content).select("archive_rank", *_RECORD, keys)


def _reply_targets(kept: pl.DataFrame, aliases: pl.DataFrame) -> pl.Series:
    """Return for each row the interaction_id that its `reply_to` (a native id) means, null without.

    Ids are one space a platform and account: the row's own account is asked first, then the platform's others (a thread may
    run through two mailboxes); in each the row of the same contact comes before another's, and the least id decides what is
    left. Ids that no longer stand lead to the row that stands in their place.
    """
    numbered = kept.select(*_ACT, "contact_id", "reply_to", "interaction_id").with_row_index("_row")
    found = numbered.filter(pl.col("reply_to").is_not_null()).select(
        "_row", "platform", "account", "contact_id", "reply_to"
    )
    asked = found.select("reply_to").unique()
    own = ["platform", "account", "reply_to", "contact_id", "interaction_id"]
    named = numbered.drop("reply_to").rename({"native_id": "reply_to"}).join(asked, on="reply_to", how="semi")
    targets = pl.concat([named.select(own), _stand_ins(kept, aliases).select(own)])
    for place, keys in enumerate(_NEAREST):
        least = targets.group_by(keys).agg(pl.col("interaction_id").min().alias(f"_target{place}"))
        found = found.join(least, on=keys, how="left", maintain_order="left")
    resolved = found.select("_row", pl.coalesce(f"_target{place}" for place in range(len(_NEAREST))).alias("reply_to"))
    return numbered.select("_row").join(resolved, on="_row", how="left", maintain_order="left")["reply_to"]


def _stand_ins(kept: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that stand under ids that no longer do (overlaps without common ids, METHODS R1b)."""
    lost = aliases.select("platform", "account", pl.col("native_id").alias("reply_to"), "stands_as")
    standing = kept.select("platform", pl.col("native_id").alias("stands_as"), "contact_id", "interaction_id")
    return lost.join(standing, on=["platform", "stands_as"])


def _table(kept: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Return the table of the rows that stand."""
    targets = _reply_targets(kept, aliases)
    links = kept.rename({"reply_to": "reply_to_native", "thread": "thread_id"}).with_columns(targets)
    return links.select(*INTERACTIONS)


def united_interactions(archives: Sequence[StagedArchive], identities: pl.DataFrame) -> UnitedInteractions:
    """Unite the staged interactions of all archives (METHODS R1; rulings 1 and 2).

    Args:
        archives: readings with a staged folder.
        identities: identity_id, contact_id, platform, native_id of every person that a row names.
    """
    rows = _identified(archives, identities).with_row_index("_place")
    # most rows stand only once, and cost no more than two hashes here
    again = rows.select(may_repeat() | pl.col("interaction_id").hash().is_duplicated()).to_series()
    deduplicated = deduplicate(rows.filter(again))
    conflicts = deduplicated.dropped.filter(pl.col("fate") == "id_conflict").select(_RECORD).unique().sort(pl.all())
    repeated = pl.concat([deduplicated.rows, deduplicated.dropped.select(deduplicated.rows.columns)])
    ledger_rows = _ledger_rows(repeated.join(conflicts, on=_RECORD, how="anti", maintain_order="left"))
    new_records = rows.select(_RECORD).filter(~again)
    stands = ~again
    stands[deduplicated.rows.unique("interaction_id", keep="first", maintain_order=True)["_place"]] = True
    standing = rows["_place"].filter(stands)
    order = standing.gather(in_order(rows["interaction_id"].gather(standing)))
    kept = rows.drop("_place", "contact", "exported_at", "archive_rank")[order]
    del rows, repeated
    counts = deduplicated.counts
    return UnitedInteractions(_table(kept, deduplicated.aliases), conflicts, ledger_rows, new_records, counts)
