"""Features of one text alone: what it holds, whoever sent it to whom. They are computed once a text and kept by its hash."""

from typing import Final

import polars as pl

from pipeline.measures.texts.asks import asks
from pipeline.measures.texts.asks_for_answer import asks_for_answer
from pipeline.measures.texts.disclosure import disclosure
from pipeline.measures.texts.gives import gives
from pipeline.measures.texts.questions import questions
from pipeline.measures.texts.sentiment import sentiment
from pipeline.measures.texts.words import content

KEYS: Final = ("text", "language", "foreign_url")
"""What features depend on: the text, its language, and whether it links to a page that is not the writer's own."""


def features(keys: pl.DataFrame) -> pl.DataFrame:
    """Return the features of texts, row by row.

    Args:
        keys: KEYS.

    Returns:
        content (stems of the content words); question, fig_leaf, rhetorical; ask, give, asks_for_answer, disclosure and
        compound, tone, each with its reason. NULL where the language has no lists.
    """
    rows = keys.hstack(content(keys))
    rows = rows.hstack(questions(rows))
    for rule in (asks, gives, asks_for_answer, disclosure, sentiment):
        rows = rows.hstack(rule(rows))
    return rows.drop(KEYS)
