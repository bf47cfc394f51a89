"""List the archives; take one out again: its reading is deleted, and everything is rebuilt from the others."""

from contextlib import suppress
from pathlib import Path

import polars as pl

from pipeline.commands.rows import table_of, written
from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home, home_path
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.reading.removal import ArchiveInInbox, UnknownArchive, remove_archive
from pipeline.runs.run import run_home
from pipeline.runs.summary import Summary


def listed(given_home: str | None) -> bytes:
    """Return the archives as a table for the terminal."""
    table = table_of(Home(home_path(given_home)), "archives").select(
        pl.col("archive_id").str.head(12), "path", "platform", "exported_at", "status", "reason"
    )
    return written(table.sort("path"), "table")


def _meant(home: Home, name: str) -> tuple[str, str]:
    """Return archive_id and path of the one archive that the name means."""
    table = table_of(home, "archives")
    given = [name, home.shown(Path(name)), home.shown(home.path / name)]
    by_id = pl.col("archive_id").str.starts_with(name) if len(name) >= 8 else pl.lit(value=False)
    found = table.filter(by_id | pl.col("path").is_in(given)).select("archive_id", "path").rows()
    if len(found) != 1:
        raise UsageError(f"{len(found) or 'no'} archives are meant by {name!r}; `dancecard archives` lists them")
    return str(found[0][0]), str(found[0][1])


def remove(given_home: str | None, name: str) -> Summary:
    """Remove the archive that the name means and run again.

    Args:
        given_home: the home.
        name: archive_id, its beginning (8 digits or more), or the path.

    Raises:
        UsageError: no or several archives are meant, or the archive lies in the inbox.
        CannotPublishError: another run is at work, or no run was made yet.
    """
    home = Home.open(home_path(given_home))
    archive_id, path = _meant(home, name)
    inbox = UsageError(f"{path} lies in the inbox and would be read again: move it elsewhere first")
    if path.startswith("exports/") and (home.path / path).exists():
        raise inbox
    try:
        # one that could not be read is not known beyond its run: running again without it is all there is to do
        with RunLock(home), suppress(UnknownArchive):
            remove_archive(home, archive_id)
    except ArchiveInInbox:
        raise inbox from None
    except HomeBusy as error:
        raise CannotPublishError(error) from error
    return run_home(str(home.path), [])
