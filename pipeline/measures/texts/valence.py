"""Sentiment of English words and texts by VADER's lexicon and rules, computed for whole columns of texts.

The words and their valences are data of VADER (MIT, `vader/LICENSE`). Its rules are written again over columns: a
text becomes a run of rows, one a word, and the words before a word are found by shifting.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from pipeline.matching.normal_texts import ONCE, STRETCHED, TWICE

_DATA: Final = files("pipeline.measures.texts") / "vader"
_PUNCTUATION: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

_STRONGER: Final = 0.293
_CAPITALS: Final = 0.733
_NEGATED: Final = -0.74
_NEVER_SO: Final = 1.25
_BEFORE_BUT: Final = 0.5
_AFTER_BUT: Final = 1.5
_DISTANCE: Final = (1.0, 0.95, 0.9)  # how much of a booster stays at one, two and three words before
_EXCLAMATION: Final = 0.292
_QUESTION: Final = 0.18
_QUESTIONS: Final = 0.96
_ALPHA: Final = 15
_TEXTS_AT_ONCE: Final = 100_000

_MARKS: Final = {
    word: k
    for k, word in enumerate(
        ("but", "never", "so", "this", "least", "at", "very", "no", "or", "nor", "without", "doubt", "kind", "of"), 1
    )
}


@cache
def _modifiers() -> dict[str, list[str]]:
    return tomllib.loads((_DATA / "modifiers.toml").read_text("utf-8"))


@cache
def _boosters() -> dict[str, float]:
    words = _modifiers()
    return dict.fromkeys(words["stronger"], _STRONGER) | dict.fromkeys(words["weaker"], -_STRONGER)


@dataclass(frozen=True)
class Lexicon:
    """Valences of words in lower case, about -4 to 4."""

    words: pl.DataFrame  # token, valence
    emoji: str  # a character class of the emoji that have a valence
    stretched: bool = False  # also read "loooved" as "loved"

    def changed(self, valences: dict[str, float]) -> "Lexicon":
        """Return the lexicon with other valences for some words; a valence of 0 takes a word out."""
        other = pl.DataFrame({"token": list(valences), "valence": list(valences.values())}, schema=self.words.schema)
        kept = self.words.join(other, on="token", how="anti")
        emoji = {token[0] for token in valences if len(token.rstrip("\ufe0f")) == 1 and not token.isascii()}
        return Lexicon(
            pl.concat([kept, other.filter(pl.col("valence") != 0)]),
            self.emoji[:-1] + "".join(sorted(emoji)) + "]",
            stretched=True,
        )


@cache
def vader() -> Lexicon:
    """Return VADER's own lexicon of English words, emoticons and emoji."""
    words, emoji = (
        pl.read_csv(
            (_DATA / name).read_bytes(),
            separator="\t",
            quote_char=None,
            schema={"token": pl.String, "valence": pl.Float64},
        )
        for name in ("words.tsv", "emoji.tsv")
    )
    return Lexicon(pl.concat([words, emoji]).unique("token", keep="first"), "[" + "".join(emoji["token"]) + "]")


def compounds(texts: pl.Series, lexicons: tuple[Lexicon, ...]) -> pl.DataFrame:
    """Return the compound score of each text, once for each lexicon.

    Args:
        texts: raw, for capitals and punctuation count.
        lexicons: VADER's own and changed ones.

    Returns:
        Columns `compound_0`, `compound_1`, …, Float64 from -1 to 1, 0 where no word has a valence, row by row in order.

    Source: Hutto and Gilbert 2014, ICWSM-14 (VADER); methods:tone.

    >>> compounds(pl.Series(["VADER is smart, handsome, and funny."]), (vader(),)).to_series().round(4).to_list()
    [0.8316]
    """
    parts = [_compounds(part, lexicons) for part in texts.fill_null("").to_frame("text").iter_slices(_TEXTS_AT_ONCE)]
    return (
        pl.concat(parts) if parts else pl.DataFrame(schema={f"compound_{k}": pl.Float64 for k in range(len(lexicons))})
    )


