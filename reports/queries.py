"""The report's SQL: one statement a file in `sql/report/`, read from the checkout or the installed package."""

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import polars as pl

Warehouse = Callable[[str], pl.DataFrame]
"""Runs one SQL text on the published warehouse."""


def folder() -> Traversable:
    """Return the folder of the report's queries."""
    installed = files("pipeline") / "_sql" / "report"
    return installed if installed.is_dir() else Path(__file__).resolve().parent.parent / "sql" / "report"


def text(name: str) -> str:
    """Return the SQL text of a frame: the report's query, else the cookbook's, else the one that fetches a table.

    Raises:
        FileNotFoundError: there is neither a query nor a table of that name.
    """
    place, _, file = location(name).removeprefix("sql/").rpartition("/")
    if place == "tables":
        return f'from "{name}" order by all'
    return (folder() / ".." / place / file).read_text(encoding="utf-8")


def location(name: str) -> str:
    """Return the path of the file of `sql/` that a frame is defined by: `sql/report/months.sql`."""
    for place in ("report", "queries", "tables"):
        if (folder() / ".." / place / f"{name}.sql").is_file():
            return f"sql/{place}/{name}.sql"
    raise FileNotFoundError(f"no query of the report, no query of the cookbook and no table is named {name}")


def fetch(warehouse: Warehouse, name: str, time_zone: str) -> pl.DataFrame:
    """Run a query. Times are converted to the reader's zone, so that dates are the reader's dates."""
    frame = warehouse(text(name))
    zoned = [
        pl.col(column).dt.convert_time_zone(time_zone)
        for column, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime) and kind.time_zone is not None
    ]
    return frame.with_columns(zoned)
