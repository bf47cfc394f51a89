"""The form of texts in which phrases of the word lists are searched."""

from typing import Final

import polars as pl

from pipeline.matching.normal_texts import STRETCHED, TWICE

LONGEST: Final = 5_000
"""Characters of a text that rules read: the first ones say what it is."""


def prepared_text(texts: pl.DataFrame) -> pl.Series:
    """Return column `prepared` where the caller has prepared the texts for several rules, else `phrase_text` of `text`."""
    return texts["prepared"] if "prepared" in texts.columns else phrase_text(texts["text"])


def phrase_text(texts: pl.Series) -> pl.Series:
    """Return texts as phrases are searched in them.

    Lower case and NFKC; without invisible characters; straight apostrophes; URLs are `<url>` and mentions `<user>`; a
    letter repeated three times or more is written twice; a run of white space is one blank. Numbers, emoji, accents and
    punctuation stay. Of long texts, the first LONGEST characters.

    Source: methods:text-normalisation.

    >>> phrase_text(pl.Series(["Sooo  GOOD! https://a.example @you", None])).to_list()
    ['soo good! <url> <user>', None]
    """
    return (
        texts.str.slice(0, LONGEST)
        .str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000]", "")
        .str.replace_all("[’‘´`ʼ]", "'")
        .str.replace_all(r"(?:https?://|www\.)\S+", "<url>")
        .str.replace_all(r"@[\w.\-]+", "<user>")
        .str.replace_all(STRETCHED, TWICE)
        .str.replace_all(r"\s{2,}|[^\S ]", " ")
        .str.strip_chars()
    )
