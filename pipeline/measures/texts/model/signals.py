"""Signals: what the model knows of a text beside its wording, from the rules and from the context."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.measures.texts import vocabulary

_WORDS: Final = (2, 3, 5, 8, 12, 20, 30)
_CONTENT_WORDS: Final = (1, 2, 3, 5, 8, 12)
_LEVELS: Final = (1, 2, 3)
REASONS: Final = (
    "ask_reason", "give_reason", "asks_for_answer_reason", "self_promotion_reason", "genericness_reason",
)  # fmt: skip
"""Reasons of the rules: some kinds of a request are surer than others."""
INPUT: Final = (
    "text", "language", "class", "content", "question", "fig_leaf", "rhetorical", "ask", "broadcast", "give",
    "asks_for_answer", "disclosure", "genericness", "self_promotion", "link_drop", "has_url",
    "foreign_url", "parent", "parent_content", "parent_question", *REASONS,
)  # fmt: skip
"""Columns that are read; text is not null, each other column may be."""


def signals(texts: pl.DataFrame) -> dict[str, npt.NDArray[np.float64]]:
    """Return the signals of texts by their names, each from 0 (no, or unknown) or 1 (yes).

    Args:
        texts: INPUT, after the rules.

    Source: methods:text-model.
    """
    col = pl.col
    words = col("text").str.slice(0, 1_000).str.count_matches(r"[\p{L}\d]+")
    content = col("content").list.len()
    found = texts.select(INPUT).select(
        pl.lit(value=True).alias("any text"),
        *(
            col(name)
            for name in (
                "ask", "broadcast", "give", "asks_for_answer", "question", "fig_leaf", "rhetorical", "has_url",
                "foreign_url", "self_promotion", "link_drop", "parent_question",
            )
        ),
        (col("question") & ~col("rhetorical") & ~col("fig_leaf")).alias("genuine question"),
        *((col("genericness") == value).alias(value) for value in ("generic", "short")),
        *((col("disclosure") >= level).alias(f"disclosure from {level}") for level in _LEVELS),
        col("text").str.contains("?", literal=True).alias("question mark"),
        col("text").str.contains("!", literal=True).alias("exclamation mark"),
        col("parent").is_not_null().alias("answers a text"),
        (col("class") != "message").alias("public"),
        *((words >= least).alias(f"{least} words") for least in _WORDS),
        *((content >= least).alias(f"{least} content words") for least in _CONTENT_WORDS),
        (col("content").list.set_intersection("parent_content").list.len() > 0).alias("shares a word with the parent"),
        *((col("language") == language).alias(f"in {language}") for language in sorted(vocabulary.languages("asks"))),
    )  # fmt: skip
    return {column.name: column.cast(pl.Float64).fill_null(0.0).to_numpy() for column in found.iter_columns()}
