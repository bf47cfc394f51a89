"""The owner's bulk sends: they don't ask for an answer (METHODS 2.7, ruling 5)."""

from collections import Counter
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.order import Bools
from pipeline.matching.parameters import DAY

PEOPLE: Final = 5
TOKENS: Final = 6


_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïñòóôõöøùúûüýąćęłńśźżčďěňřšťůžğışαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюя"
_STRETCHED: Final = "|".join(f"({letter}){letter}{{2,}}" for letter in _LETTERS)
"""Three or more of one letter; the group of the letter found holds it, all others are empty."""
_TWICE: Final = "".join(f"${{{k}}}${{{k}}}" for k in range(1, len(_LETTERS) + 1))


def normalised(column: str) -> pl.Expr:
    """Normal form of a text for equality (METHODS 7).

    NFKC, case folded, no invisible characters, marks for URLs, mentions, numbers, a stretched letter written twice.
    """
    return (
        pl.col(column)
        .str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_many(["ß", "ς"], ["ss", "σ"])
        .str.replace_all("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "")
        .str.replace_all(r"(?:https?://|www\.)\S+", "<url>")
        .str.replace_all(r"@[\w.\-]+", "<user>")
        .str.replace_all(r"\d+(?:[.,]\d+)*", "<n>")
        .str.replace_all(_STRETCHED, _TWICE)
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
    )


def tokens(column: str) -> pl.Expr:
    """Count the tokens of a normalised text (runs of letters, marks and signs between blanks)."""
    return pl.col(column).str.count_matches(r"\S+")


def campaigns(encoded: pl.DataFrame) -> Bools:
    """Mark outbound events of a campaign.

    Either one send (a message with one id, outside of group chats) to several people, or the same normalised text of at
    least 6 tokens to at least 5 contacts within 24 hours.
    """
    marked = np.zeros(encoded.height, dtype=np.bool_)
    message = (pl.col("class").cast(pl.String) == "message") & ~pl.col("is_group")
    out = encoded.select(
        "_contact", "_platform", "_account", "native_id", "at", "text", "_out", message.alias("message")
    )
    out = out.with_row_index("_row").filter("_out")
    one_send = (
        out.filter(pl.col("message") & pl.col("native_id").is_not_null())
        .select("_row", "_contact", "_platform", "_account", "native_id")
        .filter(pl.col("_contact").n_unique().over("_platform", "_account", "native_id") > 1)
    )
    marked[one_send["_row"].to_numpy()] = True
    long_enough = out.select("_row", "_contact", "at", "text").filter(
        pl.col("text").str.count_matches(r"\S+") >= TOKENS
    )
    # each different text is brought to its normal form once; from there on it is a number
    texts = (
        long_enough.select(pl.col("text").unique())
        .with_columns(normalised("text").alias("said"))
        .filter(tokens("said") >= TOKENS)
        .with_columns(pl.col("said").rank("dense"))
    )
    same = (
        long_enough.join(texts, on="text")
        .drop("text")
        .filter(pl.len().over("said") >= PEOPLE)
        .filter(pl.col("_contact").n_unique().over("said") >= PEOPLE)
        .sort("said", "at", "_row")
    )
    for _, group in same.group_by("said", maintain_order=True):
        inside = _bursts(group["at"].to_list(), group["_contact"].to_list())
        marked[group["_row"].to_numpy()[inside]] = True
    return marked


def _bursts(times: list[int], people: list[int]) -> Bools:
    """Mark the sends that lie in some span of 24 hours that reaches enough people; times rise."""
    inside = np.zeros(len(times), dtype=np.bool_)
    window: Counter[int] = Counter()
    left = marked_to = 0
    for right, (time, person) in enumerate(zip(times, people, strict=True)):
        window[person] += 1
        while time - times[left] > DAY:
            window[people[left]] -= 1
            if not window[people[left]]:
                del window[people[left]]
            left += 1
        if len(window) >= PEOPLE:
            inside[max(left, marked_to) : right + 1] = True
            marked_to = right + 1
    return inside
