"""Which language a text is in, and when that isn't known.

In two steps, so that the first can be kept by a text's hash: `detect` judges each text by itself; `settle` weighs its
judgements by what the home and the contact write otherwise. `identify` is both.

Source: methods:language.
"""

from typing import Final

import polars as pl

from pipeline.measures.texts.language_detector import LONGEST, NOT_A_LANGUAGE, likeliest
from pipeline.measures.texts.language_phrases import phrase_languages
from pipeline.measures.texts.language_words import ENOUGH, word_language
from pipeline.measures.texts.phrase_text import phrase_text
from pipeline.statistics.concurrency import map_concurrently

UNKNOWN: Final = "und"
LONG: Final = 20
"""Letters from which a text is long: the detector alone decides, and the text counts for habits."""
MEDIUM: Final = 7
"""Letters from which the detector has a say."""
_WORDS_UNTIL: Final = 40
"""Letters up to which a text's words are looked up: the detector is right beyond."""

_ROWS: Final = 50_000
"""Texts that are judged at a time, which bounds memory."""

_SURE_OF_KNOWN: Final = 0.45
"""Least certainty for a language that the home is known to use."""
_SURE_WITH_HINT: Final = 0.25
"""The same, where a word of that language confirms it."""
_SURE: Final = 0.6
"""Least certainty in a home that isn't known to use any language yet."""
_SURE_WITHOUT_LETTERS: Final = 0.7
"""The same in a text of fewer than FEW letters."""
_FEW: Final = 10
_CONTRADICTS: Final = 0.8
"""Least certainty against a habit, and of a long text against its words."""
_SURE_OF_OTHER: Final = 0.9
"""Least certainty for a language that the home isn't known to use; its long texts of so much make a language known."""
_SURE_OF_SECOND: Final = 0.2
_NEAR: Final = 0.6
"""A known language that comes second to an unknown one is taken from this share of its certainty."""
_AHEAD: Final = 2.5
"""A short text's language is so many times as certain as another known one: Spanish and Portuguese share words."""
_LEAST_TEXTS: Final = 3
_LEAST_SHARE: Final = 0.01
_HABIT_TEXTS: Final = 2
_HABIT_SHARE: Final = 0.8
_LONE_WORD: Final = 8
"""Letters of a text that may be one borrowed word: "merci" of somebody who writes German is left open."""

_SCRIPTS: Final = {
    "el": r"\p{Greek}",
    "he": r"\p{Hebrew}",
    "ko": r"\p{Hangul}",
    "th": r"\p{Thai}",
    "hy": r"\p{Armenian}",
    "ka": r"\p{Georgian}",
    "ja": r"[\p{Hiragana}\p{Katakana}]",
}
"""Scripts of one language each."""
_LATIN: Final = r"\p{Latin}"
_LETTER: Final = r"\p{L}"
_LAUGHTER: Final = r"\b(?:(?:ha+|he+|hi+|ja+|je+){2,}h*|a(?:ha+)+h*|k{2,}|(?:rs)+|lo+l|x+d+)\b"
_TITLE: Final = r"^\P{L}*\p{Lu}[\p{L}\p{M}'’.-]*(?:(?:\P{L}+(?:\p{Lu}[\p{L}\p{M}'’.-]*|\p{Ll}{1,3}))*\P{L}+\p{Lu}[\p{L}\p{M}'’.-]*)?\P{L}*$"
"""Only words with a capital, and small ones between: a name, a place, a title, of no language by its letters."""
_NO_WORDS: Final = r"<url>|<user>|#|[^\p{L}\p{M}\s'’.,;:!?¡¿-]+"
"""What has no language: links, mentions, the sign of a hashtag, numbers, emoji and other signs."""


def identify(texts: pl.DataFrame) -> pl.Series:
    """Return the language of each text.

    Args:
        texts: `text` (String or null) and `contact_id` (whose exchange the text belongs to, of any type or null), all
            texts of a home; the result of a row doesn't depend on the order of rows.

    Returns:
        `language`: an ISO 639-1 code, or `und` where it isn't known (not assessed), row by row.

    Source: methods:language.

    >>> home = pl.DataFrame({"text": ["Thanks so much!", "bis später", "ok", "👍"], "contact_id": [1, 2, 2, 2]})
    >>> identify(home).to_list()
    ['en', 'de', 'und', 'und']
    """
    distinct = texts.select(pl.col("text").unique(maintain_order=True))
    judged = distinct.hstack(detect(distinct["text"]))
    rows = texts.select("text", "contact_id").join(
        judged, on="text", how="left", nulls_equal=True, maintain_order="left"
    )
    return settle(rows.drop("text"))


