"""Format rows as a table for the terminal, CSV, JSON or Parquet."""

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

_MAX_WIDTH = 60


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case float():
            return f"{value:.6g}"
        case list():
            return ", ".join(_cell(part) for part in value)
        case bool():
            return "true" if value else "false"
    return harmless(str(value))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _table(frame: pl.DataFrame) -> bytes:
    cells = [[_cell(value) for value in row] for row in frame.iter_rows()]
    cells = [[cell if len(cell) <= _MAX_WIDTH else f"{cell[: _MAX_WIDTH - 1]}…" for cell in row] for row in cells]
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
    """Prepare cells for CSV: join lists, and put an apostrophe before text that a spreadsheet would run as a formula."""
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


def formatted(frame: pl.DataFrame, form: str) -> bytes:
    """Return the rows as `table`, `csv` (safe from formulas), `json` (a list of objects, ISO times) or `parquet`."""
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
    """Return the folder for a private copy of a locked warehouse: in the home, unless that isn't writable."""
    return home.tmp if home.tmp.is_dir() else Path(tempfile.gettempdir())


def read_table(home: Home, table: str) -> pl.DataFrame:
    """Return a table of the published warehouse.

    Raises:
        CannotPublishError: nothing has been published yet.
    """
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            frame: pl.DataFrame = connection.table(table).pl()
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    return frame
