"""Pitches: phrases by which a text pushes its writer's own offer, channel or page, and what excuses them."""

from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text

TOPIC: Final = "promotion"
SALES: Final = 3
"""Words of an offer that make a text one."""
_CALL: Final = "call"
_PRICE: Final = r"(?:us|r|c|a)?[$£€]\s?\d|\d\s?(?:[$£€]|euros?\b|eur\b|usd\b|quid\b|reais\b|dólares\b|dollars?\b)|\d\s?%|\b\d+ ?x \d+\b"
"""A price or a percentage."""
_SCHEMA: Final = {
    "pitch": pl.String,
    "own_page": pl.Boolean,
    "sales": pl.UInt32,
    "price": pl.Boolean,
    "disclosed": pl.Boolean,
    "promised": pl.Boolean,
    "wanted": pl.Boolean,
}


def pitches(texts: pl.DataFrame) -> pl.DataFrame:
    """Search texts for the phrases of the lists of promotion.

    Args:
        texts: `text` (raw), `language`, `parent` (text that it answers, or null).

    Returns:
        Row by row, null where the language has no lists: `pitch`, a phrase that offers something of the writer's own
        (null for none); `own_page`, a page or work is named as the writer's; `sales`, how many
        words of an offer there are; `price`, a price or a percentage; `disclosed`, the writer says that it is theirs; `promised`, it was asked for or promised;
        `wanted`, the parent asks for pages, offers or recommendations.

    Source: methods:self-promotion.
    """
    rows = texts.select(pl.int_range(pl.len()).alias("row"), "text", "language", "parent")
    found = [pl.DataFrame(schema={"row": pl.Int64, **_SCHEMA})]
    for language in vocabulary.languages(TOPIC):
        part = rows.filter(pl.col("language") == language, pl.col("text").is_not_null())
        if part.height:
            found.append(_of_language(part, language))
    return rows.select("row").join(pl.concat(found), on="row", how="left", maintain_order="left").drop("row")


def _of_language(rows: pl.DataFrame, language: str) -> pl.DataFrame:
    prepared = phrase_text(rows["text"])

    def held(key: str, texts: pl.Series) -> pl.Series:
        return texts.str.contains(vocabulary.pattern(vocabulary.phrases(language, TOPIC, key))).fill_null(value=False)

    own = vocabulary.pattern(vocabulary.phrases(language, TOPIC, "own_pages"))
    calls = vocabulary.pattern(vocabulary.phrases(language, TOPIC, "calls"))
    own_page = prepared.str.contains(own)
    called = pl.Series("called", [None], dtype=pl.String).new_from_index(0, len(prepared))
    candidates = own_page.arg_true()
    if len(candidates):
        hit = prepared.gather(candidates).str.contains(rf"{calls}[\s:]+(?:[^\s.!?;]+\s+){{0,3}}{own}")
        called = called.scatter(candidates.filter(hit), _CALL)
    bait = _first_phrase(prepared, language, "bait")
    offer = _first_phrase(prepared, language, "offers")
    frame = pl.DataFrame(
        [
            bait.alias("bait"),
            offer.alias("offer"),
            called.replace({_CALL: "a call to visit a page of one's own"}).alias("called"),
        ]
    )
    wanted = held("wanted", phrase_text(rows["parent"]))
    return pl.DataFrame(
        [
            rows["row"],
            frame.select(pl.coalesce("bait", "offer", "called").alias("pitch"))["pitch"],
            own_page.alias("own_page"),
            prepared.str.count_matches(vocabulary.pattern(vocabulary.phrases(language, TOPIC, "sales"))).alias("sales"),
            prepared.str.contains(_PRICE).alias("price"),
            held("disclosed", prepared).alias("disclosed"),
            held("promised", prepared).alias("promised"),
            wanted.alias("wanted"),
        ]
    )


def _first_phrase(prepared: pl.Series, language: str, key: str) -> pl.Series:
    """Return the phrase of a list that a text holds, or null; texts without one cost one search."""
    wanted = vocabulary.phrases(language, TOPIC, key)
    hits = prepared.str.contains(vocabulary.pattern(wanted)).fill_null(value=False).arg_true()
    none = pl.Series(key, [None], dtype=pl.String).new_from_index(0, len(prepared))
    return none.scatter(hits, vocabulary.matched_phrase(prepared.gather(hits), wanted)) if len(hits) else none