def detect(texts: pl.Series) -> pl.DataFrame:
    """Judge each text by itself.

    Args:
        texts: as they were written; null and empty ones have no language.

    Returns:
        Row by row: `language` and `certainty` (0 to 1), `second` and `second_certainty` (the detector's next guess),
        `words` and `words_count` (the language of a short text's words, or null, and how much they count), `phrases` (the
        languages in which a short text is nothing but praise or courtesy) and `letters` (their number; null where nothing
        is written). `language` is `und` with certainty 0 for texts of fewer than
        MEDIUM letters and for short ones that look like a name or a title, unless their script has one language.

    Source: methods:language.

    >>> detect(pl.Series(["καλημέρα", "me too"])).select("language", "certainty", "words").rows()
    [('el', 1.0, None), ('und', 0.0, 'en')]
    """
    parts = [texts.slice(start, _ROWS) for start in range(0, max(len(texts), 1), _ROWS)]
    return pl.concat(map_concurrently(_detect, parts))


def _detect(texts: pl.Series) -> pl.DataFrame:
    prepared = (
        phrase_text(texts.cast(pl.String).rename("text"))
        .fill_null("")
        .str.replace_all(_NO_WORDS, " ")
        .str.replace_all(_LAUGHTER, " ")
        .str.slice(0, LONGEST)
        .to_frame()
        .with_row_index("row")
        .with_columns(pl.col("text").str.count_matches(_LETTER).alias("letters"))
    )
    written = texts.cast(pl.String).str.contains(r"\S").fill_null(value=False)
    scripts = _by_script(prepared)
    title = texts.cast(pl.String).str.slice(0, LONGEST).str.contains(_TITLE).fill_null(value=False)
    medium = prepared.filter((pl.col("letters") >= MEDIUM) & ~(title & (pl.col("letters") < LONG)))
    detected = medium.select("row").hstack(likeliest(medium["text"]))
    short = prepared.filter(pl.col("letters").is_between(1, _WORDS_UNTIL))
    words = short.select("row", phrase_languages(short["text"]).alias("phrases")).hstack(word_language(short["text"]))
    return (
        prepared.select("row", "letters")
        .join(detected, on="row", how="left")
        .join(scripts, on="row", how="left")
        .join(words, on="row", how="left")
        .sort("row")
        .with_columns(pl.col("language", "second").replace(NOT_A_LANGUAGE, UNKNOWN))
        .select(
            pl.coalesce("script", "language", pl.lit(UNKNOWN)).alias("language"),
            pl.when(pl.col("script").is_not_null())
            .then(1.0)
            .otherwise(pl.col("certainty").fill_null(0.0))
            .alias("certainty"),
            pl.col("second").fill_null(UNKNOWN),
            pl.col("second_certainty").fill_null(0.0),
            "words",
            pl.col("words_count").fill_null(0),
            "phrases",
            pl.when(written).then("letters"),
        )
    )


def _by_script(prepared: pl.DataFrame) -> pl.DataFrame:
    """Return `row` and `script`: the language of a text most of whose letters are of a script of one language.

    A text of another script than Latin, but with fewer than MEDIUM letters, gets none: Russian and Ukrainian, Arabic
    and Persian, Chinese and Japanese share theirs.
    """
    others = prepared.filter(pl.col("text").str.count_matches(_LATIN) * 2 < pl.col("letters"))
    # a few kana make a text Japanese, whose other letters are Chinese characters
    least = {language: 5 if language == "ja" else 2 for language in _SCRIPTS}
    return others.select(
        "row",
        pl.coalesce(
            pl.when(pl.col("text").str.count_matches(pattern) * least[language] > pl.col("letters")).then(
                pl.lit(language)
            )
            for language, pattern in _SCRIPTS.items()
        ).alias("script"),
    ).drop_nulls("script")


def settle(judged: pl.DataFrame) -> pl.Series:
    """Decide on the language of each text by what is written otherwise.

    Args:
        judged: `contact_id` and the columns of `detect`, all texts of a home.

    Returns:
        `language`, row by row.

    Source: methods:language.
    """
    known = _known_languages(judged)
    rows = judged.with_row_index("row").with_columns(_by_detector(known).alias("detected"))
    rows = rows.with_columns(_alone().alias("alone"))
    rows = rows.join(_habits(rows), on="contact_id", how="left").sort("row")
    lone_word = (pl.col("letters") <= _LONE_WORD) & (pl.col("alone") != pl.col("habit"))
    unsure = (pl.col("words_count") < ENOUGH) & (pl.col("certainty") < _CONTRADICTS) & (pl.col("letters") < LONG)
    language = (
        pl.when(pl.col("letters").is_null() | lone_word)
        .then(None)
        .when(unsure)
        .then(pl.coalesce("habit", "alone"))
        .otherwise(pl.coalesce("alone", "habit"))
    )
    language = pl.coalesce(language, pl.when(~lone_word | pl.col("habit").is_null()).then(_by_phrases(known)))
    return rows.select(language.fill_null(UNKNOWN).alias("language"))["language"]


