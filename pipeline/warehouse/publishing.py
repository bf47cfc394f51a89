"""Build the warehouse beside the published one, check it in a fresh process, and replace that one atomically.

Source: methods:publishing.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pyarrow as pa

import pipeline
from pipeline.model.row_groups import ROW_GROUP
from pipeline.model.tables import Table, tables
from pipeline.warehouse.connection import building
from pipeline.warehouse.shaping import shaped
from pipeline.warehouse.sql_files import sql_files


class WarehouseCheckError(Exception):
    """The built warehouse did not pass its checks; the published one is untouched."""


def _quoted(text: str) -> str:
    """Return a SQL string literal of one of the project's own comments."""
    return "'" + text.replace("'", "''") + "'"


def comment_statements(table: Table) -> list[str]:
    """Return the COMMENT ON statements that carry the comments of the DDL into the warehouse."""
    columns = [
        f'comment on column {table.name}."{column.name}" is {_quoted(column.documentation)}' for column in table.columns
    ]
    return [f"comment on table {table.name} is {_quoted(table.comment)}", *columns]


def batches(frame: pl.LazyFrame, table: Table) -> pa.RecordBatchReader | None:
    """Return the rows of a frame in the table's form, one row group at a time in memory; None: there are no rows."""
    rows = int(frame.select(pl.len()).collect().item())
    if not rows:
        return None
    wanted = shaped(frame, table)

    def read() -> Iterator[pa.RecordBatch]:
        for start in range(0, rows, ROW_GROUP):
            part = wanted.slice(start, ROW_GROUP).collect().rechunk()
            yield from part.to_arrow(compat_level=pl.CompatLevel.newest()).to_batches()

    like = wanted.clear().collect().to_arrow(compat_level=pl.CompatLevel.newest())
    return pa.RecordBatchReader.from_batches(like.schema, read())


def build(path: Path, frames: Mapping[str, pl.LazyFrame]) -> None:
    """Write a new DuckDB file with every table of sql/tables, its comments, the views and the macros.

    Args:
        path: a path at which there is no file.
        frames: table -> rows; a table without a frame is empty.

    Raises:
        duckdb.ConstraintException: a NULL or a value that the DDL does not allow; the message holds no value.
    """
    with building(path) as connection:
        # one transaction: committed one by one, each of the hundreds of comments would wait for the disk
        connection.execute("begin").fetchall()
        for name, table in tables().items():
            connection.execute(table.statement).fetchall()
            incoming = batches(frames[name], table) if name in frames else None
            if incoming is not None:
                connection.register("incoming", incoming)
                connection.execute(f'insert into "{name}" by name select * from incoming').fetchall()  # noqa: S608 - our own table names
                connection.unregister("incoming")
            for statement in comment_statements(table):
                connection.execute(statement).fetchall()
        for folder in ("macros", "views"):
            for file in sql_files(folder).values():
                connection.execute(file.text).fetchall()
        connection.execute("commit").fetchall()


def check(path: Path) -> None:
    """Open the built file in a fresh process and run the checks of `pipeline.warehouse.check_file` on it.

    Raises:
        WarehouseCheckError: with a sentence for each check that failed.
    """
    # -P: a folder named `pipeline` in the current folder must not be taken for this package
    command = [sys.executable, "-P", "-m", "pipeline.warehouse.check_file", str(path)]
    ours = str(Path(pipeline.__file__).parent.parent)
    known = os.pathsep.join([ours, *filter(None, [os.environ.get("PYTHONPATH")])])
    finished = subprocess.run(  # noqa: S603 - our own module on our own file
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": known}
    )
    if finished.returncode:
        raise WarehouseCheckError((finished.stdout or finished.stderr).strip()[-2000:])


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish(path: Path, aside: Path, frames: Mapping[str, pl.LazyFrame]) -> None:
    """Build at `aside`, check, and rename over `path`; readers of the old file keep it whole.

    Raises:
        WarehouseCheckError: the old warehouse stays.
        OSError: no space or no permission; the old warehouse stays.
    """
    for leftover in (aside, aside.with_name(f"{aside.name}.wal")):
        leftover.unlink(missing_ok=True)
    build(aside, frames)
    check(aside)
    _sync(aside)
    # a log left behind by another program that wrote to the old file would make the new one unreadable
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    aside.replace(path)
    _sync(path.parent)
