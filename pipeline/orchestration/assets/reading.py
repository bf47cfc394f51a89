"""From untouched archives to staged records: the only asset that starts readers."""

from pathlib import Path
from typing import Final

import polars as pl

from pipeline.home.settings import Settings
from pipeline.orchestration.resources import Session
from pipeline.orchestration.table_assets import table
from pipeline.reading.archives import read_archives

READINGS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "archive_id": pl.String, "path": pl.String, "platform": pl.String, "exported_at": pl.Int64,
    "size_bytes": pl.Int64, "status": pl.String, "reason": pl.String, "folder": pl.String, "unknown": pl.List(pl.String),
    "retry": pl.Boolean,
}  # fmt: skip


@table
def readings(inbox: list[Path], settings: Settings, session: Session) -> pl.DataFrame:
    """One row an archive: its state, and the folder of its staged records.

    Child processes with limits read each archive; an archive that was read before is taken from staging.
    """
    found = read_archives(session.home(), settings, inbox, session.progress)
    rows = [
        (
            reading.archive_id, reading.path, reading.platform or None,
            reading.exported_at, reading.size_bytes, reading.status, reading.reason or None,
            str(reading.folder) if reading.folder else None, list(reading.unknown), reading.retry,
        )
        for reading in found
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=READINGS, orient="row").sort("archive_id")
