"""The ledger of all archives: the tables `members` and `set_aside`, every record counted once.

Source: methods:record-fates.
"""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.ids import unattributed_ids
from pipeline.consolidation.interactions import ConsolidatedInteractions
from pipeline.consolidation.stagings import StagedArchive, load
from pipeline.consolidation.ties import staged_ties

_RECORD = ["archive_id", "member", "pointer"]
_RANKED = ["archive_rank", *_RECORD]


def ledger_tables(
    stagings: Sequence[StagedArchive], identities: pl.DataFrame, consolidated: ConsolidatedInteractions
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables `members` and `set_aside`.

    Args:
        stagings: all archives.
        identities: identity_id, contact_id, platform, native_id of every person that a row names.
        consolidated: the interactions of the same archives.
    """
    tie_key = pl.concat_str(pl.lit("tie"), "account_id", "contact_id", "kind", separator="\x1f").alias("keys")
    ties = staged_ties(stagings, identities).select(*_RANKED, pl.concat_list(tie_key))
    unattributed = unattributed_ids(consolidated.unattributed)
    rows = pl.concat(
        [
            consolidated.repeatable,
            ties,
            unattributed.select(*_RANKED, pl.concat_list("unattributed_id").alias("keys")),
        ],
        how="vertical",
    )
    fates = record_fates(rows, consolidated.unique_records, consolidated.conflicts)
    return members_table(load(stagings, "members"), fates), set_aside_table(stagings, consolidated.conflicts)


def record_fates(rows: pl.DataFrame, unique: pl.DataFrame, conflicts: pl.DataFrame) -> pl.DataFrame:
    """Return whether each record brought anything new.

    Args:
        rows: staged rows that another row may repeat: archive_rank, archive_id, member, pointer, and `keys`, a list of
            what makes it the same row elsewhere. A row is new iff none of its keys occurs earlier, in the order of
            (archive_rank, member, position).
        unique: archive_id, member, pointer of further rows, which no other row repeats.
        conflicts: archive_id, member, pointer of records whose id belongs to another act.

    Returns:
        archive_id, member, pointer, fate (`stored`, `already_stored`, `set_aside`) of the records of `rows` and
        `conflicts`, sorted.

    Source: methods:record-fates.
    """
    ordered = rows.sort("archive_rank", "member", maintain_order=True).with_row_index("_row")
    keys = ordered.select("_row", "keys").explode("keys")
    first = keys.group_by("keys").agg(pl.col("_row").min().alias("_first"))
    is_new = (
        keys.join(first, on="keys", nulls_equal=True)
        .group_by("_row")
        .agg((pl.col("_first") >= pl.col("_row")).all().alias("_new"))
    )
    fates = ordered.join(is_new, on="_row").group_by(_RECORD).agg(pl.col("_new").any())
    repeated = fates.filter(~pl.col("_new")).select(_RECORD)
    # a record of several rows is new when one of its rows is unique
    also_new = unique.join(repeated, on=_RECORD, how="semi").unique().with_columns(pl.lit(value=True).alias("_unique"))
    fates = fates.join(also_new, on=_RECORD, how="left").with_columns(pl.col("_new") | pl.col("_unique").is_not_null())
    conflicting = conflicts.select(_RECORD).unique().with_columns(pl.lit(value=True).alias("_conflict"))
    return (
        fates.join(conflicting, on=_RECORD, how="full", coalesce=True)
        .with_columns(
            pl.when(pl.col("_conflict").fill_null(value=False)).then(pl.lit("set_aside"))
            .when(pl.col("_new")).then(pl.lit("stored"))
            .otherwise(pl.lit("already_stored"))
            .alias("fate")
        )
        .select(*_RECORD, "fate")
        .sort(_RECORD)
    )  # fmt: skip


def members_table(members: pl.DataFrame, fates: pl.DataFrame) -> pl.DataFrame:
    """Return the table `members`: the staged counts, less the records that were stored before or conflict.

    Args:
        members: staged members with archive_id.
        fates: as `record_fates` returns them.
    """
    counts = (
        fates.group_by("archive_id", "member")
        .agg(
            (pl.col("fate") == "already_stored").sum().cast(pl.Int64).alias("already_stored"),
            (pl.col("fate") == "set_aside").sum().cast(pl.Int64).alias("conflicts"),
        )
    )  # fmt: skip
    joined = members.join(counts, on=["archive_id", "member"], how="left").with_columns(
        pl.col("already_stored", "conflicts").fill_null(0)
    )
    return joined.select(
        "archive_id", "member", "reader", "records_in",
        (pl.col("stored") - pl.col("already_stored") - pl.col("conflicts")).alias("stored"),
        "already_stored", (pl.col("set_aside") + pl.col("conflicts")).alias("set_aside"), "skipped", "skip_reason",
    ).sort("archive_id", "member")  # fmt: skip


def set_aside_table(stagings: Sequence[StagedArchive], conflicts: pl.DataFrame) -> pl.DataFrame:
    """Return the table `set_aside`: what readers set aside, and records whose id belongs to another act.

    Args:
        stagings: all archives.
        conflicts: archive_id, member, pointer.

    Source: methods:set-aside-reasons.
    """
    conflicting = conflicts.select(_RECORD).unique().with_columns(
        pl.lit("id_conflict").alias("reason_code"),
        pl.lit("the same id belongs to another act in another record; that one was kept").alias("reason"),
    )  # fmt: skip
    columns = [*_RECORD, "reason_code", "reason"]
    return pl.concat([load(stagings, "set_aside").select(columns), conflicting.select(columns)]).sort(columns)
