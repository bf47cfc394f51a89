"""Properties of texts. These tables are not computed yet: they have their columns and no rows."""

import polars as pl

from pipeline.orchestration import table_facts
from pipeline.orchestration.table_assets import table


@table
def craft() -> pl.DataFrame:
    """Not computed yet."""
    return table_facts.empty("craft")


@table
def tone() -> pl.DataFrame:
    """Not computed yet."""
    return table_facts.empty("tone")
