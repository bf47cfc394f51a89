"""How texts are written: craft of the owner's, tone of the contacts', and the gestures by both."""

from typing import Annotated

import polars as pl

from pipeline.home.settings import Settings
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.tie_ends import tie_ends
from pipeline.measures.reciprocation.dimensions import KEPT
from pipeline.measures.texts import craft_dimensions as of_craft
from pipeline.measures.texts import gesture_labels
from pipeline.orchestration import table_facts
from pipeline.orchestration.settings import matching_parameters
from pipeline.orchestration.table_assets import Columns, Made, table, tables


@table
def craft() -> pl.DataFrame:
    """Not computed yet."""
    return table_facts.empty("craft")


@table
def tone() -> pl.DataFrame:
    """Not computed yet."""
    return table_facts.empty("tone")


@tables(
    craft_dimensions="The owner's gestures by how they are written, campaigns included.",
    text_labels="Values of gestures in dimensions `asked` and `tone`.",
)
def craft_dimensions_and_text_labels(
    encoded_interactions: pl.LazyFrame,
    gestures: Annotated[pl.LazyFrame, Columns(*KEPT, "gesture_id", "first_interaction_id")],
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id", "text")],
    craft: Annotated[pl.DataFrame, Columns(*gesture_labels.CRAFT_INPUT)],
    tone: Annotated[pl.DataFrame, Columns(*gesture_labels.TONE_INPUT)],
    coverage: pl.DataFrame,
    ties: pl.DataFrame,
    settings: Settings,
) -> Made:
    """Carry what the texts say over to the gestures that they are part of."""
    lengths = interactions.drop_nulls("text").select("interaction_id", pl.col("text").str.len_chars().alias("length"))
    owners, theirs = (
        texts.lazy().join(lengths, on="interaction_id", how="left").collect() if texts.height else texts
        for texts in (craft, tone)
    )
    encoded = encoded_interactions.collect()
    risk, parameters = RiskSet(coverage, tie_ends(ties)), matching_parameters(settings)
    yield "craft_dimensions", of_craft.craft_dimensions(encoded, gestures, owners, risk, parameters)
    yield "text_labels", gesture_labels.gesture_labels(encoded, gestures, owners, theirs)
