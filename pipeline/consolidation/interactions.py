"""The table `interactions`: every act once, in its current version, with ids, contact and resolved reply links."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.consolidation.changing_ids import staged_acts
from pipeline.consolidation.ids import account_id, interaction_ids, row_hashes, with_ordinal
from pipeline.consolidation.reply_links import reply_targets
from pipeline.consolidation.stagings import StagedArchive
from pipeline.matching.deduplication import deduplicate, may_repeat
from pipeline.model.hashing import in_order
from pipeline.model.schemas import INTERACTIONS

_RECORD = ["archive_id", "member", "pointer"]


@dataclass(frozen=True, slots=True)
class ConsolidatedInteractions:
    """The interactions of all archives, and what `pipeline.consolidation.ledger` needs to balance their records.

    Attributes:
        interactions: schema INTERACTIONS, sorted by interaction_id.
        conflicts: archive_id, member, pointer of records to set aside with the code `id_conflict`.
        repeatable: archive_rank, archive_id, member, pointer, keys (list of String) of staged rows that another row may
            repeat: its interaction_id, and a hash of its content with ordinal.
        unique_records: archive_id, member, pointer of all other staged rows.
        counts: number of rows by fate of deduplication, for the table `matching_counts`.
        unattributed: the staged unattributed acts, with the same ids of threads and messages as the interactions.
    """

    interactions: pl.DataFrame
    conflicts: pl.DataFrame
    repeatable: pl.DataFrame
    unique_records: pl.DataFrame
    counts: dict[str, int]
    unattributed: pl.DataFrame


def consolidated_interactions(stagings: Sequence[StagedArchive], identities: pl.DataFrame) -> ConsolidatedInteractions:
    """Combine the staged interactions of all archives.

    Args:
        stagings: all archives.
        identities: identity_id, contact_id, platform, native_id of every person that a row names.

    Source: methods:deduplication, methods:one-act-one-row.
    """
    acts = staged_acts(stagings)
    rows = _identified(acts.interactions, identities).with_row_index("_place")
    # most rows occur once and cost no more than two hashes here
    repeats = rows.select(may_repeat() | pl.col("interaction_id").hash().is_duplicated()).to_series()
    deduplicated = deduplicate(rows.filter(repeats))
    conflicts = deduplicated.dropped.filter(pl.col("fate") == "id_conflict").select(_RECORD).unique().sort(pl.all())
    repeated = pl.concat([deduplicated.rows, deduplicated.dropped.select(deduplicated.rows.columns)])
    repeatable = _repeatable(repeated.join(conflicts, on=_RECORD, how="anti", maintain_order="left"))
    unique_records = rows.select(_RECORD).filter(~repeats)
    is_current = ~repeats
    is_current[deduplicated.rows.unique("interaction_id", keep="first", maintain_order=True)["_place"]] = True
    places = rows["_place"].filter(is_current)
    order = places.gather(in_order(rows["interaction_id"].gather(places)))
    current = rows.drop("_place", "contact", "exported_at", "archive_rank")[order]
    del rows, repeated
    return ConsolidatedInteractions(
        interactions=_table(current, deduplicated.aliases),
        conflicts=conflicts,
        repeatable=repeatable,
        unique_records=unique_records,
        counts=deduplicated.counts,
        unattributed=acts.unattributed,
    )


def _identified(staged: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
    """Return the staged interactions with identity, contact, account and interaction_id."""
    persons = identities.select("platform", pl.col("native_id").alias("person"), "identity_id", "contact_id")
    joined = staged.join(persons, on=["platform", "person"], how="left", maintain_order="left").drop("person")
    return interaction_ids(joined.with_columns(account_id().alias("account_id"), pl.col("contact_id").alias("contact")))


def _repeatable(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the keys by which another archive or member may hold the same row."""
    content = ["contact", "direction", "platform", "class", "thread", "at", "resolution_s", "text"]
    numbered = with_ordinal(rows, content)
    by_content = row_hashes(numbered, [*content, "ordinal"]).alias("_content")
    # equal content in an earlier archive is an overlap; in one archive ordinals keep equal rows apart
    keys = pl.concat_list("interaction_id", "_content").alias("keys")
    return numbered.with_columns(by_content).select("archive_rank", *_RECORD, keys)


def _table(current: pl.DataFrame, replaced: pl.DataFrame) -> pl.DataFrame:
    targets = reply_targets(current, replaced)
    links = current.rename({"reply_to": "reply_to_native", "thread": "thread_id"}).with_columns(targets)
    return links.select(*INTERACTIONS)
