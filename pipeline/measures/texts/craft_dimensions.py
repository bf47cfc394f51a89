"""Working table `craft_dimensions`: the owner's gestures by how they are written, campaigns included.

A text that goes to many people at once is a campaign, and the headline excludes it; how generic and templated texts are
answered can only be seen with it. So these dimensions have gestures of their own (methods:dimensions).
"""

from typing import Final

import polars as pl

from pipeline.matching.match import gesture_tables
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.measures.reciprocation.dimensions import KEPT, PREFIX
from pipeline.measures.texts.gesture_labels import craft_labels, earlier_gifts_labels, text_gestures
from pipeline.measures.texts.owner_texts import earlier_gifts, with_campaigns
from pipeline.model.codes import Initiator

DIMENSIONS: Final = tuple(PREFIX + name for name in ("craft", "templated", "intent", "earlier_gifts"))
ME: Final[tuple[Initiator, ...]] = ("me",)


def craft_dimensions(
    encoded: pl.DataFrame, gestures: pl.LazyFrame, texts: pl.DataFrame, risk: RiskSet, parameters: MatchingParameters
) -> pl.DataFrame:
    """Return the gestures of initiator `me` that have a text, with the four dimensions of DIMENSIONS.

    Args:
        encoded: what `match.encode_interactions` returns.
        gestures: the headline's gestures: KEPT, gesture_id and first_interaction_id.
        texts: interaction_id, length (characters) and the columns that `gesture_labels.craft_labels` reads.
        risk: coverage and known ends of ties.
        parameters: turn gap and windows.

    Returns:
        KEPT columns of GESTURES and the dimensions; both outcomes.

    Source: methods:dimensions, methods:campaigns.
    """
    if texts.is_empty():
        return gestures.select(*KEPT, *(pl.lit(None, pl.String).alias(name) for name in DIMENSIONS)).head(0).collect()
    kept = with_campaigns(encoded)
    if kept["exclusion"].null_count() == encoded["exclusion"].null_count():
        analyses = [gestures.filter(initiator="me", outcome=outcome).collect() for outcome in ("any", "worded")]
    else:
        analyses = [made.gestures for made in gesture_tables(kept, risk, parameters, initiators=ME)]
    texts = texts.join(earlier_gifts(kept, texts), on="interaction_id", how="left", maintain_order="left")
    columns = [*KEPT, "gesture_id", "first_interaction_id"]
    return pl.concat([_labelled(kept, analysis.select(columns), texts) for analysis in analyses])


def _labelled(encoded: pl.DataFrame, gestures: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    of_gestures = text_gestures(encoded, gestures, texts, "me")
    gifts = earlier_gifts_labels(of_gestures)
    labels = craft_labels(of_gestures).join(gifts, on="gesture_id", how="left", maintain_order="left")
    named = labels.rename({name: PREFIX + name for name in labels.columns if name != "gesture_id"})
    return gestures.join(named, on="gesture_id", how="inner", maintain_order="left").select(
        *KEPT, pl.selectors.starts_with(PREFIX)
    )