def _compounds(part: pl.DataFrame, lexicons: tuple[Lexicon, ...]) -> pl.DataFrame:
    texts = part.select(
        pl.when(pl.col("text").str.len_bytes() == pl.col("text").str.len_chars())
        .then("text")
        .otherwise(pl.col("text").str.replace_all(lexicons[-1].emoji, " $0 "))
        .str.replace_many(["\n", "\t", "\r", "\u00a0"], [" "] * 4)
    ).with_row_index("row")
    words = (
        texts.select("row", pl.col("text").str.split(" ").alias("word")).explode("word").filter(pl.col("word") != "")
    )
    emphasis = texts.select(
        (pl.col("text").str.count_matches("!", literal=True).clip(0, 4) * _EXCLAMATION + _of_questions()).alias(
            "emphasis"
        )
    )["emphasis"]
    shared = _with_capitals(_with_attributes(words, lexicons))
    sums = [_sums(shared, k, part.height) for k in range(len(lexicons))]
    return pl.DataFrame({f"compound_{k}": _compound(total, emphasis) for k, total in enumerate(sums)})


def _of_questions() -> pl.Expr:
    marks = pl.col("text").str.count_matches("?", literal=True)
    return pl.when(marks > 3).then(_QUESTIONS).when(marks > 1).then(marks * _QUESTION).otherwise(0.0)


def _with_attributes(words: pl.DataFrame, lexicons: tuple[Lexicon, ...]) -> pl.DataFrame:
    """Add what the rules need to know of a word; computed once for every different word."""
    stripped = pl.col("word").str.strip_chars(_PUNCTUATION)
    distinct = (
        words.select(pl.col("word").unique())
        .with_columns(pl.when(stripped.str.len_chars() <= 2).then("word").otherwise(stripped).alias("bare"))
        .with_columns(pl.col("bare").str.to_lowercase().alias("token"))
        .with_columns(
            ((pl.col("bare") != pl.col("token")) & (pl.col("bare") == pl.col("bare").str.to_uppercase())).alias(
                "capitals"
            ),
            pl.col("token").replace_strict(_boosters(), default=0.0, return_dtype=pl.Float64).alias("booster"),
            (
                pl.col("token").str.replace("'", "").is_in(_modifiers()["negations"])
                | pl.col("token").str.contains("n't", literal=True)
            ).alias("negation"),
            pl.col("token").replace_strict(_MARKS, default=0, return_dtype=pl.UInt8).alias("mark"),
        )
    )
    for k, lexicon in enumerate(lexicons):
        distinct = distinct.join(
            lexicon.words.rename({"valence": f"valence_{k}"}), on="token", how="left", maintain_order="left"
        )
        for letters in (TWICE, ONCE) if lexicon.stretched else ():
            shorter = lexicon.words.rename({"token": "shorter", "valence": "of_shorter"})
            distinct = (
                distinct.with_columns(pl.col("token").str.replace_all(STRETCHED, letters).alias("shorter"))
                .join(shorter, on="shorter", how="left", maintain_order="left")
                .with_columns(
                    pl.coalesce(f"valence_{k}", pl.when(pl.col("shorter") != pl.col("token")).then("of_shorter"))
                )
                .drop("shorter", "of_shorter")
            )
    return words.join(distinct.drop("bare", "token"), on="word", how="left", maintain_order="left").drop("word")


def _with_capitals(words: pl.DataFrame) -> pl.DataFrame:
    """Mark words in capitals within texts that have others too."""
    shouted = words.group_by("row").agg(pl.col("capitals").any() & ~pl.col("capitals").all())
    return words.join(
        shouted.filter("capitals").select("row", mixed=True), on="row", how="left", maintain_order="left"
    ).with_columns((pl.col("capitals") & pl.col("mixed").fill_null(value=False)).alias("capitals"))


