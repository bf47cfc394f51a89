"""Which language the words of a short text belong to.

A detector learns from runs of letters, and a text of two words has few. Its words say more: "thanks" is English and
"später" German. A word that several languages have decides nothing, and neither does one that people borrow everywhere.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary

TOPIC: Final = "language"
_CLEAR: Final = 2
"""What a word counts that is enough alone; any other counts 1."""
ENOUGH: Final = 2
"""What the words of a text count at the least to decide its language."""
_WORDS_A_HIT: Final = 3
"""A text has at most so many words for each that counts: "The Real Madrid of Rosa Benz" stays open."""
_DOMINANCE: Final = 3
"""The words of the language count at least so many times those of all others together."""
_WORD: Final = r"[\p{L}\p{M}]+'?[\p{L}\p{M}]*"
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def word_language(texts: pl.Series) -> pl.DataFrame:
    """Return the language whose words a text has.

    Args:
        texts: prepared by `phrase_text`.

    Returns:
        Row by row: `words`, an ISO 639-1 code or null, and `words_count`, how much they count. From ENOUGH they decide,
        one less is a hint.

    Source: methods:language.

    >>> word_language(pl.Series(["great post!", "bis später", "ok super", "danke gracias"])).rows()
    [('en', 2), ('de', 4), (None, 0), (None, 0)]
    """
    rows = (
        texts.to_frame("text")
        .with_row_index("row")
        # an elided article or pronoun is a word: j'adore
        .with_columns(
            pl.col("text").str.replace_all(r"\b(qu|[cdjlmnst])'", "$1' ").str.extract_all(_WORD).alias("word")
        )
    )
    counted = (
        rows.select("row", "word", pl.col("word").list.len().alias("of"))
        .explode("word")
        .join(_word_table(), on="word", how="inner")
        .group_by("row", "words")
        .agg(pl.col("counts").sum(), pl.col("of").first())
    )
    decided = (
        counted.with_columns(
            (pl.col("counts").sum().over("row") - pl.col("counts")).alias("others"),
        )
        .filter((pl.col("counts") * _WORDS_A_HIT >= pl.col("of")) & (pl.col("counts") >= _DOMINANCE * pl.col("others")))
        .select("row", "words", pl.col("counts").alias("words_count"))
    )
    found = rows.select("row").join(decided, on="row", how="left", maintain_order="left")
    return found.select("words", pl.col("words_count").fill_null(0))


@cache
def _word_table() -> pl.DataFrame:
    """Return `word`, `words` (its only language) and `counts` of every word that decides something."""
    languages: defaultdict[str, set[str]] = defaultdict(set)
    counts: dict[str, int] = {}
    borrowed: set[str] = set()
    for language in vocabulary.languages(TOPIC):
        for key in vocabulary.keys(language, TOPIC):
            for listed in vocabulary.phrases(language, TOPIC, key):
                for word in _spellings(listed):
                    languages[word].add(language)
                    if key == "borrowed":
                        borrowed.add(word)
                    counts[word] = max(counts.get(word, 0), _CLEAR if key == "clear" else 1)
    own = {word: next(iter(codes)) for word, codes in languages.items() if len(codes) == 1 and word not in borrowed}
    return pl.DataFrame(
        {
            "word": list(own),
            "words": list(own.values()),
            "counts": [counts[word] for word in own],
        },
        schema={"word": pl.String, "words": pl.String, "counts": pl.Int64},
    ).filter(pl.col("word").str.len_chars() > 1)


def _spellings(word: str) -> set[str]:
    """Return a word as it is, without its accents, with umlauts as two letters, and without its apostrophe."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("ß", "ss")
    spelled = {word, plain, word.translate(_UMLAUTS), re.sub("[łı]", lambda m: {"ł": "l", "ı": "i"}[m[0]], plain)}
    return spelled | {form.replace("'", "") for form in spelled if not form.endswith("'")}
