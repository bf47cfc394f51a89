"""Content words of texts: what is left without stop words, praise, thanks, greetings and names, as stems."""

from typing import Final

import polars as pl
import Stemmer

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text, prepared_text
from pipeline.measures.texts.word_classes import CLASSES, TOPIC, classified_words

_ALGORITHMS: Final = {"en": "english", "es": "spanish", "de": "german", "fr": "french", "pt": "portuguese"}
_WORDS: Final = r"[\p{L}\p{M}\d]+"
_WITH_LETTERS: Final = r"\p{L}"
_EMPTY: Final = tuple(name for name in CLASSES if name != "negative")
"""Classes of words that are no content. What denies may say something."""
_ROWS: Final = 200_000
"""Texts that are cut into words at a time, which bounds memory."""


SIGNS: Final[dict[str, type[pl.DataType]]] = {
    "praise": pl.UInt32,
    "courteous": pl.Boolean,
    "acknowledges": pl.Boolean,
    "negative": pl.Boolean,
}
"""What `content_and_signs` returns beside the content."""


def content(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the content words of texts.

    Args:
        texts: text (raw) and language, and perhaps prepared (`phrase_text` of the text).

    Returns:
        One column, `content`, row by row: List[String] of distinct stems in order; null where the language has no lists.

    Source: methods:generic-text.

    >>> content(pl.DataFrame({"text": ["Great post about sourdough breads!"], "language": ["en"]}))["content"].to_list()
    [['sourdough', 'bread']]
    """
    return content_and_signs(texts).select("content")


def content_and_signs(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the content words of texts, and what their other words are.

    Args:
        texts: as for `content`.

    Returns:
        Row by row, null where the language has no lists: content; praise: how many praises; courteous, acknowledges,
        negative: whether a word that is no praise belongs to that class.

    Source: methods:generic-text.
    """
    rows = texts.select("language", prepared_text(texts).alias("prepared")).with_row_index("row")
    found = [
        words
        for (language,), of_language in rows.drop_nulls("prepared").partition_by("language", as_dict=True).items()
        if language in vocabulary.languages(TOPIC)
        for words in (_content(part, str(language)) for part in of_language.iter_slices(_ROWS))
    ]
    schema = pl.Schema(
        [("row", pl.UInt32()), ("content", pl.List(pl.String)), *((name, kind()) for name, kind in SIGNS.items())]
    )
    return (
        rows.select(pl.col("row").cast(pl.UInt32))
        .join(pl.concat([pl.DataFrame(schema=schema), *found]), on="row", how="left", maintain_order="left")
        .drop("row")
    )


def _content(rows: pl.DataFrame, language: str) -> pl.DataFrame:
    """Return row, content and SIGNS of texts of one language."""
    classified = classified_words(rows["prepared"], language)
    flags = [name for name, kind in SIGNS.items() if kind == pl.Boolean]
    signs = (
        classified.filter(pl.any_horizontal(*SIGNS))
        .group_by("index")
        .agg(pl.col("praise").sum(), *((pl.col(name) & ~pl.col("praise")).any() for name in flags))
    )
    words = classified.filter(
        ~pl.any_horizontal(_EMPTY),
        pl.col("word").str.len_chars() > 1,
        pl.col("word").str.contains(_WITH_LETTERS),
        ~pl.col("word").str.starts_with("¤"),
    )
    distinct = words["word"].unique()
    stems = pl.Series("content", Stemmer.Stemmer(_ALGORITHMS[language]).stemWords(distinct.to_list()), pl.String)
    grouped = (
        words.select("index", "word")
        .join(pl.DataFrame([distinct, stems]), on="word", how="left", maintain_order="left")
        .group_by("index", maintain_order=True)
        .agg(pl.col("content").unique(maintain_order=True))
    )
    return (
        rows.select(pl.col("row").cast(pl.UInt32))
        .with_row_index("index")
        .join(grouped, on="index", how="left", maintain_order="left")
        .join(signs, on="index", how="left", maintain_order="left")
        .select(
            "row",
            pl.col("content").fill_null(pl.lit([], pl.List(pl.String))),
            pl.col("praise").fill_null(0).cast(SIGNS["praise"]),
            pl.col(flags).fill_null(value=False),
        )
    )


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
