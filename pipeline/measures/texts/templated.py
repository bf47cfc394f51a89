"""Templated texts: nearly the same text sent to at least three people within some 90 days."""

from typing import Final

import polars as pl

from pipeline.matching.normal_texts import normalised
from pipeline.matching.shared_acts import SHARED_INPUT, person_reached
from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.near_duplicates import near_duplicates

LEAST_PEOPLE: Final = 3
WINDOW_US: Final = 90 * 24 * 3600 * 1_000_000
TEMPLATED_INPUT: Final = ("interaction_id", "contact_id", *SHARED_INPUT, "text", "names")
"""Columns that are read."""
SCHEMA: Final = {"interaction_id": pl.String, "templated": pl.Boolean, "templated_reason": pl.String}

_LONGEST: Final = 5_000
_CHUNK: Final = 100_000
_LEAST_WORDS: Final = 2
"""One word alone ("ok", "thanks") is no template, however often it is written."""
_PUNCTUATION: Final = r"[\p{P}\p{Z}\s&&[^<>]]+"
_INNER: Final = r"['’´`]"


def templated(texts: pl.DataFrame) -> pl.DataFrame:
    """Find templated texts among those that one side wrote.

    Texts are compared in their normal form without punctuation, a greeting at the start and the names of the two. They
    are the same if they are equal or, from 6 words on, if their sets of word trigrams have a Jaccard similarity of at
    least 0.8. All texts that are connected so are templated if any 90 days of theirs reach 3 contacts.

    Args:
        texts: TEMPLATED_INPUT; `at` in microseconds; a null `text` is never templated; `names` is a list of both people's
            names, nullable. In any order.

    Returns:
        A row for each row, in order: `interaction_id`, `templated`, `templated_reason`.

    Source: methods:templated-text.
    """
    rows = texts.select("contact_id", *SHARED_INPUT, masked=_masked(texts))
    distinct = rows.select("masked").drop_nulls().unique().sort("masked")
    groups = distinct.with_columns(near_duplicates(distinct["masked"]).alias("group"))
    rows = rows.join(groups, on="masked", how="left", maintain_order="left")
    many = rows.drop_nulls("group").group_by("group").agg(pl.col("contact_id").n_unique().alias("people"))
    sent = rows.join(many.filter(pl.col("people") >= LEAST_PEOPLE), on="group", how="semi")
    sent = sent.with_columns(person_reached("contact_id").alias("contact_id"))
    people = sent.group_by("group").agg(
        pl.col("contact_id").n_unique().alias("people"), pl.col("masked").n_unique().alias("forms")
    )
    found = people.filter(pl.col("group").is_in(_within_window(sent.select("group", "contact_id", "at")).implode()))
    same = pl.when(pl.col("forms") == 1).then(pl.lit("the same text")).otherwise(pl.lit("nearly the same text"))
    reasons = found.select("group", pl.format("templated: {} went to {} people", same, "people").alias("reason"))
    reason = rows.join(reasons, on="group", how="left", maintain_order="left")["reason"]
    return pl.DataFrame([texts["interaction_id"], reason.is_not_null(), reason], schema=SCHEMA)


def _masked(texts: pl.DataFrame) -> pl.Series:
    """Return the normal form of texts without punctuation, greeting at the start and names; null for less than 2 words."""
    raw = texts["text"].str.slice(0, _LONGEST).rename("text").to_frame().with_row_index("row")
    plain = pl.col("text").str.len_bytes() == pl.col("text").str.len_chars()
    plain = plain.fill_null(value=True)
    forms = pl.concat(
        [
            raw.filter(plain).with_columns(normalised("text", ascii_only=True).alias("text")),
            raw.filter(plain.not_()).with_columns(normalised("text").alias("text")),
        ]
    ).sort("row")
    words = forms.with_columns(
        _words(_without_greeting(pl.col("text"))).alias("text"), *texts.select("contact_id", "names")
    )
    masked = _without_names(words)["text"]
    return masked.set(masked.str.count_matches(" ", literal=True) < _LEAST_WORDS - 1, None)


def _words(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(_INNER, "").str.replace_all(_PUNCTUATION, " ").str.strip_chars()


def _without_greeting(text: pl.Expr) -> pl.Expr:
    """Drop a greeting at the start and up to two words of address before a comma or the like."""
    greetings = [
        phrase for language in vocabulary.LANGUAGES for phrase in vocabulary.phrases(language, "greetings", "opening")
    ]
    said = vocabulary.pattern(greetings)
    return text.str.replace(rf"^[\p{{P}}\s]*{said}(?:(?:\s+[^\s,!.:;–—-]+){{0,2}}\s*[,!:–—-]+\s*|\s+)", "")


def _without_names(words: pl.DataFrame) -> pl.DataFrame:
    """Drop the words that are part of a name of the two.

    Args:
        words: `row`, `text` (words separated by blanks), `contact_id`, `names`.

    Returns:
        `row`, `text`; in order.
    """
    names = (
        words.select("contact_id", pl.col("names").list.drop_nulls())
        .unique()
        .explode("names")
        .drop_nulls()
        .select("contact_id", word=_words(pl.col("names").str.normalize("NFKC").str.to_lowercase()).str.split(" "))
        .explode("word")
        .filter(pl.col("word").str.len_chars() > 1)
        .unique()
    )
    every = names["word"].unique().implode()
    parts: list[pl.DataFrame] = []
    for part in words.select("row", "text", "contact_id").iter_slices(_CHUNK):
        spread = part.select("row", "contact_id", word=pl.col("text").str.split(" ")).explode("word")
        named = (
            spread.filter(pl.col("word").is_in(every))
            .join(names, on=["contact_id", "word"], how="semi")["row"]
            .unique()
        )
        rest = (
            spread.filter(pl.col("row").is_in(named.implode()))
            .join(names, on=["contact_id", "word"], how="anti", maintain_order="left")
            .group_by("row", maintain_order=True)
            .agg(pl.col("word").str.join(" ").alias("rest"))
        )
        without = pl.when(pl.col("row").is_in(named.implode())).then(pl.col("rest").fill_null("")).otherwise("text")
        parts.append(part.join(rest, on="row", how="left", maintain_order="left").select("row", without.alias("text")))
    return pl.concat(parts) if parts else words.select("row", "text")


def _within_window(sent: pl.DataFrame) -> pl.Series:
    """Return the groups that reach LEAST_PEOPLE contacts within the window.

    Args:
        sent: `group`, `contact_id`, `at`.
    """
    found: set[int] = set()
    latest: dict[str, int] = {}
    current = -1
    for group, contact, at in sent.sort("group", "at", "contact_id").unique(maintain_order=True).iter_rows():
        if group != current:
            current, latest = group, {}
        if group in found:
            continue
        latest.pop(contact, None)
        latest[contact] = at
        if len(latest) > LEAST_PEOPLE:
            latest.pop(next(iter(latest)))
        if len(latest) == LEAST_PEOPLE and at - next(iter(latest.values())) <= WINDOW_US:
            found.add(group)
    return pl.Series("group", sorted(found), dtype=pl.Int64)
