"""Load the staged Parquet of all readings into one frame a table, each row knowing its archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.model.schemas import STAGED

ARCHIVE = {"archive_id": pl.String, "exported_at": pl.Int64, "archive_rank": pl.Int64}


@dataclass(frozen=True, slots=True)
class StagedArchive:
    """What uniting needs of one reading."""

    archive_id: str
    exported_at: int | None
    folder: Path | None


def archive_order(archives: Sequence[StagedArchive]) -> list[StagedArchive]:
    """Sort by (exported_at, archive_id), unknown export dates first: the order in which records count as stored."""
    return sorted(archives, key=lambda a: (a.exported_at is not None, a.exported_at or 0, a.archive_id))


def load(archives: Sequence[StagedArchive], table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """Return the staged table of all archives, in one piece.

    With archive_id, exported_at and archive_rank (1 = first in archive_order). `columns` says which of all these are wanted.
    """
    schema = {name: kind for name, kind in {**STAGED[table], **ARCHIVE}.items() if columns is None or name in columns}
    frames = []
    for rank, archive in enumerate(archive_order(archives), start=1):
        path = archive.folder / f"{table}.parquet" if archive.folder else None
        if path is None or not path.exists():
            continue
        # an older reading may lack a column
        there = [name for name in pl.read_parquet_schema(path) if name in schema]
        frames.append(
            pl.read_parquet(path, columns=there).with_columns(
                pl.lit(archive.archive_id).alias("archive_id"),
                pl.lit(archive.exported_at, dtype=pl.Int64).alias("exported_at"),
                pl.lit(rank, dtype=pl.Int64).alias("archive_rank"),
            )
        )
    # one piece: taking rows out of some hundred pieces costs ten times as much
    empty = pl.DataFrame(schema=schema)
    return pl.concat([empty, *frames], how="diagonal_relaxed").select(*schema).rechunk() if frames else empty


def occurring(archives: Sequence[StagedArchive], table: str, *columns: str) -> pl.DataFrame:
    """Return the values of these columns that occur together in the staged table of any archive, each once."""
    return load(archives, table, columns).select(columns).unique()
