"""Rows of any table, valid by its DDL: tests state only the columns that they are about."""

from collections.abc import Mapping, Sequence

import polars as pl

from pipeline.model.schemas import frame_schema
from pipeline.model.tables import Column, Table

Row = Mapping[str, object]

_VALUES: dict[str, object] = {
    "VARCHAR": "x", "VARCHAR[]": ["x"], "BIGINT": 1, "DOUBLE": 0.5, "BOOLEAN": False, "TIMESTAMPTZ": 0,
}  # fmt: skip


def _value(column: Column) -> object:
    if column.nullable:
        return None
    return column.allowed[0] if column.allowed else _VALUES[column.type]


def frame(table: Table, rows: Sequence[Row]) -> pl.DataFrame:
    """Return the frame of a table; columns that a row lacks are NULL, or where the DDL forbids that some allowed value."""
    defaults = {column.name: _value(column) for column in table.columns}
    schema = frame_schema(table, durations=table.name == "gestures")
    names = {"at": "occurred_at"}
    filled = [
        {name: row.get(name, defaults.get(names.get(name, name))) for name in schema}
        for row in rows
    ]  # fmt: skip
    return pl.DataFrame(filled, schema=schema)
