"""Self-promotion: texts written to win attention or money for the writer's own offer, channel or page."""

from typing import Final

import polars as pl

from pipeline.measures.texts.pitches import SALES, pitches

OPTIONAL: Final = {
    "has_own_url": pl.Boolean,
    "link_drop": pl.Boolean,
    "parent": pl.String,
    "parent_question": pl.Boolean,
}
"""Columns that are read where there are any; a missing one is null."""


def promotion(texts: pl.DataFrame) -> pl.DataFrame:
    """Find texts whose purpose is to win attention or money for the writer's own offer, channel or page.

    Args:
        texts: `text`, `language`, and OPTIONAL columns: whether the text links to the writer's own domain, whether it is
            a link drop, the text that it answers, and whether that one asks a question; perhaps own_marks
            (`pitches.own_marks`, a struct).

    Returns:
        Row by row: `self_promotion` (null where the language has no lists, but for a link drop) and `self_promotion_reason`.

    Source: methods:self-promotion.

    >>> promotion(pl.DataFrame({"text": ["Follow me for more"], "language": ["en"]})).row(0)
    (True, 'self-promotion: follow me')
    """
    missing = [pl.lit(None, kind).alias(name) for name, kind in OPTIONAL.items() if name not in texts.columns]
    rows = texts.with_columns(missing)
    rows = rows.select("text", "language", *OPTIONAL).hstack(pitches(rows))
    own = pl.col("has_own_url").fill_null(value=False)
    dropped = pl.col("link_drop").fill_null(value=False) & own
    asked = pl.any_horizontal(
        "promised", "invited", pl.col("parent_question").fill_null(value=False) & pl.col("wanted")
    )
    on_topic = pl.col("disclosed") & pl.col("parent").is_not_null()
    offer = (pl.col("sales") >= SALES) & (own | pl.col("price"))
    reason = (
        pl.when(asked | on_topic).then(None)
        .when(pl.col("pitch").is_not_null()).then(pl.format("self-promotion: {}", "pitch"))
        .when(own & pl.col("own_page")).then(pl.lit("self-promotion: names and links the writer's own page"))
        .when(offer).then(pl.lit("self-promotion: words of an offer"))
        .when(dropped).then(pl.lit("self-promotion: a link drop to the writer's own page"))
    )  # fmt: skip
    return rows.with_columns(reason.alias("self_promotion_reason")).select(
        pl.when(pl.col("sales").is_not_null() | dropped)
        .then(pl.col("self_promotion_reason").is_not_null())
        .alias("self_promotion"),
        "self_promotion_reason",
    )
