"""What texts are like. Nothing fills these tables yet: they have their columns and no rows."""

import polars as pl

from pipeline.orchestration import table_facts
from pipeline.orchestration.table_assets import table


@table
def craft() -> pl.DataFrame:
    """Not filled yet."""
    return table_facts.empty("craft")


@table
def tone() -> pl.DataFrame:
    """Not filled yet."""
    return table_facts.empty("tone")
