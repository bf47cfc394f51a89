"""Matched disclosure: whether contacts answer the owner's deeper gestures with deeper answers, and whether depth grows."""

from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.gestures import is_answered, is_group
from pipeline.measures.texts.gesture_labels import text_gestures
from pipeline.model.codes import Initiator
from pipeline.statistics.arrays import Ints, changes
from pipeline.statistics.rank_correlation import rank_correlation
from pipeline.statistics.theil_sen import theil_sen

GESTURES_INPUT: Final = (
    "gesture_id", "contact_id", "initiator", "outcome", "status", "grade", "is_group", "place", "first_interaction_id",
    "response_interaction_id",
)  # fmt: skip
"""Columns of GESTURES that are read."""
LEAST_PAIRS: Final = 3
"""Pairs from which a rank correlation is computed."""
LEAST_EXCHANGES: Final = 10
"""Pairs from which the slope is computed."""
FIGURES: Final = {
    "disclosure_pairs": pl.Int64, "disclosure_match": pl.Float64, "disclosure_p": pl.Float64,
    "disclosure_slope": pl.Float64,
}  # fmt: skip
SCHEMA: Final = {"contact_id": pl.String, **FIGURES}


def disclosure_pairs(encoded: pl.DataFrame, gestures: pl.LazyFrame, depths: pl.DataFrame) -> pl.DataFrame:
    """Pair the depth of each of the owner's gestures with the depth of its answer.

    Args:
        encoded: `gesture_labels.ENCODED_INPUT` of what `match.encode_interactions` returns.
        gestures: GESTURES_INPUT of the headline's gestures.
        depths: interaction_id, depth (0 to 3; null: not assessed) of the texts of both directions.

    Returns:
        contact_id, depth, answer_depth of the worded pairs outside group chats whose two sides are assessed, contact by
        contact in canonical order. A depth is the greatest of a turn's texts; the answer's turn is the contact's turn
        that the answering interaction is part of.

    Source: methods:matched-disclosure.
    """
    assessed = depths.drop_nulls("depth")
    worded = gestures.filter(pl.col("outcome") == "worded")

    def texts_of(initiator: Initiator, columns: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the gestures of one side and their texts."""
        analysis = worded.filter(pl.col("initiator") == initiator).collect()
        return analysis, text_gestures(encoded, analysis, columns, initiator)

    mine, own = texts_of("me", assessed)
    _, theirs = texts_of("them", assessed.with_columns(pl.col("interaction_id").alias("response_interaction_id")))
    deepest = pl.col("depth").max()
    answers = theirs.select("response_interaction_id", deepest.over("gesture_id").alias("answer_depth"))
    return (
        mine.filter(is_answered(), ~is_group())
        .with_columns(pl.col("response_interaction_id").cast(pl.String))
        .join(own.group_by("gesture_id").agg(deepest), on="gesture_id", how="inner")
        .join(answers, on="response_interaction_id", how="inner")
        .sort("contact_id", "place")
        .select("contact_id", "depth", "answer_depth")
    )


def disclosure_matching(pairs: pl.DataFrame) -> pl.DataFrame:
    """Compute the figures of each contact.

    Args:
        pairs: what `disclosure_pairs` returns.

    Returns:
        contact_id; disclosure_pairs; disclosure_match and disclosure_p, null below 3 pairs or where one side never
        changes; disclosure_slope, null below 10 pairs.

    Source: methods:matched-disclosure, methods:gradual-disclosure.
    """
    if pairs.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    contacts = pairs["contact_id"].cast(pl.String)
    depth, answers = (pairs[name].cast(pl.Int64).to_numpy() for name in ("depth", "answer_depth"))
    begin = np.flatnonzero(changes(contacts.rle_id().to_numpy()))
    ends = np.append(begin[1:], len(depth))
    rows = [
        (contacts[start], *_figures(depth[start:end], answers[start:end]))
        for start, end in zip(begin.tolist(), ends.tolist(), strict=True)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _figures(depth: Ints, answers: Ints) -> tuple[int, float | None, float | None, float | None]:
    """Return the number of pairs, the correlation, its p-value, and the slope of the depth."""
    match = rank_correlation(depth, answers) if len(depth) >= LEAST_PAIRS else None
    slope = theil_sen(depth) if len(depth) >= LEAST_EXCHANGES else None
    return len(depth), match and match.rho, match and match.p_value, slope
