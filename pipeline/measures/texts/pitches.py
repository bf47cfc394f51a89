"""Pitches: phrases by which a text pushes its writer's own offer, channel or page, and what excuses them."""

from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_rules import compiled, folded

TOPIC: Final = "promotion"
SECTION: Final = "phrases"
SALES: Final = 3
"""Words of an offer that make a text one."""
_CALLED: Final = "a call to visit a page of one's own"
_SIGNS: Final = {"€": " eur ", "£": " gbp ", "$": " usd "}
"""Signs that the folded text of the rules would lose."""
_PRICE: Final = (
    r"\b(?:usd|eur|gbp) *[0-9]|[0-9] *(?:usd|eur|gbp|euros?|quid|reais|dolares|dollars?|pounds)\b|r usd|[0-9] *%"
)
"""A price or a percentage."""
_LINK: Final = r"<url>|[a-z0-9]\.[a-z]{2}"
"""What may be a link: its text needs every mark."""
_WORDS: Final = r"[ :]+(?:[!-~--[.!?;]]+ +){0,3}"
"""Up to three words between a call and the page that it names."""
_SCHEMA: Final = {
    "pitch": pl.String,
    "own_page": pl.Boolean,
    "sales": pl.UInt32,
    "price": pl.Boolean,
    "disclosed": pl.Boolean,
    "promised": pl.Boolean,
    "wanted": pl.Boolean,
    "invited": pl.Boolean,
}
_NONE: Final = (None, False, 0, False, False, False, False, False)


def pitches(texts: pl.DataFrame) -> pl.DataFrame:
    """Search texts for the phrases of the lists of promotion.

    Args:
        texts: `text` (raw), `language`, `parent` (text that it answers, or null).

    Returns:
        Row by row, null where the language has no lists: `pitch`, a phrase that offers something of the writer's own
        (null for none); `own_page`, a page or work is named as the writer's; `sales`, how many words of an offer there
        are; `price`, a price or a percentage; `disclosed`, the writer says that it is theirs; `promised`, it was asked
        for or promised; `wanted`, the parent speaks of pages, offers or prices as who asks for them;
        `invited`, it invites writers to show what is theirs.

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
    prepared = folded(rows["text"].str.replace_many(_SIGNS))
    phrases = compiled(language, TOPIC, SECTION)
    telling = "|".join([*(phrases[key] for key in ("bait", "offers", "own_pages", "sales")), _PRICE, _LINK])
    # most texts have nothing of the kind: one search settles them
    hit = prepared.str.contains(telling).fill_null(value=False)
    quiet = rows.filter(~hit).select(
        "row", *(pl.lit(none, _SCHEMA[name]).alias(name) for name, none in zip(_SCHEMA, _NONE, strict=True))
    )
    return pl.concat([quiet, _marks(rows.filter(hit), prepared.filter(hit), language)])


def _marks(rows: pl.DataFrame, prepared: pl.Series, language: str) -> pl.DataFrame:
    phrases = compiled(language, TOPIC, SECTION)
    parents = folded(rows["parent"])
    called = prepared.str.contains(f"(?:{phrases['calls']}){_WORDS}(?:{phrases['own_pages']})")
    named = pl.DataFrame(
        [
            _first_phrase(prepared, language, "bait"),
            _first_phrase(prepared, language, "offers"),
            called.alias("called"),
        ]
    ).select(pl.coalesce("bait", "offers", pl.when("called").then(pl.lit(_CALLED))).alias("pitch"))
    held = {
        "own_page": prepared.str.contains(phrases["own_pages"]),
        "sales": prepared.str.count_matches(phrases["sales"]),
        "price": prepared.str.contains(_PRICE),
        "disclosed": prepared.str.contains(phrases["disclosed"]),
        "promised": prepared.str.contains(phrases["promised"]),
        "wanted": parents.str.contains(phrases["wanted"]).fill_null(value=False),
        "invited": parents.str.contains(phrases["invited"]).fill_null(value=False),
    }
    columns = [rows["row"], named["pitch"], *(column.alias(name) for name, column in held.items())]
    return pl.DataFrame(columns).select("row", *_SCHEMA)


def _first_phrase(prepared: pl.Series, language: str, key: str) -> pl.Series:
    """Return the phrase of a list that a text holds, or null; texts without one cost one search."""
    hits = prepared.str.contains(compiled(language, TOPIC, SECTION)[key]).arg_true()
    none = pl.Series(key, [None], dtype=pl.String).new_from_index(0, len(prepared)).alias(key)
    if not len(hits):
        return none
    wanted = vocabulary.phrases(language, TOPIC, f"{SECTION}.anywhere.{key}")
    return none.scatter(hits, vocabulary.matched_phrase(prepared.gather(hits), wanted))
