"""Facts of a table's DDL as Dagster shows them: description, columns with types and comments, name."""

from typing import Any

import dagster as dg
import polars as pl

from pipeline.model.tables import tables
from pipeline.warehouse import shaping


def names() -> tuple[str, ...]:
    """Return the tables of the warehouse, sorted."""
    return tuple(tables())


def comment(table: str) -> str:
    """Return the comment of a table's DDL; empty for a working table."""
    found = tables().get(table)
    return found.comment if found else ""


def metadata(table: str) -> dict[str, Any]:
    """Return the metadata of a table's asset: its columns and name; nothing for what the DDL does not define."""
    found = tables().get(table)
    if found is None:
        return {}
    columns = [
        dg.TableColumn(
            row.name,
            row.type,
            row.description,
            dg.TableColumnConstraints(nullable=row.nullable, unique=row.unique, other=list(row.constraints)),
        )
        for row in found.column_schema_rows()
    ]
    return {"dagster/column_schema": dg.TableSchema(columns), "dagster/table_name": table}


def schema_of(frame: pl.DataFrame | pl.LazyFrame) -> dg.TableSchema:
    """Return the columns of a working table as it was written."""
    return dg.TableSchema([dg.TableColumn(name, str(kind)) for name, kind in frame.collect_schema().items()])


def empty(table: str) -> pl.DataFrame:
    """Return a frame without rows that has the columns of a table of the warehouse."""
    return shaping.empty(tables()[table])
