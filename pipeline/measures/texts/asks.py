"""Asks: requests for a favour, an act or a purchase."""

from typing import Final

import polars as pl

from pipeline.measures.texts import phrase_rules

_TOPIC: Final = "asks"
_PLEASE: Final = ("please", "bitte", "por favor", "s'il te plaît")
"""Lists of the word alone: beside a call to everybody it is a courtesy of the call, and no request of its own."""


def asks(texts: pl.DataFrame) -> pl.DataFrame:
    """Return which texts ask for a favour, an act or a purchase.

    Prohibitions, questions of ability, courtesies in the imperative, offers, and requests that the writer only reports
    or quotes are none.

    Args:
        texts: `text`, `language` (ISO 639-1), and perhaps `folded` (`phrase_rules.folded` of the text).

    Returns:
        Row by row: `ask`, null where the language has no lists; `ask_reason`, the kind of request, or null;
        `broadcast`: the request is only a call to everybody ("subscribe", "vote for us"), which nobody answers.

    Source: methods:asks.
    """
    found = phrase_rules.labels(phrase_rules.with_folded(texts), _TOPIC, ["broadcast", "favour"])
    call = pl.col("broadcast").is_not_null() & (pl.col("favour").is_null() | pl.col("favour").is_in(_PLEASE))
    label = pl.when(call).then("broadcast").otherwise("favour")
    assessed = pl.col("assessed")
    return found.select(
        pl.when(assessed).then(label.is_not_null()).alias("ask"),
        ("asks: " + label).alias("ask_reason"),
        pl.when(assessed).then(call).alias("broadcast"),
    )
