"""Content words of texts: what is left without stop words, praise, thanks, greetings and names, as stems.

A stem is computed once for each distinct word of a language, so that the cost of a million texts is that of their vocabulary.
"""

from functools import cache
from typing import Final

import polars as pl
import Stemmer

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text

TOPIC: Final = "words"
STOP: Final = "stop"
PRAISE: Final = "praise"
COURTEOUS: Final = ("thanks", "greetings", "courtesies", "laughs")
"""Lists whose words make a text thanks, a greeting or a reaction."""
ACKNOWLEDGEMENTS: Final = "acknowledgements"
EMPTY: Final = (
    STOP,
    PRAISE,
    *COURTEOUS,
    "objects",
    "intensifiers",
    "fillers",
    "interjections",
    ACKNOWLEDGEMENTS,
    "answers",
)
"""Lists whose words are no content."""
_ALGORITHMS: Final = {"en": "english", "es": "spanish", "de": "german", "fr": "french", "pt": "portuguese"}
_APPENDED_HASHTAGS: Final = r"(?:[\s.,;:!]*#\w+)+[^\w]*$"
_MARKS: Final = r"<(?:url|user)>"
_WORDS: Final = r"[\p{L}\p{M}\d]+(?:'[\p{L}\p{M}]+)*"
_WORDS_APART: Final = r"[\p{L}\p{M}\d]+"
"""French writes an article or a pronoun and the next word with an apostrophe between: two words."""
_APART: Final = " …-'"
"""Signs between words: what has one is a phrase. An apostrophe separates words in French only."""
_WITH_LETTERS: Final = r"\p{L}"
ONCE: Final = list("abcdefghijklmnopqrstuvwxyzàáâãäçèéêíñóôõöúüß")
DOUBLED: Final = [letter * 2 for letter in ONCE]
_ROWS: Final = 200_000
"""Texts that are cut into words at a time, which bounds memory."""


@cache
def patterns(language: str, *keys: str) -> tuple[str, str]:
    """Return the pattern of the phrases in some lists, to be searched, and of the single words, to be matched whole."""
    wanted = [phrase for key in keys for phrase in vocabulary.phrases(language, TOPIC, key)]
    apart = _APART if language == "fr" else _APART.replace("'", "")
    several = [phrase for phrase in wanted if any(sign in phrase for sign in apart)]
    single = set(wanted).difference(several)
    return vocabulary.pattern(several), f"^{vocabulary.pattern(single)}$"


def without_appended_hashtags(prepared: pl.Series) -> pl.Series:
    """Return texts without the hashtags at their end, and without the marks of URLs and mentions.

    >>> without_appended_hashtags(pl.Series(["my #garden, finally! #plants #love"])).to_list()
    ['my #garden, finally']
    """
    return prepared.str.replace_all(_MARKS, " ").str.replace(_APPENDED_HASHTAGS, "")


def without_empty_phrases(prepared: pl.Series, language: str) -> pl.Series:
    """Return texts without marks, appended hashtags and the empty phrases of several words.

    Args:
        prepared: by `phrase_text`.
        language: one with word lists.

    >>> without_empty_phrases(pl.Series(["keep up the good work, ana! #blog #love"]), "en").to_list()
    [' , ana']
    """
    phrase_pattern, _ = patterns(language, *EMPTY)
    return (
        without_appended_hashtags(prepared)
        .str.replace_all(phrase_pattern, " ")
        # a phrase that another one was within
        .str.replace_all(phrase_pattern, " ")
    )


