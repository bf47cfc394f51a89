"""Features of one text alone: independent of sender and recipient. They are computed once a text and kept by its hash."""

from collections.abc import Callable
from typing import Final

import polars as pl

from pipeline.measures.texts.asks import asks
from pipeline.measures.texts.asks_for_answer import asks_for_answer
from pipeline.measures.texts.disclosure import disclosure
from pipeline.measures.texts.generic_signs import generic_signs
from pipeline.measures.texts.gives import gives
from pipeline.measures.texts.model.scores import wording
from pipeline.measures.texts.phrase_rules import with_folded
from pipeline.measures.texts.phrase_text import phrase_text
from pipeline.measures.texts.pitches import own_marks
from pipeline.measures.texts.questions import questions
from pipeline.measures.texts.sentiment import sentiment
from pipeline.measures.texts.words import SIGNS, content_and_signs
from pipeline.statistics.concurrency import map_concurrently

KEYS: Final = ("text", "language", "foreign_url")
"""What features depend on: the text, its language, and whether it links to a page that is not the writer's own."""
WANTED: Final = ("for_craft", "for_tone", "for_disclosure")
"""Whether what only one table needs is wanted of a text."""
_ROWS: Final = 75_000
"""Texts that are computed at a time, which bounds memory."""


def features(keys: pl.DataFrame) -> pl.DataFrame:
    """Return the features of texts, row by row.

    Args:
        keys: KEYS and WANTED. Keys that are sorted by language take the least time: the patterns of a language are compiled
            for each part that has texts in it.

    Returns:
        content (stems of the content words); question, fig_leaf, rhetorical; ask, broadcast, asks_for_answer; own_marks
        (`pitches.own_marks`, a struct); the columns of `scores.wording`; for craft, generic_signs (a struct) and give; for disclosure, disclosure; for tone,
        compound and tone. The flags each with its reason. NULL where the language has no lists or the text is not wanted.
    """
    parts = map_concurrently(_features, keys.iter_slices(_ROWS)) if keys.height else [_features(keys)]
    return pl.concat(parts)


def _features(keys: pl.DataFrame) -> pl.DataFrame:
    rows = with_folded(keys.with_columns(phrase_text(keys["text"]).alias("prepared")))
    rows = rows.hstack(content_and_signs(rows))
    for rule in (questions, asks, asks_for_answer):
        rows = rows.hstack(rule(rows))
    marks = own_marks(rows)
    signs = _of_wanted(rows, "for_craft", generic_signs)
    return pl.concat(
        [
            rows.drop(*KEYS, *WANTED, *SIGNS, "prepared", "folded"),
            marks.select(pl.struct(pl.all()).alias("own_marks")),
            wording(rows),
            signs.select(pl.struct(pl.all()).alias("generic_signs")),
            _of_wanted(rows, "for_craft", gives),
            _of_wanted(rows, "for_disclosure", disclosure),
            _of_wanted(rows, "for_tone", sentiment),
        ],
        how="horizontal",
    )


def _of_wanted(rows: pl.DataFrame, wanted: str, rule: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """Apply a rule to the wanted rows; the others get nulls."""
    if rows[wanted].all():
        return rule(rows)
    chosen = rows.with_row_index("row").filter(wanted)
    found = rule(chosen).hstack([chosen["row"]])
    numbered = rows.select(wanted).with_row_index("row").select("row")
    return numbered.join(found, on="row", how="left", maintain_order="left").drop("row")
