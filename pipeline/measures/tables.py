"""The final form of the tables that measures compute."""

from collections.abc import Mapping
from typing import TypeAlias, cast

import polars as pl

from pipeline.statistics.rounding import significant

Schema: TypeAlias = Mapping[str, pl.DataType | type[pl.DataType]]


def to_table(frame: pl.DataFrame, schema: Schema, *sort_by: str) -> pl.DataFrame:
    """Select and cast the columns of a table, round its floats, and sort it.

    Args:
        frame: has at least the columns of the schema.
        schema: name -> type of the table's columns.
        sort_by: columns that identify a row, so that the order is total; none if the rows are sorted already.

    Source: methods:rounding.

    Examples:
        >>> to_table(pl.DataFrame({"b": [1 / 3], "a": ["x"], "c": [1]}), {"a": pl.String, "b": pl.Float64}).rows()
        [('x', 0.3333333333)]
    """
    columns = [
        significant(pl.col(name).cast(pl.Float64))
        if dtype == pl.Float64
        else pl.col(name).cast(cast("pl.DataType", dtype))
        for name, dtype in schema.items()
    ]
    table = frame.select(columns)
    return table.sort(*sort_by, nulls_last=True) if sort_by else table
