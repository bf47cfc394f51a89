"""What every asset body ends with: write the table, report its rows."""

from typing import TypeAlias

import dagster as dg
import polars as pl

from pipeline import checks
from pipeline.session import Session

Written: TypeAlias = dg.MaterializeResult  # type: ignore[type-arg]  # Dagster reads the bare class only
"""What an asset returns."""


def written(session: Session, table: str, frame: pl.DataFrame) -> Written:
    """Write a working table and report its row count (no names, no texts: Dagster's log is outside of *forget*)."""
    rows = session.store().write(table, frame)
    metadata = {"dagster/row_count": rows, "dagster/table_name": table}
    return dg.MaterializeResult(asset_key=table, metadata=metadata, check_results=checks.evaluate(table, frame))
