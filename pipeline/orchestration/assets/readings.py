"""From untouched archives to staged records: the only assets that start readers."""

from typing import Final

import dagster as dg
import polars as pl

from pipeline.orchestration.assets.writing import Written, written
from pipeline.orchestration.resources import Session
from pipeline.reading.archives import read_archives

READING: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "archive_id": pl.String, "path": pl.String, "platform": pl.String, "exported_at": pl.Int64,
    "size_bytes": pl.Int64, "status": pl.String, "reason": pl.String, "folder": pl.String, "unknown": pl.List(pl.String),
}  # fmt: skip


@dg.asset(group_name="exports", kinds={"python"}, pool="home")
def readings(session: Session) -> Written:
    """Read what is new in the inbox and the archives given: records, or set aside with reason and place.

    Every archive is read by child processes with limits; what was read before is taken from staging.
    """
    found = read_archives(session.home(), session.settings(), session.paths(), session.progress)
    rows = [
        (
            reading.archive_id, reading.path, reading.platform or None,
            reading.exported_at, reading.size_bytes, reading.status, reading.reason or None,
            str(reading.folder) if reading.folder else None, list(reading.unknown),
        )
        for reading in found
    ]  # fmt: skip
    return written(session, "readings", pl.DataFrame(rows, schema=READING, orient="row").sort("archive_id"))
