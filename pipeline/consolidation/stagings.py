"""The staged Parquet files of all archives as one frame a table, each row with its archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.model.schemas import STAGED

ARCHIVE: Final = {"archive_id": pl.String, "exported_at": pl.Int64, "archive_rank": pl.Int64}
"""Columns that `load` adds: `exported_at` in microseconds UTC, `archive_rank` from 1 in `archive_order`."""


@dataclass(frozen=True, slots=True)
class StagedArchive:
    """One archive as consolidation needs it.

    Attributes:
        archive_id: SHA-256 of the archive's bytes.
        exported_at: microseconds UTC; None when the export states no date.
        folder: its staged Parquet files; None when nothing is staged.
    """

    archive_id: str
    exported_at: int | None
    folder: Path | None


def staged_archives(readings: pl.DataFrame) -> list[StagedArchive]:
    """Return the archives of a run.

    Args:
        readings: archive_id (String), exported_at (Int64, microseconds UTC, nullable), folder (String, nullable).
    """
    rows = readings.select("archive_id", "exported_at", "folder").iter_rows()
    return [StagedArchive(name, exported_at, Path(folder) if folder else None) for name, exported_at, folder in rows]


def archive_order(stagings: Sequence[StagedArchive]) -> list[StagedArchive]:
    """Sort by (exported_at, archive_id), unknown export dates first: the order in which records count as stored."""
    return sorted(stagings, key=lambda one: (one.exported_at is not None, one.exported_at or 0, one.archive_id))


def load(stagings: Sequence[StagedArchive], table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """Return a staged table of all archives.

    Args:
        stagings: all archives.
        table: a name in `pipeline.model.schemas.STAGED`.
        columns: the columns wanted, of the table and of `ARCHIVE`; None for all.

    Returns:
        The columns in the schema's order, in one chunk, archives in `archive_order`.
    """
    schema = {name: kind for name, kind in {**STAGED[table], **ARCHIVE}.items() if columns is None or name in columns}
    frames = []
    for rank, staging in enumerate(archive_order(stagings), start=1):
        path = staging.folder / f"{table}.parquet" if staging.folder else None
        if path is None or not path.exists():
            continue
        # an older reading may lack a column
        present = [name for name in pl.read_parquet_schema(path) if name in schema]
        frames.append(
            pl.read_parquet(path, columns=present).with_columns(
                pl.lit(staging.archive_id).alias("archive_id"),
                pl.lit(staging.exported_at, dtype=pl.Int64).alias("exported_at"),
                pl.lit(rank, dtype=pl.Int64).alias("archive_rank"),
            )
        )
    # one chunk: gathering rows from some hundred chunks costs ten times as much
    empty = pl.DataFrame(schema=schema)
    return pl.concat([empty, *frames], how="diagonal_relaxed").select(*schema).rechunk() if frames else empty


def distinct(stagings: Sequence[StagedArchive], table: str, *columns: str) -> pl.DataFrame:
    """Return the distinct combinations of these columns in a staged table of all archives."""
    return load(stagings, table, columns).select(columns).unique()
