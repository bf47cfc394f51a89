"""The normal form of texts: texts with equal normal forms count as the same text."""

from typing import Final

import polars as pl

LEAST_TOKENS: Final = 6
"""Shorter texts are equal by chance: only texts of at least so many tokens are compared."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïñòóôõöøùúûüýąćęłńśźżčďěňřšťůžğışαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюя"
STRETCHED: Final = "|".join(f"({letter}){letter}{{2,}}" for letter in _LETTERS)
"""Three or more of one letter; the group of the letter found holds it, all others are empty."""
TWICE: Final = "".join(f"${{{k}}}${{{k}}}" for k in range(1, len(_LETTERS) + 1))
ONCE: Final = "".join(f"${{{k}}}" for k in range(1, len(_LETTERS) + 1))


def normalised(column: str, *, ascii_only: bool = False) -> pl.Expr:
    """Return the normal form of texts.

    NFKC, case folded, no invisible characters, marks for URLs, mentions and numbers, a stretched letter written twice.

    Args:
        column: of texts.
        ascii_only: no text has other characters, which saves most of the work.

    Source: methods:text-normalisation.
    """
    folded = pl.col(column).str.to_lowercase()
    if not ascii_only:
        folded = (
            pl.col(column)
            .str.normalize("NFKC")
            .str.to_lowercase()
            .str.replace_many(["ß", "ς"], ["ss", "σ"])
            .str.replace_all("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "")
        )
    return (
        folded.str.replace_all(r"(?:https?://|www\.)\S+", "<url>")
        .str.replace_all(r"@[\w.\-]+", "<user>")
        .str.replace_all(r"\d+(?:[.,]\d+)*", "<n>")
        .str.replace_all(STRETCHED, TWICE)
        # a single blank stays what it is
        .str.replace_all(r"\s{2,}|[^\S ]", " ")
        .str.strip_chars()
    )


def tokens(column: str) -> pl.Expr:
    """Count the tokens of a text (runs of letters, marks and signs between blanks)."""
    return pl.col(column).str.count_matches(r"\S+")


def long_texts(rows: pl.DataFrame) -> pl.DataFrame:
    """Replace `text` by its normal form, `normal_text`, and drop rows with less than LEAST_TOKENS tokens of it.

    Args:
        rows: `text` and any other columns.

    Returns:
        The rows that stay; their order is not kept.
    """
    plain = pl.col("text").str.len_bytes() == pl.col("text").str.len_chars()
    # an ASCII text and its normal form have equally many tokens
    ours = rows.filter(plain & (tokens("text") >= LEAST_TOKENS)).with_columns(
        normalised("text", ascii_only=True).alias("normal_text")
    )
    others = (
        rows.filter(~plain)
        .with_columns(normalised("text").alias("normal_text"))
        .filter(tokens("normal_text") >= LEAST_TOKENS)
    )
    return pl.concat([ours, others]).drop("text")
