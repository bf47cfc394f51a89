"""Table `answer_kinds`: gestures of each kind, and the kinds of interaction by which they were answered."""

from typing import Final

import polars as pl

from pipeline.matching.encoding import as_enum
from pipeline.measures.gestures import is_answered
from pipeline.measures.tables import to_table
from pipeline.model.codes import ACROSS_GRADE

ANSWER_KINDS_INPUT: Final = (
    "initiator", "outcome", "at_risk", "first_interaction_id", "response_interaction_id", "status", "grade",
)  # fmt: skip
"""Columns of GESTURES that are needed."""
_BY: Final = ("initiator", "outcome", "given_kind")


def answer_kinds_table(gestures: pl.DataFrame, interactions: pl.DataFrame) -> pl.DataFrame:
    """Compute the table over gestures at risk.

    Args:
        gestures: ANSWER_KINDS_INPUT.
        interactions: interaction_id and kind of all interactions.

    Returns:
        Columns of the table, sorted by initiator, outcome, given_kind, answer_kind. Each given kind has a row for answers
        of its own kind, with 0 if there are none. `answers_weak` counts those of grade D, which are not in `answers`.

    Source: methods:answer-kinds.
    """
    # joins by hash cost a third of joins by id, and are exact if no two ids share a hash; that check also makes
    # checking the joins for repeated ids unnecessary, which would cost as much as the joins
    distinct = interactions["interaction_id"].hash().n_unique() == interactions.height

    def key(name: str) -> pl.Expr:
        return pl.col(name).hash() if distinct else pl.col(name)

    def kinds(kind: str, of: str) -> pl.LazyFrame:
        known = interactions.lazy().select(key("interaction_id"), as_enum(interactions["kind"]))
        return known.rename({"interaction_id": of, "kind": kind})

    first, response = "first_interaction_id", "response_interaction_id"
    strong, weak = is_answered(), (pl.col("grade") == ACROSS_GRADE).fill_null(value=False)
    counted = (
        gestures.lazy()
        .filter("at_risk")
        .select(
            "initiator", "outcome", key(first), pl.when(strong | weak).then(key(response)).alias(response),
            strong.alias("strong"), weak.alias("weak"),
        )
        .join(kinds("given_kind", first), on=first, how="left")
        .join(kinds("answer_kind", response), on=response, how="left")
        .group_by(*_BY, "answer_kind")
        .agg(
            pl.len().alias("gestures"), pl.col("strong").sum().alias("answers"), pl.col("weak").sum().alias("answers_weak")
        )
        .with_columns(pl.col("given_kind", "answer_kind").cast(pl.String))
        .collect()
    )  # fmt: skip
    totals = counted.group_by(_BY).agg(pl.col("gestures").sum())
    answers = counted.drop("gestures").filter((pl.col("answers") > 0) | (pl.col("answers_weak") > 0))
    in_kind = totals.select(*_BY, pl.col("given_kind").alias("answer_kind"))
    table = (
        pl.concat([answers.select(*_BY, "answer_kind"), in_kind])
        .unique()
        .join(answers, on=[*_BY, "answer_kind"], how="left", nulls_equal=True)
        .join(totals, on=_BY, how="left", validate="m:1")
        .with_columns(pl.col("answers", "answers_weak").fill_null(0))
        .with_columns((pl.col("answers") / pl.col("gestures")).alias("share"))
    )
    return to_table(table, "answer_kinds", *_BY, "answer_kind")
