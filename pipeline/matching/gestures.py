"""Gestures: the initiator's turns, each with its outcome and its times."""

from typing import Final

import polars as pl

from pipeline.matching.encoding import NAMES
from pipeline.model.codes import GRADES, Initiator, Outcome
from pipeline.model.hashing import hashes

OUTCOMES: Final = (
    "row", "last_at", "interactions", "grade", "response_row", "lag_us", "lag_last_us", "superseded_after_us",
    "uncertain",
)  # fmt: skip


def gesture_outcomes(interactions: pl.DataFrame, turns: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Determine whether, when and on what evidence each gesture was answered, and when the initiator followed up.

    Args:
        interactions: what `turns.assign_turns` returns.
        turns: what `turns.turns_of` returns for them.
        answers: columns `answers.ANSWERS`, at most one row a turn.

    Returns:
        Columns OUTCOMES, one row a gesture, sorted by row:
            row: of its first interaction.
            last_at: time of its last interaction, in µs. interactions: how many it has.
            grade: position in GRADES; response_row: row of the answer; both null without one.
            lag_us: from its first interaction to the answer, at least 0; lag_last_us: from its last one before the answer.
            superseded_after_us: from its first interaction to the follow-up; null without one, whatever the answer.
            uncertain: the order of gesture and answer isn't known.

    Source: methods:gesture-outcomes.
    """
    gestures = turns.filter("own").select(
        "turn", "at", "interactions", "last_at", "last_place", "superseded_after_us"
    )  # fmt: skip
    answers = answers.select("turn", "grade", "response_row", "response_place", "response_at", "uncertain")
    # a turn is the row of its first interaction; a left join on sorted keys costs a fraction of one on unsorted keys
    gestures = gestures.sort("turn").join(answers.sort("turn"), on="turn", how="left", maintain_order="left")
    # an answer may precede the end of the gesture's turn: then the last interaction before the answer counts
    early = gestures.filter(pl.col("last_place") >= pl.col("response_place")).select("turn", "response_place", "at")
    before = (
        interactions.filter(pl.col("turn").is_in(early["turn"].implode()))
        .join(early.select("turn", "response_place"), on="turn", maintain_order="left")
        .filter(pl.col("place") < pl.col("response_place"))
        .group_by("turn")
        .agg(pl.col("at").last().alias("last_before"))
    )
    early = early.join(before, on="turn", how="left").select(
        "turn", pl.coalesce("last_before", "at").alias("last_before")
    )
    gestures = gestures.join(early.sort("turn"), on="turn", how="left", maintain_order="left")
    last_before = pl.coalesce("last_before", "last_at")
    return gestures.select(
        pl.col("turn").alias("row"),
        "last_at",
        "interactions",
        "grade",
        "response_row",
        (pl.col("response_at") - pl.col("at")).clip(lower_bound=0).alias("lag_us"),
        (pl.col("response_at") - last_before).clip(lower_bound=0).alias("lag_last_us"),
        "superseded_after_us",
        pl.col("uncertain").fill_null(value=False),
    )


def name_gestures(
    outcomes: pl.DataFrame, encoded: pl.DataFrame, initiator: Initiator, outcome: Outcome
) -> pl.DataFrame:
    """Add names, ids and status to gestures: all columns of schema GESTURES except those of the risk set.

    Args:
        outcomes: what `gesture_outcomes` returns.
        encoded: what `encoding.encode` returns, with `place_me`.
        initiator: of the analysis.
        outcome: of the analysis.

    Returns:
        One row a gesture, in the order of `outcomes`; NAMES are Enums. `place` is the first interaction's place in the
        canonical order of initiator `me`, in which the turns of both sides merge.
    """
    columns = ("interaction_id", *NAMES, "is_group", "resolution_s", "at", "place_me")
    first = encoded.select(columns)[outcomes["row"]].rename(
        {"interaction_id": "first_interaction_id", "at": "started_at", "place_me": "place"}
    )
    answered, superseded = pl.col("grade").is_not_null(), pl.col("superseded_after_us").is_not_null()
    status = pl.when(answered).then(pl.lit("answered")).when(superseded).then(pl.lit("superseded"))
    return first.hstack(outcomes.drop("row", "response_row")).with_columns(
        pl.lit(initiator).alias("initiator"),
        pl.lit(outcome).alias("outcome"),
        pl.col("place").cast(pl.Int64),
        status.otherwise(pl.lit("open")).alias("status"),
        grade_names(),
        encoded["interaction_id"].gather(outcomes["response_row"]).alias("response_interaction_id"),
        gesture_ids(first["first_interaction_id"], initiator, outcome),
    )


def grade_names() -> pl.Expr:
    """Name the grades, which outcomes hold as positions in GRADES."""
    return pl.col("grade").cat.to(pl.Enum(GRADES))


def gesture_ids(first: pl.Series, initiator: Initiator, outcome: Outcome) -> pl.Series:
    """Hash initiator, outcome and first interaction to stable ids of 32 hex digits."""
    return hashes(first.to_frame(), pl.lit(f"{initiator}|{outcome}|") + pl.col(first.name)).rename("gesture_id")
