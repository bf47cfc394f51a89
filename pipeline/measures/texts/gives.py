"""Gives: thanks for something named, help, resources, good wishes and passing the other's work on."""

from typing import Final

import polars as pl

from pipeline.measures.texts import phrase_rules

_TOPIC: Final = "gives"
_SECTIONS: Final = ("thanks", "wishes", "passing", "resources", "offers")
_WITHOUT_PAY: Final = ("resources", "offers")
"""What is no gift where the text speaks of prices or of the writer's own offer."""


def gives(texts: pl.DataFrame) -> pl.DataFrame:
    """Return which texts give something.

    Args:
        texts: `text`, `language` (ISO 639-1), `foreign_url` (Boolean: the text has a URL that does not lead to the
            writer's own pages), and perhaps `folded` (`phrase_rules.folded` of the text).

    Returns:
        Row by row: `give`, null where the language has no lists; `give_reason`, what is given, or null.

    Source: methods:gives.
    """
    folded = phrase_rules.with_folded(texts)
    found = phrase_rules.labels(folded, _TOPIC, _SECTIONS)
    paid = phrase_rules.labels(folded, "paid", ["paid"])["paid"].is_not_null()
    link = pl.when(texts["foreign_url"].fill_null(value=False)).then(pl.lit("a link to another's page"))
    unpaid = pl.coalesce(*_WITHOUT_PAY, link)
    label = pl.coalesce("thanks", "wishes", "passing", pl.when(~paid).then(unpaid))
    assessed = pl.col("assessed")
    return found.select(
        pl.when(assessed).then(label.is_not_null()).alias("give"),
        pl.when(assessed).then("gives: " + label).alias("give_reason"),
    )
