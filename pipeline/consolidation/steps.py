"""Table `steps`: the owner's verdicts on the gestures of this home."""

from typing import Final

import polars as pl

from pipeline.contacts.step_verdicts import CLEAR, StepVerdicts
from pipeline.model.schemas import frame_schema
from pipeline.model.tables import table

GESTURES_INPUT: Final = ("gesture_id", "first_interaction_id")
"""Columns of GESTURES that are read."""
INTERACTIONS_INPUT: Final = ("interaction_id", "archive_id", "member", "pointer")
"""Columns of INTERACTIONS that are read."""


def steps_table(gestures: pl.LazyFrame, interactions: pl.LazyFrame, given: StepVerdicts) -> pl.DataFrame:
    """Find the gestures of the verdicts by id, else by the location of their first interaction.

    Args:
        gestures: GESTURES_INPUT.
        interactions: INTERACTIONS_INPUT.
        given: the verdicts, the latest last. Of several on one first interaction the latest counts.

    Returns:
        A row for each gesture that has a verdict, both outcomes, sorted; verdicts on unknown gestures have none.

    Source: methods:step-verdicts.
    """
    schema = frame_schema(table("steps"))
    if not given.verdicts:
        return pl.DataFrame(schema=schema)
    ids = {one.gesture: number for number, one in enumerate(given.verdicts)}
    locations = [(*one.location, number) for number, one in enumerate(given.verdicts) if one.location]
    places = pl.LazyFrame(
        locations,
        schema={"archive_id": pl.String, "member": pl.String, "pointer": pl.String, "number": pl.Int64},
        orient="row",
    )
    firsts = pl.LazyFrame({"gesture_id": list(ids), "number": list(ids.values())})
    by_id = gestures.join(firsts, on="gesture_id").select("number", "first_interaction_id").collect()
    by_place = interactions.join(places, on=["archive_id", "member", "pointer"]).select(
        "number", pl.col("interaction_id").alias("first_interaction_id")
    )
    found = pl.concat([by_id, by_place.collect().join(by_id, on="number", how="anti")])
    found = found.group_by("first_interaction_id").agg(pl.col("number").max())
    rows = gestures.join(found.lazy(), on="first_interaction_id").select("gesture_id", "number").collect()
    return pl.DataFrame(
        [
            (
                gesture,
                one.verdict,
                *(None if at is None else int(at.timestamp()) * 1_000_000 for at in (one.until, one.decided_at)),
            )
            for gesture, number in sorted(rows.iter_rows())
            for one in (given.verdicts[number],)
            if one.verdict != CLEAR
        ],
        schema=schema,
        orient="row",
    )
