"""Depth of self-disclosure: facts about oneself, opinions and feelings, vulnerable matters."""

from typing import Final

import polars as pl

from pipeline.measures.texts import phrase_rules

_TOPIC: Final = "disclosure"
LEVELS: Final = {3: "vulnerable", 2: "feelings", 1: "facts"}
"""Levels and the sections of the lists that they are found by, the deepest first."""


def disclosure(texts: pl.DataFrame) -> pl.DataFrame:
    """Return how much each text discloses of its writer.

    The reason has no word of the text or of the lists: neither may reveal what was disclosed.

    Args:
        texts: `text`, `language` (ISO 639-1), and perhaps `folded` (`phrase_rules.folded` of the text).

    Returns:
        Row by row: `disclosure`, 0 to 3 or null where the language has no lists; `disclosure_reason`, null at level 0.

    Source: methods:disclosure.
    """
    found = phrase_rules.labels(phrase_rules.with_folded(texts), _TOPIC, list(LEVELS.values()))
    level = pl.coalesce(
        *(pl.when(pl.col(section).is_not_null()).then(pl.lit(depth, pl.Int64)) for depth, section in LEVELS.items()),
        pl.when("assessed").then(pl.lit(0, pl.Int64)),
    )
    reason = pl.when(level > 0).then(pl.format("discloses: level {}", level))
    return found.select(level.alias("disclosure"), reason.alias("disclosure_reason"))
