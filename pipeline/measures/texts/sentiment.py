"""Tone of texts towards their reader or the reader's work: a lexicon, lists of phrases, and an order among them."""

from functools import cache, reduce
from operator import or_
from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import LONGEST, prepared_text
from pipeline.measures.texts.valence import Lexicon, compounds, vader

_TOPIC: Final = "tone"
_LEXICON_LANGUAGE: Final = "en"
_TEXTS_AT_ONCE: Final = 100_000

_PRAISE: Final = 2.2
_BLAME: Final = -2.2
_POSITIVE: Final = 0.42
_WARM: Final = 0.4
_VERY_POSITIVE: Final = 0.6
_NEGATIVE: Final = -0.47
_SHORT: Final = 60
"""Characters of a text in which a word of blame is taken to be about the reader's work."""

_LONGEST_PATTERN: Final = 6_000

_SCHEMA: Final = {"row": pl.UInt32, "compound": pl.Float64, "tone": pl.String, "tone_reason": pl.String}
_NOT_ASSESSED: Final = "not_assessed"


def sentiment(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the tone of texts towards their reader.

    Args:
        texts: `text` (raw), `language` (ISO 639-1), and perhaps `prepared` (`phrase_text` of the text).

    Returns:
        Row by row in order: `compound` (Float64 from -1 to 1, VADER's score of the words, English only), `tone`
        (`positive`, `neutral`, `negative`, `not_assessed`) and `tone_reason` (which list decided; null if neutral or not
        assessed).

    Source: methods:tone.

    >>> texts = pl.DataFrame({"text": ["Lovely video!", "Thanks for nothing", "Servus"], "language": ["en", "en", "de"]})
    >>> sentiment(texts)["tone"].to_list()
    ['positive', 'negative', 'not_assessed']
    """
    rows = texts.select("text", "language", prepared_text(texts).alias("prepared")).with_row_index("row")
    assessed = vocabulary.languages(_TOPIC)
    parts = [
        _of_language(part, language)
        for language in assessed
        for part in rows.filter((pl.col("language") == language) & pl.col("text").is_not_null()).iter_slices(
            _TEXTS_AT_ONCE
        )
    ]
    found = pl.concat([pl.DataFrame(schema=_SCHEMA), *parts])
    return (
        rows.select("row")
        .join(found, on="row", how="left", maintain_order="left")
        .select("compound", pl.col("tone").fill_null(_NOT_ASSESSED), "tone_reason")
    )


def _of_language(part: pl.DataFrame, language: str) -> pl.DataFrame:
    raw = part["text"].str.slice(0, LONGEST)
    prepared = part["prepared"].str.replace_all(",", "", literal=True)  # "great, now" as "great now"
    if language == _LEXICON_LANGUAGE:
        scores = compounds(raw, (vader(), _tone_lexicon())).rename({"compound_0": "compound", "compound_1": "score"})
    else:
        scores = pl.select(compound=pl.lit(None, pl.Float64).repeat_by(part.height).explode(), score=0.0)
    hits = prepared.to_frame("prepared").select(
        pl.col("prepared").str.len_chars().alias("length"),
        *(_has(language, key).alias(key) for key in _phrase_keys(language)),
    )
    decided = pl.concat([part.select("row"), scores, hits], how="horizontal").with_columns(_decision())
    return decided.select(
        "row",
        "compound",
        pl.col("decision").struct.field("tone"),
        pl.col("decision").struct.field("reason").alias("tone_reason"),
    )


@cache
def _tone_lexicon() -> Lexicon:
    """Return VADER's lexicon without words that say nothing about the reader, and with slang of praise and of blame."""
    none, praise, blame = (
        vocabulary.phrases(_LEXICON_LANGUAGE, _TOPIC, f"valence.{key}") for key in ("none", "praise", "blame")
    )
    return vader().changed(dict.fromkeys(none, 0.0) | dict.fromkeys(blame, _BLAME) | dict.fromkeys(praise, _PRAISE))


def _phrase_keys(language: str) -> list[str]:
    return [key for key in vocabulary.keys(language, _TOPIC) if not key.startswith("valence.")]


def _has(language: str, key: str) -> pl.Expr:
    return reduce(or_, (pl.col("prepared").str.contains(pattern) for pattern in _patterns(language, key)))


@cache
def _patterns(language: str, key: str) -> tuple[str, ...]:
    phrases = vocabulary.phrases(language, _TOPIC, key)
    # a pattern beyond the size of the regular expressions' cache takes several times as long as two halves of it
    count = 1 + sum(map(len, phrases)) // _LONGEST_PATTERN
    patterns = (vocabulary.pattern(phrases[part::count]) for part in range(count))
    # so does Unicode's word boundary; English phrases neither start nor end with an accent
    return tuple(p.replace(r"\b", r"(?-u:\b)") if language == _LEXICON_LANGUAGE else p for p in patterns)


def _decision() -> pl.Expr:
    """Return `decision`: the first case that applies, as a struct of tone and reason; neutral if none does."""
    score = pl.col("score")
    denied, formal, asks, trade = (pl.col(f"other.{key}") for key in ("denied", "formal", "asks", "trade"))
    thanks = pl.col("praise.thanks") & ~formal
    praise = pl.col("praise.praise") & ~denied & ~formal
    warm = _any("praise.thanks", "praise.congratulation", "praise.sympathy", "praise.praise")
    elsewhere = pl.col("other.people") & ~pl.col("other.reader")
    cases = (
        ("negative", "irony", pl.col("irony.always")),
        ("negative", "demands a change", pl.col("blame.demand") & ~pl.col("blame.never")),
        (
            "negative",
            "blames the reader",
            pl.col("blame.direct")
            & ~pl.col("blame.never")
            & (score < _VERY_POSITIVE)
            & ~_any("praise.engaged", "praise.thanks"),
        ),
        (
            "negative",
            "praise, then a wish for a change",
            pl.col("blame.wish") & (pl.col("praise.praise") | (score >= _WARM)) & ~trade & ~pl.col("praise.thanks"),
        ),
        ("negative", "names a fault", pl.col("blame.fault") & ~elsewhere & ~warm),
        (
            "negative",
            "words of blame",
            (score <= _NEGATIVE)
            & (pl.col("length") <= _SHORT)
            & ~_any("other.people", "other.first", "other.trade")
            & ~warm,
        ),
        ("positive", "thanks", thanks),
        ("positive", "congratulation or good wishes", pl.col("praise.congratulation") & ~denied),
        ("positive", "sympathy", pl.col("praise.sympathy")),
        ("positive", "praise", praise),
        ("positive", "used or enjoyed the reader's work", pl.col("praise.engaged")),
        ("positive", "offer or glad consent", pl.col("praise.offer") & ~trade & ~formal),
        ("positive", "words of praise", (score >= _POSITIVE) & ~asks & ~trade & ~formal & ~denied),
    )
    decision = pl.struct(tone=pl.lit("neutral"), reason=pl.lit(None, pl.String))
    for tone, reason, applies in reversed(cases):
        decision = pl.when(applies).then(pl.struct(tone=pl.lit(tone), reason=pl.lit(reason))).otherwise(decision)
    return decision.alias("decision")


def _any(*keys: str) -> pl.Expr:
    return reduce(or_, (pl.col(key) for key in keys))
