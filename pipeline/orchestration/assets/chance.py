"""The answered shares that coincidence alone would give."""

import polars as pl

from pipeline.home.settings import Settings
from pipeline.measures.chance.chance import chance_table
from pipeline.orchestration.settings import matching_parameters
from pipeline.orchestration.table_assets import table


@table
def chance(encoded_interactions: pl.LazyFrame, gesture_dimensions: pl.LazyFrame, settings: Settings) -> pl.DataFrame:
    """Answered shares by coincidence: rotations of the inbound stream, analytic and simulated."""
    return chance_table(encoded_interactions.collect(), gesture_dimensions, matching_parameters(settings))
