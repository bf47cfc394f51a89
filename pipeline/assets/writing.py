"""What every asset body ends with: write the table, report its rows."""

import dagster as dg
import polars as pl

from pipeline.session import Session


def written(session: Session, table: str, frame: pl.DataFrame) -> dg.MaterializeResult[None]:
    """Write a working table and report its row count (no names, no texts: Dagster's log is outside of *forget*)."""
    rows = session.store().write(table, frame)
    return dg.MaterializeResult(asset_key=table, metadata={"dagster/row_count": rows, "dagster/table_name": table})
