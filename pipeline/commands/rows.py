"""Write rows of a query as a table for the terminal, CSV, JSON or Parquet."""

import io
import tempfile
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from pipeline.home.paths import Home
from pipeline.model.errors import CannotPublishError
from pipeline.model.terminal import harmless
from pipeline.warehouse.connection import WarehouseMissingError, published

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDEST = 60


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case float():
            return f"{value:.6g}"
        case list():
            return ", ".join(_shown(part) for part in value)
        case bool():
            return "true" if value else "false"
    return harmless(str(value))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _table(frame: pl.DataFrame) -> bytes:
    cells = [[_shown(value) for value in row] for row in frame.iter_rows()]
    cells = [[cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…" for cell in row] for row in cells]
    heads = list(frame.columns)
    widths = [max([_width(head), *(_width(row[place]) for row in cells)]) for place, head in enumerate(heads)]
    numeric = [dtype.is_numeric() for dtype in frame.dtypes]

    def line(row: list[str]) -> str:
        padded = [
            " " * (width - _width(cell)) + cell if right else cell + " " * (width - _width(cell))
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        return "  ".join(padded).rstrip()

    lines = [line(heads), line(["─" * width for width in widths]), *(line(row) for row in cells)]
    count = f"{frame.height} row{'' if frame.height == 1 else 's'}"
    return "\n".join([*lines, count, ""]).encode()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Make cells fit for CSV: lists joined, text that a spreadsheet would run as a formula led by an apostrophe."""
    columns = []
    for name, dtype in frame.schema.items():
        column = pl.col(name)
        if isinstance(dtype, pl.List):
            column = column.cast(pl.List(pl.String)).list.join(", ")
        if isinstance(dtype, pl.List | pl.String):
            column = (
                pl.when(column.str.contains(r"^[=+\-@\t\r\n]"))
                .then(pl.concat_str(pl.lit("'"), column))
                .otherwise(column)
            )
        columns.append(column.alias(name))
    return frame.select(columns)


def written(frame: pl.DataFrame, form: str) -> bytes:
    """Return the rows in the form: table, csv (formula-safe), json (a list of objects, ISO times) or parquet."""
    if form == "table":
        return _table(frame)
    if form == "csv":
        return _flat(frame).write_csv(datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ").encode()
    if form == "json":
        return orjson.dumps(frame.to_dicts(), option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z, default=str) + b"\n"
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def private_folder(home: Home) -> Path:
    """Return where a private copy of a locked warehouse may lie: in the home, unless it can't be written."""
    return home.tmp if home.tmp.is_dir() else Path(tempfile.gettempdir())


def table_of(home: Home, table: str) -> pl.DataFrame:
    """Return a table of the published warehouse.

    Raises:
        CannotPublishError: nothing was published yet.
    """
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            frame: pl.DataFrame = connection.table(table).pl()
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    return frame
