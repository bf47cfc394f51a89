"""List the archives, or remove one: its reading is deleted, and everything is rebuilt from the others."""

from contextlib import suppress
from pathlib import Path

import polars as pl

from pipeline.commands.rows import formatted, read_table
from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home, home_path
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.reading.removal import ArchiveInInbox, UnknownArchive, remove_archive
from pipeline.runs.run import run_home
from pipeline.runs.summary import Summary


def archives_table(given_home: str | None) -> bytes:
    """Return the archives as a table for the terminal."""
    table = read_table(Home(home_path(given_home)), "archives").select(
        pl.col("archive_id").str.head(12), "path", "platform", "exported_at", "status", "reason"
    )
    return formatted(table.sort("path"), "table")


def _resolve(home: Home, name: str) -> tuple[str, str]:
    """Return archive_id and path of the one archive with this name."""
    table = read_table(home, "archives")
    given = [name, home.shown(Path(name)), home.shown(home.path / name)]
    by_id = pl.col("archive_id").str.starts_with(name) if len(name) >= 8 else pl.lit(value=False)
    found = table.filter(by_id | pl.col("path").is_in(given)).select("archive_id", "path").rows()
    if len(found) != 1:
        raise UsageError(f"{len(found) or 'no'} archives match {name!r}; `dancecard archives` lists them")
    return str(found[0][0]), str(found[0][1])


def remove(given_home: str | None, name: str) -> Summary:
    """Remove the archive with this name and run again.

    Args:
        given_home: the home.
        name: archive_id, its beginning (8 digits or more), or the path.

    Raises:
        UsageError: none or several archives match, or the archive is in the inbox.
        CannotPublishError: another run is in progress, or nothing has been published yet.
    """
    home = Home.open(home_path(given_home))
    archive_id, path = _resolve(home, name)
    inbox = UsageError(f"{path} is in the inbox and would be read again: move it elsewhere first")
    if path.startswith("exports/") and (home.path / path).exists():
        raise inbox
    try:
        # an archive that could not be read leaves nothing behind: running again without it is enough
        with RunLock(home), suppress(UnknownArchive):
            remove_archive(home, archive_id)
    except ArchiveInInbox:
        raise inbox from None
    except HomeBusy as error:
        raise CannotPublishError(error) from error
    return run_home(str(home.path), [])
