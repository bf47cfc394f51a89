"""Languages in which a short text is nothing but praise, thanks, greeting or acknowledgement.

"Magnificent" and "Top class" have too few letters for a detector and no small word that gives a language away, but every word
of theirs is in the lists of one language. Where several languages have them ("mega", "brutal"), the text has a language only if
exactly one of them is known in the home.
"""

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.word_classes import TOPIC
from pipeline.measures.texts.words import content

_LAUGHS = "laughs"


def phrase_languages(texts: pl.Series) -> pl.Series:
    """Return the languages whose lists have all words of a text.

    Args:
        texts: prepared by `phrase_text`, each with a letter.

    Returns:
        `phrases`: List[String], sorted; empty where no language has all words, or the text only laughs.

    Source: methods:language.

    >>> phrase_languages(pl.Series(["splendid", "top class", "brutal", "splendid island", "haha"])).to_list()
    [['en'], ['en', 'fr'], ['es', 'pt'], [], []]
    """
    distinct = texts.to_frame("text").unique().sort("text")
    found = [
        pl.when(_is_whole(distinct, language)).then(pl.lit(language)).alias(language)
        for language in vocabulary.languages(TOPIC)
    ]
    known = distinct.with_columns(pl.concat_list(found).list.drop_nulls().alias("phrases"))
    return texts.to_frame("text").join(known, on="text", how="left", maintain_order="left")["phrases"]


def _is_whole(texts: pl.DataFrame, language: str) -> pl.Series:
    words = content(texts.with_columns(pl.lit(language).alias("language"), pl.col("text").alias("prepared")))["content"]
    laughs = texts["text"].str.contains(f"^{vocabulary.pattern(vocabulary.phrases(language, TOPIC, _LAUGHS))}$")
    return (words.list.len() == 0) & ~laughs
