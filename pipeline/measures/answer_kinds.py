"""`answer_kinds`: is a gesture answered in like fashion, or how else (kind x kind)?

Entry point: `answer_kinds(gestures, interactions)`.
"""

from typing import Final

import polars as pl

from pipeline.measures.timeline import Schema, answered, finish

SCHEMA: Final[Schema] = {
    "initiator": pl.String, "outcome": pl.String, "given_kind": pl.String, "answer_kind": pl.String,
    "gestures": pl.Int64, "answers": pl.Int64, "share": pl.Float64, "answers_weak": pl.Int64,
}  # fmt: skip
"""CONTRACT's columns, then an extra: answers of grade D (another lane or platform), which no headline counts."""
READ: Final = (
    "initiator", "outcome", "at_risk", "first_interaction_id", "response_interaction_id", "status", "grade",
)  # fmt: skip
"""Columns of GESTURES that are looked at."""
_BY: Final = ("initiator", "outcome", "given_kind")


def answer_kinds(gestures: pl.DataFrame, interactions: pl.DataFrame) -> pl.DataFrame:
    """Make the table over gestures at risk: how many of a kind, how many of them answered (A-C) by which kind.

    Every given kind has a row for its own kind, with 0 when nothing came back in like fashion.

    Args:
        gestures: `schemas.GESTURES`.
        interactions: interaction_id, kind.

    Returns:
        `SCHEMA`, sorted by initiator, outcome, given_kind, answer_kind.
    """
    kinds = interactions.select("interaction_id", "kind")
    given = gestures.filter("at_risk").select(
        "initiator", "outcome", "first_interaction_id", "response_interaction_id",
        answered().alias("strong"), (pl.col("grade") == "D").fill_null(value=False).alias("weak"),
    ).join(
        kinds.rename({"interaction_id": "first_interaction_id", "kind": "given_kind"}),
        on="first_interaction_id", how="left", validate="m:1",
    )  # fmt: skip
    totals = given.group_by(_BY).len("gestures")
    came = (
        given.filter(pl.col("strong") | pl.col("weak"))
        .join(
            kinds.rename({"interaction_id": "response_interaction_id", "kind": "answer_kind"}),
            on="response_interaction_id",
            how="left",
            validate="m:1",
        )
        .group_by(*_BY, "answer_kind")
        .agg(pl.col("strong").sum().alias("answers"), pl.col("weak").sum().alias("answers_weak"))
    )
    alike = totals.select(*_BY, pl.col("given_kind").alias("answer_kind"))
    table = (
        pl.concat([came.select(*_BY, "answer_kind"), alike])
        .unique()
        .join(came, on=[*_BY, "answer_kind"], how="left", nulls_equal=True)
        .join(totals, on=_BY, how="left", validate="m:1")
        .with_columns(pl.col("answers", "answers_weak").fill_null(0))
        .with_columns((pl.col("answers") / pl.col("gestures")).alias("share"))
    )
    return finish(table, SCHEMA, *_BY, "answer_kind")