def _known_languages(judged: pl.DataFrame) -> list[str]:
    """Return the languages with a clear share of the long texts about which the detector is sure, the most common first."""
    sure = judged.filter(
        (pl.col("letters") >= LONG) & (pl.col("certainty") >= _SURE_OF_OTHER) & (pl.col("language") != UNKNOWN)
    )
    counts = sure.group_by("language").len()
    least = max(_LEAST_TEXTS, _LEAST_SHARE * len(sure))
    common = counts.filter(pl.col("len") >= least).sort("len", "language", descending=[True, False])
    return common["language"].to_list()


def _by_detector(known: list[str]) -> pl.Expr:
    """Return the detector's language where it is sure enough of it for this home, or null."""
    certainty, second = pl.col("certainty"), pl.col("second_certainty")
    is_known, second_known = pl.col("language").is_in(known), pl.col("second").is_in(known)
    hinted = (pl.col("words") == pl.col("language")).fill_null(value=False)
    unknown_home = pl.when(pl.col("letters") < _FEW).then(_SURE_WITHOUT_LETTERS).otherwise(_SURE)
    least = (
        pl.when(hinted)
        .then(_SURE_WITH_HINT)
        .when(is_known)
        .then(_SURE_OF_KNOWN)
        .otherwise(pl.lit(_SURE_OF_OTHER) if known else unknown_home)
    )
    rivals = (pl.col("letters") < LONG) & second_known & ~hinted & (certainty < _AHEAD * second)
    relative = ~is_known & second_known & (second >= _SURE_OF_SECOND) & (second >= _NEAR * certainty)
    return (
        pl.when((pl.col("language") == UNKNOWN) | (is_known & rivals))
        .then(None)
        .when(certainty >= least)
        .then("language")
        .when(relative & (pl.col("letters") >= _FEW))
        .then("second")
    )


def _by_phrases(known: list[str]) -> pl.Expr:
    """Return the only language known in the home in which a text is nothing but praise or courtesy.

    Where no language is known yet, a text of one short word decides nothing: it may be borrowed.
    """
    phrases = pl.col("phrases")
    if known:
        phrases = phrases.list.set_intersection(pl.lit(known, pl.List(pl.String)))
    enough = pl.lit(bool(known)) | (pl.col("letters") > _LONE_WORD)
    return pl.when((phrases.list.len() == 1) & enough).then(phrases.list.first())


def listed_language(judged: pl.DataFrame, languages: pl.Series) -> pl.Series:
    """Return the language whose word lists serve for each text: its own, or one that says the same of it.

    "Excellent!" is English or French, and nothing but praise in both. Its language stays open, but what it says doesn't:
    the lists of the home's most common language that has all of its words serve.

    Args:
        judged: the columns of `detect`, all texts of a home.
        languages: what `settle` returns for them.

    Source: methods:language.
    """
    shared = [
        pl.when(pl.col("phrases").list.contains(language)).then(pl.lit(language))
        for language in _known_languages(judged)
    ]
    open_ones = pl.when(pl.lit(languages) != UNKNOWN).then(pl.lit(languages))
    return judged.select(pl.coalesce(open_ones, *shared, pl.lit(UNKNOWN)).alias("listed_language"))["listed_language"]


def _alone() -> pl.Expr:
    """Return the language by detector and words, or null where neither decides or they contradict each other."""
    words = pl.when(pl.col("words_count") >= ENOUGH).then("words")
    agreed = words.is_null() | (words == pl.col("detected"))
    certainty, is_long = pl.col("certainty"), pl.col("letters") >= LONG
    return (
        pl.when(agreed | (is_long & (certainty >= _CONTRADICTS)))
        .then("detected")
        .when(pl.col("detected").is_null() | (certainty < pl.when(is_long).then(_SURE).otherwise(_SURE_OF_OTHER)))
        .then(words)
    )


def _habits(rows: pl.DataFrame) -> pl.DataFrame:
    """Return `contact_id` and `habit`: the language that the contact's long texts agree on, where they do."""
    long = rows.filter((pl.col("letters") >= LONG) & pl.col("alone").is_not_null() & pl.col("contact_id").is_not_null())
    return (
        long.group_by("contact_id", "alone")
        .len()
        .filter(
            (pl.col("len") >= _HABIT_TEXTS) & (pl.col("len") >= _HABIT_SHARE * pl.col("len").sum().over("contact_id"))
        )
        .select("contact_id", pl.col("alone").alias("habit"))
    )
