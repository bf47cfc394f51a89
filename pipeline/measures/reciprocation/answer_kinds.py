"""`answer_kinds`: is a gesture answered in like fashion, or how else (kind x kind)?

Entry point: `answer_kinds(gestures, interactions)`.
"""

from typing import Final

import polars as pl

from pipeline.matching.encoding import as_enum
from pipeline.measures.gestures import is_answered
from pipeline.measures.tables import Schema, to_table

SCHEMA: Final[Schema] = {
    "initiator": pl.String, "outcome": pl.String, "given_kind": pl.String, "answer_kind": pl.String,
    "gestures": pl.Int64, "answers": pl.Int64, "share": pl.Float64, "answers_weak": pl.Int64,
}  # fmt: skip
"""CONTRACT's columns, then an extra: answers of grade D (another lane or platform), which no headline counts."""
GESTURE_COLUMNS: Final = (
    "initiator", "outcome", "at_risk", "first_interaction_id", "response_interaction_id", "status", "grade",
)  # fmt: skip
"""Columns of GESTURES that are needed."""
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
    # hashes are joined at a third of the cost of ids, and say the same where no two ids have the same one; having looked
    # at that, the joins needn't look for doubled ids again, which would cost as much as they do
    alone = interactions["interaction_id"].hash().n_unique() == interactions.height

    def key(name: str) -> pl.Expr:
        return pl.col(name).hash() if alone else pl.col(name)

    def kinds(kind: str, of: str) -> pl.LazyFrame:
        known = interactions.lazy().select(key("interaction_id"), as_enum(interactions["kind"]))
        return known.rename({"interaction_id": of, "kind": kind})

    first, response = "first_interaction_id", "response_interaction_id"
    strong, weak = is_answered(), (pl.col("grade") == "D").fill_null(value=False)
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
    came = counted.drop("gestures").filter((pl.col("answers") > 0) | (pl.col("answers_weak") > 0))
    alike = totals.select(*_BY, pl.col("given_kind").alias("answer_kind"))
    table = (
        pl.concat([came.select(*_BY, "answer_kind"), alike])
        .unique()
        .join(came, on=[*_BY, "answer_kind"], how="left", nulls_equal=True)
        .join(totals, on=_BY, how="left", validate="m:1")
        .with_columns(pl.col("answers", "answers_weak").fill_null(0))
        .with_columns((pl.col("answers") / pl.col("gestures")).alias("share"))
    )
    return to_table(table, SCHEMA, *_BY, "answer_kind")
