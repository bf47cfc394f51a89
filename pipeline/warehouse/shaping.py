"""From frames to tables: microseconds become TIMESTAMPTZ or seconds, columns take the DDL's order and types."""

from typing import Final, TypeVar

import polars as pl

from pipeline.warehouse.sql_files import Table

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_TYPES: Final[dict[str, pl.DataType]] = {
    "VARCHAR": pl.String(), "TIMESTAMPTZ": pl.Datetime("us", "UTC"), "DOUBLE": pl.Float64(), "BIGINT": pl.Int64(),
    "BOOLEAN": pl.Boolean(), "VARCHAR[]": pl.List(pl.String()),
}  # fmt: skip
_NAMES: Final = {"occurred_at": "at"}
_SECOND: Final = 1_000_000
_DIGITS: Final = 10
"""Significant digits of DOUBLE columns, so that equal input gives equal tables whatever the order of summation."""


def shaped(frame: Frame, table: Table) -> Frame:
    """Return the frame, lazy when it is lazy, with exactly the table's columns and types.

    `x_us` (Int64 microseconds) becomes `x_s` (DOUBLE seconds); Int64 becomes TIMESTAMPTZ where the table says so; a column
    that the frame lacks raises ColumnNotFoundError, one that the table lacks is left out.
    """
    columns = []
    there = frame.collect_schema()
    for column in table.columns:
        target = _TYPES[column.type]
        source = next((n for n in (column.name, _NAMES.get(column.name, "")) if n in there), None)
        micros = column.name.removesuffix("_s") + "_us"
        if source is None and column.type == "DOUBLE" and micros in there:
            value = pl.col(micros) / _SECOND
        else:
            value = pl.col(source or column.name).cast(target)
        columns.append((value.round_sig_figs(_DIGITS) if column.type == "DOUBLE" else value).alias(column.name))
    return frame.select(columns)


def empty(table: Table) -> pl.DataFrame:
    """Return a frame without rows that has the table's columns and types."""
    return pl.DataFrame(schema={column.name: _TYPES[column.type] for column in table.columns})
