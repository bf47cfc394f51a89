"""Asks for answer: questions and requests put to the reader that a polite person would answer."""

from typing import Final

import polars as pl

from pipeline.measures.texts import phrase_rules

_TOPIC: Final = "answers"
PITCH: Final = ("the writer's offer", "prices")
"""Labels of the lists `paid` that show a pitch: what it asks is bait."""
ORDERS: Final = tuple(f"asks: {label}" for label in ("an imperative", "imperativo", "Imperativ", "impératif"))
"""Reasons of asks that a reader follows without a word: plain imperatives."""


def asks_for_answer(texts: pl.DataFrame) -> pl.DataFrame:
    """Return which texts a polite reader would answer.

    A genuine question does; so does a request, but not a call to everybody ("subscribe", "vote for us"). Nothing does
    where the writer says that no answer is needed.

    Args:
        texts: `text`, `language` (ISO 639-1), `question`, `rhetorical`, `fig_leaf` (of `questions.questions`), `ask`,
            `ask_reason`, `broadcast` (of `asks.asks`), and perhaps `folded` (`phrase_rules.folded` of the text).

    Returns:
        Row by row: `asks_for_answer`, null where the language has no lists; `asks_for_answer_reason` or null.

    Source: methods:asks-for-answer.
    """
    folded = phrase_rules.with_folded(texts)
    found = phrase_rules.labels(folded, _TOPIC, ["none", "calls"])
    # `folded` has no quotations, so a question mark that it lacks was in one
    quoted = texts["text"].str.contains(r"\?") & ~folded["folded"].str.contains(r"\?")
    hollow = texts["rhetorical"] | texts["fig_leaf"] | quoted
    genuine = (texts["question"] & ~hollow).fill_null(value=False)
    request = (texts["ask"] & ~texts["broadcast"] & ~texts["ask_reason"].is_in(ORDERS)).fill_null(value=False)
    pitch = phrase_rules.labels(folded, "paid", ["paid"])["paid"].is_in(PITCH).fill_null(value=False)
    label = (
        pl.when(pl.col("none").is_not_null() | pitch).then(None)
        .when(genuine).then(pl.lit("a question"))
        .when(request).then(pl.lit("a request"))
        .otherwise(pl.col("calls"))
    )  # fmt: skip
    assessed = pl.col("assessed")
    return found.select(
        pl.when(assessed).then(label.is_not_null()).alias("asks_for_answer"),
        pl.when(assessed).then("asks for an answer: " + label).alias("asks_for_answer_reason"),
    )
