"""Tables `craft` and `tone`: what is computed of the owner's texts and of the contacts'."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.measures.tables import to_table
from pipeline.model.codes import NOT_ASSESSED

_CRAFT_REASONS: Final = (
    "genericness_reason", "templated_reason", "link_drop_reason", "self_promotion_reason", "ask_reason", "give_reason",
    "asks_for_answer_reason",
)  # fmt: skip
_TONE_REASONS: Final = ("tone_reason", "link_drop_reason", "self_promotion_reason", "asks_for_answer_reason")


def craft_table(texts: pl.DataFrame, *, disclosure: bool) -> pl.DataFrame:
    """Return the table `craft`.

    Args:
        texts: what `described.describe` returns.
        disclosure: whether the depth of disclosure is stored (settings `text.disclosure`).
    """
    owners = texts.filter("outbound")
    reasons = (*_CRAFT_REASONS, *(["disclosure_reason"] if disclosure else []))
    level = pl.col("disclosure") if disclosure else pl.lit(None, pl.Int64)
    return to_table(owners.with_columns(level.alias("disclosure"), _reasons(reasons)), "craft", "interaction_id")


def tone_table(texts: pl.DataFrame, *, private: bool) -> pl.DataFrame:
    """Return the table `tone`.

    Args:
        texts: what `described.describe` returns.
        private: whether the tone of private messages is assessed too (settings `text.tone_private`).
    """
    theirs = texts.filter(~pl.col("outbound"))
    assessed = pl.lit(private) | (pl.col("class") != "message")
    return to_table(
        theirs.with_columns(
            pl.when(assessed).then("compound").alias("compound"),
            pl.when(assessed).then("tone").otherwise(pl.lit(NOT_ASSESSED)).alias("label"),
            pl.when(assessed).then("tone_reason").alias("tone_reason"),
        ).with_columns(_reasons(_TONE_REASONS)),
        "tone",
        "interaction_id",
    )


def _reasons(names: Sequence[str]) -> pl.Expr:
    return pl.concat_list(names).list.drop_nulls().alias("reasons")
