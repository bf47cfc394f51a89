"""The owner's bulk sends: they don't ask for an answer (METHODS 2.7, ruling 5)."""

from collections import Counter
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.encode import Bools
from pipeline.matching.parameters import DAY

PEOPLE: Final = 5
TOKENS: Final = 6


_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïñòóôõöøùúûüýąćęłńśźżčďěňřšťůžğışαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюя"
_STRETCHED: Final = "|".join(f"({letter}){letter}{{2,}}" for letter in _LETTERS)
"""Three or more of one letter; the group of the letter found holds it, all others are empty."""
_TWICE: Final = "".join(f"${{{k}}}${{{k}}}" for k in range(1, len(_LETTERS) + 1))


def normalised(column: str, *, ascii_only: bool = False) -> pl.Expr:
    """Normal form of a text for equality (METHODS 7).

    NFKC, case folded, no invisible characters, marks for URLs, mentions, numbers, a stretched letter written twice.

    Args:
        column: of texts.
        ascii_only: no text has other characters, which saves most of the work.
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
        .str.replace_all(_STRETCHED, _TWICE)
        # a single blank stays what it is
        .str.replace_all(r"\s{2,}|[^\S ]", " ")
        .str.strip_chars()
    )


def tokens(column: str) -> pl.Expr:
    """Count the tokens of a text (runs of letters, marks and signs between blanks)."""
    return pl.col(column).str.count_matches(r"\S+")


def long_texts(rows: pl.DataFrame) -> pl.DataFrame:
    """Put `said`, the normal form, in the place of `text`, and leave out rows with less than TOKENS tokens of it.

    The order of rows is not kept.
    """
    plain = pl.col("text").str.len_bytes() == pl.col("text").str.len_chars()
    # of ASCII alone, a text and its normal form have equally many tokens
    ours = rows.filter(plain & (tokens("text") >= TOKENS)).with_columns(
        normalised("text", ascii_only=True).alias("said")
    )
    others = rows.filter(~plain).with_columns(normalised("text").alias("said")).filter(tokens("said") >= TOKENS)
    return pl.concat([ours, others]).drop("text")


def repeated(values: pl.Series, times: int) -> pl.Series:
    """Mark values that may occur at least `times` times.

    Compares hashes, so that long texts are read once. Every value that is repeated is marked; another value is marked
    only when its hash collides with a repeated one.

    Args:
        values: any number of values, none included.
        times: at least 2.

    Returns:
        Boolean, one a value.
    """
    hashes = values.hash()
    rising = hashes.sort()
    # in sorted order, equal hashes `times - 1` rows apart enclose `times` of them
    return hashes.is_in(rising.filter(rising == rising.shift(times - 1)).unique().implode())


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
    # strings are compared only where their hashes already tell that there are enough of them
    sent = out.filter(pl.col("message") & pl.col("native_id").is_not_null())
    sent = sent.filter(repeated(sent["native_id"], 2))
    one_send = sent.filter(pl.col("_contact").n_unique().over("_platform", "_account", "native_id") > 1)
    marked[one_send["_row"].to_numpy()] = True
    same = long_texts(out.select("_row", "_contact", "at", "text").filter(tokens("text") >= TOKENS))
    same = (
        same.filter(repeated(same["said"], PEOPLE))
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
