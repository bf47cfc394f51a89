"""All archives together: every act once."""

from typing import Annotated

import polars as pl

from pipeline.consolidation.accounts import accounts_table
from pipeline.consolidation.archives import archives_table, last_known
from pipeline.consolidation.coverage import coverage_table
from pipeline.consolidation.interactions import consolidated_interactions
from pipeline.consolidation.ledger import ledger_tables
from pipeline.consolidation.stagings import staged_archives
from pipeline.consolidation.ties import tie_lists_table, ties_table
from pipeline.consolidation.unattributed import unattributed_table
from pipeline.orchestration.table_assets import Columns, Made, table, tables


@tables(
    "interactions", "members", "set_aside",
    consolidation_counts="How often each rule of deduplication applied: name, value.",
)  # fmt: skip
def interactions_and_ledger(readings: pl.DataFrame, identities: pl.DataFrame) -> Made:
    """Keep every act once, in its current version; balance the ledger of every member."""
    archives = staged_archives(readings)
    consolidated = consolidated_interactions(archives, identities)
    members, set_aside = ledger_tables(archives, identities, consolidated)
    counts = pl.DataFrame(
        sorted(consolidated.counts.items()), schema={"name": pl.String, "value": pl.Int64}, orient="row"
    )
    yield "interactions", consolidated.interactions
    yield "members", members
    yield "set_aside", set_aside
    yield "consolidation_counts", counts


@table
def archives(readings: pl.DataFrame, set_aside: pl.DataFrame) -> pl.DataFrame:
    """Archives with their state, and the times of their first and last act."""
    return archives_table(staged_archives(readings), readings, set_aside)


@table
def accounts(readings: pl.DataFrame) -> pl.DataFrame:
    """The owner's accounts that the archives state or use."""
    return accounts_table(staged_archives(readings))


@table
def ties(readings: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
    """Relations of all archives, one row each."""
    return ties_table(staged_archives(readings), identities)


@table
def tie_lists(readings: pl.DataFrame) -> pl.DataFrame:
    """Every list of ties that an archive shows: account_id, platform, kind, complete, and its date `as_of`."""
    return tie_lists_table(staged_archives(readings))


@table
def unattributed(readings: pl.DataFrame) -> pl.DataFrame:
    """Acts whose counterpart no export names."""
    return unattributed_table(staged_archives(readings))


@table
def coverage(readings: pl.DataFrame) -> pl.DataFrame:
    """What the archives can show: class, direction, surface, from when until when."""
    return coverage_table(staged_archives(readings))


@table
def as_of(
    archives: Annotated[pl.DataFrame, Columns("exported_at", "last_at")],
    interactions: Annotated[pl.LazyFrame, Columns("at")],
) -> pl.DataFrame:
    """The end of what is known, one row: the newest export or act, microseconds UTC; 0 in an empty home."""
    return last_known(archives, interactions)
