"""Turn frames into tables: microseconds become TIMESTAMPTZ or seconds, columns take the order and types of the DDL."""

from typing import Final, TypeVar

import polars as pl

from pipeline.model.conformity import frame_column
from pipeline.model.durations import SECOND
from pipeline.model.schemas import TYPES
from pipeline.model.tables import Column, Table
from pipeline.model.thresholds import SIGNIFICANT_DIGITS

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_DURATION: Final = "_us"


def _value(column: Column, source: str) -> pl.Expr:
    """Return the value of a table's column, made from the frame's column."""
    micros = source != column.name and source.endswith(_DURATION)
    value = pl.col(source) / SECOND if micros else pl.col(source).cast(TYPES[column.type])
    rounded = value.round_sig_figs(SIGNIFICANT_DIGITS) if column.type == "DOUBLE" else value
    return rounded.alias(column.name)


def shaped(frame: Frame, table: Table) -> Frame:
    """Return the frame with exactly the columns and types of its table; a lazy frame stays lazy.

    Args:
        frame: columns of the table in any order, times as Int64 microseconds. `x_us` (Int64 microseconds) becomes `x_s`
            (DOUBLE seconds). Columns that the table lacks are dropped.
        table: the table.

    Raises:
        pl.exceptions.ColumnNotFoundError: the frame lacks a column of the table.
    """
    schema = frame.collect_schema()
    sources = [(column, frame_column(column, schema) or column.name) for column in table.columns]
    return frame.select(_value(column, source) for column, source in sources)


def empty(table: Table) -> pl.DataFrame:
    """Return a frame without rows that has the table's columns and types."""
    return pl.DataFrame(schema={column.name: TYPES[column.type] for column in table.columns})