def _sums(words: pl.DataFrame, lexicon: int, texts: int) -> pl.Series:
    """Return the sum of the valences of each text, after boosters, negations and "but"."""
    valence = pl.col(f"valence_{lexicon}")
    context = (
        words.lazy()
        .with_row_index("at")
        .select(
            "row",
            "at",
            "mark",
            "capitals",
            "booster",
            valence.alias("valence"),
            *(_before(pl.col(name), back, name).fill_null(0) for back in (1, 2, 3) for name in ("mark", "booster")),
            *(
                _before(pl.col(name), back, name).fill_null(value=False)
                for back in (1, 2, 3)
                for name in ("negation", "capitals")
            ),
            # words outside the text change nothing, as known words do
            *(_before(valence.is_not_null(), back, "known").fill_null(value=True) for back in (1, 2, 3)),
            ((pl.col("row").shift(-1) == pl.col("row")) & valence.shift(-1).is_not_null())
            .fill_null(value=False)
            .alias("known_next"),
            ((pl.col("row").shift(-1) == pl.col("row")) & (pl.col("mark").shift(-1) == _MARKS["of"]))
            .fill_null(value=False)
            .alias("of_next"),
        )
    )
    valued = context.filter(
        pl.col("valence").is_not_null()
        & (pl.col("booster") == 0)
        & ~((pl.col("mark") == _MARKS["kind"]) & pl.col("of_next"))
    )
    valued = valued.with_columns(_at_first().alias("value")).with_columns(
        pl.when("capitals")
        .then(pl.col("value") + pl.when(pl.col("value") > 0).then(_CAPITALS).otherwise(-_CAPITALS))
        .otherwise("value")
        .alias("value")
    )
    for back in (1, 2, 3):
        valued = valued.with_columns(_boosted(back).alias("value")).with_columns(_negated(back).alias("value"))
    least = (
        (pl.col("mark_1") == _MARKS["least"])
        & ~pl.col("known_1")
        & ~pl.col("mark_2").is_in([_MARKS["at"], _MARKS["very"]])
    )
    buts = (
        words.lazy()
        .with_row_index("at")
        .filter(pl.col("mark") == _MARKS["but"])
        .group_by("row")
        .agg(pl.col("at").min().alias("but"))
    )
    sums = (
        valued.join(buts, on="row", how="left")
        .select(
            "row",
            pl.col("value")
            * pl.when(least).then(_NEGATED).otherwise(1.0)
            * pl.when(pl.col("at") < pl.col("but"))
            .then(_BEFORE_BUT)
            .when(pl.col("at") > pl.col("but"))
            .then(_AFTER_BUT)
            .otherwise(1.0),
        )
        .group_by("row")
        .agg(pl.col("value").sum())
    )
    rows = pl.LazyFrame({"row": pl.int_range(texts, dtype=pl.UInt32, eager=True)})
    return rows.join(sums, on="row", how="left", maintain_order="left").collect()["value"].fill_null(0.0)


def _before(value: pl.Expr, back: int, name: str) -> pl.Expr:
    """Return a property of the word so many words before, null where the text has none."""
    return pl.when(pl.col("row").shift(back) == pl.col("row")).then(value.shift(back)).alias(f"{name}_{back}")


def _at_first() -> pl.Expr:
    """Return the word's own valence, with "no" before it."""
    no = _MARKS["no"]
    denied = (
        (pl.col("mark_1") == no)
        | (pl.col("mark_2") == no)
        | ((pl.col("mark_3") == no) & pl.col("mark_1").is_in([_MARKS["or"], _MARKS["nor"]]))
    )
    return (
        pl.when(denied)
        .then(pl.col("valence") * _NEGATED)
        .when((pl.col("mark") == no) & pl.col("known_next"))
        .then(0.0)
        .otherwise("valence")
    )


def _boosted(back: int) -> pl.Expr:
    sign = pl.when(pl.col("value") < 0).then(-1.0).otherwise(1.0)
    shouted = (
        pl.when(pl.col(f"capitals_{back}") & (pl.col(f"booster_{back}") != 0))
        .then(pl.when(pl.col("value") > 0).then(_CAPITALS).otherwise(-_CAPITALS))
        .otherwise(0.0)
    )
    added = (pl.col(f"booster_{back}") * sign + shouted) * _DISTANCE[back - 1]
    return pl.when(pl.col(f"known_{back}")).then("value").otherwise(pl.col("value") + added)


def _negated(back: int) -> pl.Expr:
    so = [_MARKS["so"], _MARKS["this"]]
    never = pl.lit(value=False)
    sure = pl.lit(value=False)
    if back == 2:
        never = (pl.col("mark_2") == _MARKS["never"]) & pl.col("mark_1").is_in(so)
        sure = (pl.col("mark_2") == _MARKS["without"]) & (pl.col("mark_1") == _MARKS["doubt"])
    if back == 3:
        # VADER's condition as it is written there: "so" or "this" right before counts without "never"
        never = ((pl.col("mark_3") == _MARKS["never"]) & pl.col("mark_2").is_in(so)) | pl.col("mark_1").is_in(so)
        sure = (pl.col("mark_3") == _MARKS["without"]) & (
            (pl.col("mark_2") == _MARKS["doubt"]) | (pl.col("mark_1") == _MARKS["doubt"])
        )
    factor = (
        pl.when(never)
        .then(_NEVER_SO)
        .when(sure)
        .then(1.0)
        .when(pl.col(f"negation_{back}"))
        .then(_NEGATED)
        .otherwise(1.0)
    )
    return pl.when(pl.col(f"known_{back}")).then("value").otherwise(pl.col("value") * factor)


def _compound(total: pl.Series, emphasis: pl.Series) -> pl.Series:
    signed = total + total.sign() * emphasis
    return signed / (signed * signed + _ALPHA).sqrt()
