"""The final form of the tables that measures compute: columns and types of the DDL, rounded floats, a total order."""

from typing import cast

import polars as pl

from pipeline.model.schemas import Schema, frame_schema
from pipeline.model.tables import table
from pipeline.model.thresholds import SIGNIFICANT_DIGITS
from pipeline.statistics.rounding import significant


def table_schema(name: str) -> Schema:
    """Return the schema of the frame that becomes a table of the warehouse.

    Args:
        name: of the table, as in `sql/tables/`.
    """
    return frame_schema(table(name))


def conform(frame: pl.DataFrame, schema: Schema, *sort_by: str) -> pl.DataFrame:
    """Select and cast the columns of a schema, round floats, and sort.

    Args:
        frame: has at least the columns of the schema.
        schema: column -> type.
        sort_by: columns that identify a row, so that the order is total; none if the rows are sorted already.

    Source: methods:rounding.

    Examples:
        >>> conform(pl.DataFrame({"b": [1 / 3], "a": ["x"], "c": [1]}), {"a": pl.String, "b": pl.Float64}).rows()
        [('x', 0.3333333333)]
    """
    columns = [
        significant(pl.col(name).cast(pl.Float64), SIGNIFICANT_DIGITS)
        if dtype == pl.Float64
        else pl.col(name).cast(cast("pl.DataType", dtype))
        for name, dtype in schema.items()
    ]
    conformed = frame.select(columns)
    return conformed.sort(*sort_by, nulls_last=True) if sort_by else conformed


def to_table(frame: pl.DataFrame, name: str, *sort_by: str) -> pl.DataFrame:
    """Give a frame the form of a table of the warehouse.

    Args:
        frame: has at least the columns of the table; times in microseconds UTC.
        name: of the table, as in `sql/tables/`.
        sort_by: columns that identify a row, so that the order is total; none if the rows are sorted already.

    Source: methods:rounding, methods:reproducible-tables.
    """
    return conform(frame, table_schema(name), *sort_by)