def content(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the content words of texts.

    Args:
        texts: text (raw) and language.

    Returns:
        One column, `content`, row by row: List[String] of distinct stems in order; null where the language has no lists.

    Source: methods:generic-text.

    >>> content(pl.DataFrame({"text": ["Great post about sourdough breads!"], "language": ["en"]}))["content"].to_list()
    [['sourdough', 'bread']]
    """
    rows = texts.select("text", "language").with_row_index("row")
    found = [
        words.select("row", "content")
        for (language,), of_language in rows.drop_nulls("text").partition_by("language", as_dict=True).items()
        if language in vocabulary.languages(TOPIC)
        for words in (_content(part, str(language)) for part in of_language.iter_slices(_ROWS))
    ]
    schema = pl.Schema([("row", pl.UInt32()), ("content", pl.List(pl.String))])
    return (
        rows.select(pl.col("row").cast(pl.UInt32))
        .join(pl.concat([pl.DataFrame(schema=schema), *found]), on="row", how="left", maintain_order="left")
        .select("content")
    )


def _content(rows: pl.DataFrame, language: str) -> pl.DataFrame:
    """Return row and content of texts of one language."""
    left = without_empty_phrases(phrase_text(rows["text"]), language)
    lists = left.str.extract_all(_WORDS_APART if language == "fr" else _WORDS).alias("word")
    words = pl.DataFrame([rows["row"].cast(pl.UInt32), lists]).explode("word").drop_nulls()
    stems = _stems(words["word"].unique(), language)
    kept = words.join(stems, on="word", how="inner", maintain_order="left").select("row", "content")
    grouped = kept.group_by("row", maintain_order=True).agg(pl.col("content").unique(maintain_order=True))
    return (
        rows.select(pl.col("row").cast(pl.UInt32))
        .join(grouped, on="row", how="left")
        .with_columns(pl.col("content").fill_null(pl.lit([], pl.List(pl.String))))
    )


def _stems(distinct: pl.Series, language: str) -> pl.DataFrame:
    """Return word and content (its stem) of the words that are content."""
    _, word_pattern = patterns(language, *EMPTY)
    words = pl.DataFrame({"word": distinct}, schema={"word": pl.String}).with_columns(
        pl.col("word").str.replace("'s?$", "").alias("plain")
    )
    # "omgg" and "woow", which phrase_text leaves of stretched words, are looked up as "omg" and "wow" too
    once = pl.col("plain").str.replace_many(DOUBLED, ONCE)
    empty = (
        pl.any_horizontal(form.str.contains(word_pattern) for form in (pl.col("word"), pl.col("plain"), once))
        | (pl.col("plain").str.len_chars() < 2)
        | ~pl.col("plain").str.contains(_WITH_LETTERS)
    )
    kept = words.filter(~empty)
    stemmed = Stemmer.Stemmer(_ALGORITHMS[language]).stemWords(kept["plain"].to_list())
    return kept.select("word", pl.Series("content", stemmed, pl.String))


def without_names(content: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return content words without the names of the writer and of the reader.

    Args:
        content: content, as `content` returns it.
        names: language, writer_names and reader_names (List[String] or null), row by row.

    Returns:
        One column, `content`.

    Source: methods:generic-text.
    """
    joined = names.select(
        "language",
        pl.concat_str(
            [pl.col(column).list.join(" ") for column in ("writer_names", "reader_names")],
            separator=" ",
            ignore_nulls=True,
        ).alias("names"),
    )
    distinct = joined.unique()
    by_language = [
        part.with_columns(_name_stems(part["names"], str(language)))
        for (language,), part in distinct.partition_by("language", as_dict=True).items()
        if language in _ALGORITHMS
    ]
    schema = pl.Schema([("language", pl.String()), ("names", pl.String()), ("name_stems", pl.List(pl.String))])
    known = pl.concat([pl.DataFrame(schema=schema), *by_language])
    stems = joined.join(known, on=["language", "names"], how="left", maintain_order="left")["name_stems"]
    return content.select(
        pl.col("content").list.set_difference(pl.lit(stems).fill_null(pl.lit([], pl.List(pl.String)))).alias("content")
    )


def _name_stems(names: pl.Series, language: str) -> pl.Series:
    stemmer = Stemmer.Stemmer(_ALGORITHMS[language])
    lists = phrase_text(names).str.extract_all(_WORDS)
    return pl.Series("name_stems", [stemmer.stemWords(words.to_list()) for words in lists], pl.List(pl.String))
