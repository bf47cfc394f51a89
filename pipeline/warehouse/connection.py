"""Open DuckDB: hardened, in UTC, always closed."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

STORAGE_VERSION: Final = "v1.4.0"
"""The oldest DuckDB that must be able to open the published file."""
WarehouseError: Final = duckdb.Error
"""Base of all errors of DuckDB, for rooms that catch them and may not import DuckDB."""


def _quoted(path: Path) -> str:
    """Return a SQL string literal of a path."""
    return "'" + str(path).replace("'", "''") + "'"


def _harden(connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
    """Refuse files, networks and extensions; nothing can be re-enabled afterwards (order matters).

    Args:
        connection: a connection on which nothing has run yet.
        spill: folder for what a large sort can't keep in memory (DuckDB's default is the current folder).
    """
    # connections of one process to one file share their settings: the first has set and locked them
    if connection.execute("select current_setting('lock_configuration')").fetchall() == [(True,)]:
        return
    for setting in (
        f"set temp_directory = {_quoted(spill)}",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set allow_community_extensions = false",
        "set global timezone = 'UTC'",
        "set enable_external_access = false",
        "set lock_configuration = true",
    ):
        connection.execute(setting).fetchall()


@contextmanager
def building(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a new file for writing, in the storage version that older DuckDBs read; it is closed on leaving."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("set timezone = 'UTC'").fetchall()
        connection.execute(f"attach {_quoted(path)} as built (storage_version '{STORAGE_VERSION}')").fetchall()
        connection.execute("use built").fetchall()
        _harden(connection, path.with_name(f"{path.name}.tmp"))
        yield connection
        connection.execute("checkpoint built").fetchall()
    finally:
        connection.close()


class WarehouseMissingError(Exception):
    """No warehouse was published yet."""


@contextmanager
def published(path: Path, private_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only; while another process has it locked, a private copy (0600, removed afterwards).

    Raises:
        WarehouseMissingError: nothing was published at the path.
    """
    if not path.exists():
        raise WarehouseMissingError(f"there is no warehouse at {path}: `dancecard run` makes one")
    copy: Path | None = None
    try:
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.IOException as locked:
            if "lock" not in str(locked).lower():
                raise
            # mkdtemp makes the folder 0700, so that no other user can read the copy before its own mode is set
            copy = Path(tempfile.mkdtemp(dir=private_folder, prefix="query-")) / "warehouse.duckdb"
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
            connection = duckdb.connect(str(copy), read_only=True)
        try:
            _harden(connection, private_folder / "spill")
            yield connection
        finally:
            with suppress(duckdb.Error):
                connection.close()
    finally:
        if copy is not None:
            shutil.rmtree(copy.parent, ignore_errors=True)
