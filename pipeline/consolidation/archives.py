"""The table `archives`: each archive with its account, dates and status. Source: methods:archive-status."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.accounts import archive_accounts
from pipeline.consolidation.stagings import StagedArchive, load


def event_spans(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return archive_id, first_at, last_at (Int64, microseconds UTC) over all staged events of each archive."""
    columns = ("archive_id", "at")
    times = pl.concat([load(stagings, table, columns).select(columns) for table in ("interactions", "unattributed")])
    return times.group_by("archive_id").agg(pl.col("at").min().alias("first_at"), pl.col("at").max().alias("last_at"))


def archives_table(stagings: Sequence[StagedArchive], readings: pl.DataFrame, set_aside: pl.DataFrame) -> pl.DataFrame:
    """Return the table `archives`.

    A complete archive becomes `partial` when one of its records conflicts with a record of another archive.

    Args:
        stagings: all archives.
        readings: archive_id, path, platform, exported_at (Int64, microseconds UTC), size_bytes, status, reason.
        set_aside: the table `set_aside`.

    Returns:
        One row an archive, sorted by archive_id.

    Source: methods:archive-status.
    """
    conflicts = (
        set_aside.filter(pl.col("reason_code") == "id_conflict").group_by("archive_id").agg(pl.len().alias("conflicts"))
    )
    joined = (
        readings.join(event_spans(stagings), on="archive_id", how="left")
        .join(archive_accounts(stagings), on="archive_id", how="left")
        .join(conflicts, on="archive_id", how="left")
    )
    conflicting = pl.col("conflicts").is_not_null() & (pl.col("status") == "complete")
    reason = pl.format("{} set aside: the same id belongs to another act in another record", "conflicts")
    return joined.select(
        "archive_id", "path", "platform", "account_id", "exported_at", "first_at", "last_at", "size_bytes",
        pl.when(conflicting).then(pl.lit("partial")).otherwise("status").alias("status"),
        pl.when(conflicting).then(reason).otherwise("reason").alias("reason"),
    ).sort("archive_id")  # fmt: skip


def last_known(archives: pl.DataFrame, interactions: pl.LazyFrame) -> pl.DataFrame:
    """Return `as_of`, one row: the newest export or act, 0 where there is none.

    Args:
        archives: exported_at, last_at (Int64, microseconds UTC, nullable).
        interactions: at (Int64, microseconds UTC).

    Returns:
        as_of (Int64, microseconds UTC).
    """
    newest = interactions.select(pl.col("at").max()).collect().item()
    times = [archives["exported_at"].max(), archives["last_at"].max(), newest]
    known = max((time for time in times if isinstance(time, int)), default=0)
    return pl.DataFrame({"as_of": [known]}, schema={"as_of": pl.Int64})
