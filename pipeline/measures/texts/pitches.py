"""Pitches: phrases by which a text pushes its writer's own offer, channel or page, and what excuses them."""

from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_rules import compiled, folded, with_folded

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
OWN_MARKS: Final = {
    "telling": pl.Boolean,
    "pitch": pl.String,
    "own_page": pl.Boolean,
    "sales": pl.UInt32,
    "price": pl.Boolean,
    "disclosed": pl.Boolean,
    "promised": pl.Boolean,
}
"""Columns of `own_marks`."""
_NONE: Final = (False, None, False, 0, False, False, False)
_PARENT_MARKS: Final = {"wanted": pl.Boolean, "invited": pl.Boolean}


def pitches(texts: pl.DataFrame) -> pl.DataFrame:
    """Search texts for the phrases of the lists of promotion.

    Args:
        texts: `text` (raw), `language`, `parent` (text that it answers, or null), and perhaps own_marks (a struct of what
            `own_marks` returns).

    Returns:
        Row by row, null where the language has no lists: `pitch`, a phrase that offers something of the writer's own
        (null for none); `own_page`, a page or work is named as the writer's; `sales`, how many words of an offer there
        are; `price`, a price or a percentage; `disclosed`, the writer says that it is theirs; `promised`, it was asked
        for or promised; `wanted`, the parent speaks of pages, offers or prices as who asks for them;
        `invited`, it invites writers to show what is theirs.

    Source: methods:self-promotion.
    """
    own = texts["own_marks"].struct.unnest() if "own_marks" in texts.columns else own_marks(texts)
    rows = own.hstack(texts.select("language", "parent"))
    telling = rows["telling"].fill_null(value=False).arg_true()
    keys = rows.select(pl.col("language", "parent").gather(telling))
    distinct = keys.drop_nulls().unique(maintain_order=True)
    known = distinct.hstack(_parent_marks(distinct))
    of_parents = keys.join(known, on=["language", "parent"], how="left", maintain_order="left").with_columns(
        pl.col(*_PARENT_MARKS).fill_null(value=False)
    )
    unmarked = own.select(pl.when(pl.col("telling").is_not_null()).then(pl.lit(value=False)).alias("mark"))["mark"]
    marks = [unmarked.clone().scatter(telling, of_parents[name]).alias(name) for name in _PARENT_MARKS]
    return own.drop("telling").hstack(marks)


def own_marks(texts: pl.DataFrame) -> pl.DataFrame:
    """Return what `pitches` finds in a text alone.

    Args:
        texts: `text` (raw), `language`, and perhaps `folded` (`phrase_rules.folded` of the text).

    Returns:
        Row by row, null where the language has no lists: `telling`, something that a pitch has is in the text; and the columns
        that `pitches` describes.

    Source: methods:self-promotion.
    """
    rows = texts.select(
        pl.int_range(pl.len()).alias("row"), "language", _with_currencies(texts).alias("prepared")
    ).drop_nulls("prepared")
    found = [pl.DataFrame(schema={"row": pl.Int64, **OWN_MARKS})]
    for language in vocabulary.languages(TOPIC):
        part = rows.filter(pl.col("language") == language)
        if part.height:
            found.append(_of_language(part["row"], part["prepared"], language))
    return (
        texts.select(pl.int_range(pl.len()).alias("row"))
        .join(pl.concat(found), on="row", how="left", maintain_order="left")
        .drop("row")
    )


def _with_currencies(texts: pl.DataFrame) -> pl.Series:
    """Return folded texts in which the signs of currencies are words."""
    prepared = with_folded(texts)["folded"]
    priced = texts["text"].str.contains_any(list(_SIGNS)).fill_null(value=False).arg_true()
    written = folded(texts["text"].gather(priced).str.replace_many(_SIGNS))
    return prepared.clone().scatter(priced, written) if len(priced) else prepared


def _of_language(rows: pl.Series, prepared: pl.Series, language: str) -> pl.DataFrame:
    phrases = compiled(language, TOPIC, SECTION)
    telling = "|".join([*(phrases[key] for key in ("bait", "offers", "own_pages", "sales")), _PRICE, _LINK])
    # most texts have nothing of the kind: one search settles them
    hit = prepared.str.contains(telling)
    quiet = (
        rows.filter(~hit)
        .to_frame()
        .select(
            "row", *(pl.lit(none, OWN_MARKS[name]).alias(name) for name, none in zip(OWN_MARKS, _NONE, strict=True))
        )
    )
    return pl.concat([quiet, _marks(rows.filter(hit), prepared.filter(hit), language)])


def _marks(rows: pl.Series, prepared: pl.Series, language: str) -> pl.DataFrame:
    phrases = compiled(language, TOPIC, SECTION)
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
    }
    telling = pl.lit(value=True).alias("telling")
    columns = [rows, named["pitch"], *(column.alias(name) for name, column in held.items())]
    return pl.DataFrame(columns).with_columns(telling).select("row", *OWN_MARKS)


def _parent_marks(parents: pl.DataFrame) -> pl.DataFrame:
    """Return _PARENT_MARKS of distinct `parent` and `language`, row by row."""
    found = []
    for (language,), part in parents.partition_by("language", as_dict=True, include_key=True).items():
        phrases = compiled(str(language), TOPIC, SECTION)
        text = folded(part["parent"])
        marks = (text.str.contains(phrases[name]).alias(name) for name in _PARENT_MARKS)
        found.append(part.with_columns(marks))
    schema = parents.schema | _PARENT_MARKS
    return parents.join(
        pl.concat([pl.DataFrame(schema=schema), *found]), on=["language", "parent"], how="left", maintain_order="left"
    ).select(*_PARENT_MARKS)


def _first_phrase(prepared: pl.Series, language: str, key: str) -> pl.Series:
    """Return the phrase of a list that a text holds, or null; texts without one cost one search."""
    hits = prepared.str.contains(compiled(language, TOPIC, SECTION)[key]).arg_true()
    none = pl.Series(key, [None], dtype=pl.String).new_from_index(0, len(prepared)).alias(key)
    if not len(hits):
        return none
    wanted = vocabulary.phrases(language, TOPIC, f"{SECTION}.anywhere.{key}")
    return none.scatter(hits, vocabulary.matched_phrase(prepared.gather(hits), wanted))
