"""Take an archive out again: its reading is deleted, and everything is rebuilt from the others."""

from pathlib import Path

import polars as pl

from pipeline.archives.reading import remove_archive
from pipeline.cli import CannotPublishError, UsageError
from pipeline.commands.rows import written
from pipeline.home.lock import RunLock
from pipeline.home.paths import Home, home_path
from pipeline.running import Summary, run_home
from pipeline.store import Store


def _archives(home: Home) -> pl.DataFrame:
    store = Store(home.state / "work")
    if not store.has("archives"):
        raise CannotPublishError(f"no run was made in {home.path} yet; `dancecard run` makes one")
    return store.read("archives")


def listed(given_home: str | None) -> bytes:
    """Return the archives as a table for the terminal."""
    table = _archives(Home(home_path(given_home))).select(
        pl.col("archive_id").str.head(12), "path", "platform", pl.from_epoch("exported_at", "us").alias("exported_at"),
        "status", "reason",
    )  # fmt: skip
    return written(table.sort("path"), "table")


def remove(given_home: str | None, name: str) -> Summary:
    """Remove the archive that the name means and run again.

    Args:
        given_home: the home.
        name: archive_id, its beginning (8 digits or more), or the path.

    Raises:
        UsageError: no or several archives are meant, or the archive lies in the inbox.
        HomeBusy: another run is at work.
    """
    home = Home.open(home_path(given_home))
    table = _archives(home)
    absolute = str(Path(name).absolute())
    by_id = pl.col("archive_id").str.starts_with(name) if len(name) >= 8 else pl.lit(value=False)
    found = table.filter(by_id | pl.col("path").is_in([name, absolute]))
    if found.height != 1:
        raise UsageError(f"{found.height or 'no'} archives are meant by {name!r}; `dancecard archives` lists them")
    row = found.row(0, named=True)
    if row["path"].startswith("exports/") and (home.path / row["path"]).exists():
        raise UsageError(f"{row['path']} lies in the inbox and would be read again: move it elsewhere first")
    with RunLock(home):
        remove_archive(home, row["archive_id"])
    return run_home(str(home.path), [])
