"""All stagings together, in one call: every table between staging and matching."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.archives import account_id, united_accounts, united_set_aside
from pipeline.consolidation.interactions import UnitedInteractions
from pipeline.consolidation.ledger import record_fates, united_members
from pipeline.consolidation.relations import unattributed_ids, united_coverage, united_ties, united_unattributed
from pipeline.consolidation.stagings import StagedArchive, load, occurring

_PLACE = ["archive_rank", "archive_id", "member", "pointer"]


def _staged_ties(archives: Sequence[StagedArchive], identities: pl.DataFrame) -> pl.DataFrame:
    named = identities.select("platform", pl.col("native_id").alias("person"), "identity_id", "contact_id")
    ties = load(archives, "ties").join(named, on=["platform", "person"], how="left", maintain_order="left")
    return ties.with_columns(account_id().alias("account_id"))


def ties_table(archives: Sequence[StagedArchive], identities: pl.DataFrame) -> pl.DataFrame:
    """Return the table `ties`."""
    lists = load(archives, "lists").with_columns(account_id().alias("account_id"))
    return united_ties(_staged_ties(archives, identities), lists)


def unattributed_table(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `unattributed`."""
    staged = load(archives, "unattributed").with_columns(account_id().alias("account_id"))
    return united_unattributed(unattributed_ids(staged))


def coverage_table(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `coverage` (schema COVERAGE)."""
    return united_coverage(load(archives, "coverage").with_columns(account_id().alias("account_id")))


def ledger_tables(
    archives: Sequence[StagedArchive], identities: pl.DataFrame, united: UnitedInteractions
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables `members` and `set_aside`."""
    tie_key = pl.concat_list(
        pl.concat_str(pl.lit("tie"), "account_id", "contact_id", "kind", separator="\x1f").alias("keys")
    )
    ties = _staged_ties(archives, identities).select(*_PLACE, tie_key)
    nameless = unattributed_ids(load(archives, "unattributed")).select(
        *_PLACE, pl.concat_list("unattributed_id").alias("keys")
    )
    rows = pl.concat([united.ledger_rows, ties, nameless], how="vertical")
    fates = record_fates(rows, united.new_records, united.conflicts)
    return united_members(load(archives, "members"), fates), united_set_aside(archives, united.conflicts)


def accounts_table(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `accounts`."""
    used = [occurring(archives, table, "platform", "account") for table in ("interactions", "unattributed", "ties")]
    return united_accounts(archives, pl.concat(used).filter(pl.col("account").is_not_null()))


def archive_accounts(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return archive_id, account_id: the owner's account that each archive belongs to (the least, when it holds several)."""
    stated = load(archives, "accounts").select(
        "archive_id", pl.concat_str("platform", pl.lit(":"), "native_id").alias("account_id")
    )
    return stated.group_by("archive_id").agg(pl.col("account_id").min())


def archives_table(
    readings: pl.DataFrame, spans: pl.DataFrame, accounts: pl.DataFrame, set_aside: pl.DataFrame
) -> pl.DataFrame:
    """Return the table `archives`.

    An archive whose id conflicts came to light only beside other archives becomes `partial` here (CONTRACT: partial iff
    something in it was set aside).

    Args:
        readings: archive_id, path, platform, exported_at, size_bytes, status, reason.
        spans: archive_id, first_at, last_at.
        accounts: archive_id, account_id.
        set_aside: the table.
    """
    conflicts = (
        set_aside.filter(pl.col("reason_code") == "id_conflict").group_by("archive_id").agg(pl.len().alias("conflicts"))
    )
    joined = (
        readings.join(spans, on="archive_id", how="left")
        .join(accounts, on="archive_id", how="left")
        .join(conflicts, on="archive_id", how="left")
    )
    clash = pl.col("conflicts").is_not_null() & (pl.col("status") == "complete")
    words = pl.format("{} set aside: the same id stands for another act in another record", "conflicts")
    return joined.select(
        "archive_id", "path", "platform", "account_id", "exported_at", "first_at", "last_at", "size_bytes",
        pl.when(clash).then(pl.lit("partial")).otherwise("status").alias("status"),
        pl.when(clash).then(words).otherwise("reason").alias("reason"),
    ).sort("archive_id")  # fmt: skip
