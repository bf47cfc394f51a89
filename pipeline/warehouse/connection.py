"""Open DuckDB: hardened, in UTC, always closed."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

STORAGE_VERSION = "v1.4.0"
"""The oldest DuckDB that must be able to open the published file."""


def _harden(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse files, networks and extensions; nothing can be re-enabled afterwards (order matters)."""
    for setting in (
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set allow_community_extensions = false",
        "set timezone = 'UTC'",
        "set enable_external_access = false",
        "set lock_configuration = true",
    ):
        connection.execute(setting).fetchall()


@contextmanager
def building(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a new file at the path for writing, in the storage version that older DuckDBs read; closed in any case."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("set timezone = 'UTC'").fetchall()
        location = str(path).replace("'", "''")
        connection.execute(f"attach '{location}' as built (storage_version '{STORAGE_VERSION}')").fetchall()
        connection.execute("use built").fetchall()
        _harden(connection)
        yield connection
        connection.execute("checkpoint built").fetchall()
    finally:
        connection.close()


class WarehouseMissingError(Exception):
    """No warehouse was published yet."""


@contextmanager
def published(path: Path, private_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read-only; when somebody holds it locked, a private copy of it.

    Raises:
        WarehouseMissingError: nothing was published at the path.
    """
    if not path.exists():
        raise WarehouseMissingError(f"there is no warehouse at {path}: `dancecard run` makes one")
    with tempfile.TemporaryDirectory(dir=private_folder, prefix="query-") as folder:
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.IOException as locked:
            if "lock" not in str(locked).lower():
                raise
            copy = Path(folder) / "warehouse.duckdb"
            shutil.copyfile(path, copy)
            connection = duckdb.connect(str(copy), read_only=True)
        try:
            _harden(connection)
            yield connection
        finally:
            with suppress(duckdb.Error):
                connection.close()
