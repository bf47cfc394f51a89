"""N-grams of texts: which of a known set of one to three words in a row each text has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_matrix

LONGEST: Final = 3
"""Words of the longest n-gram."""
START: Final = "<start>"
END: Final = "<end>"
_LETTERS: Final = 1_000
"""Characters of a text that are read."""
_WORD: Final = r"<u(?:rl|ser)>|[\p{L}\p{M}']+|0|[^\s\w]"
_DAMPING: Final = -0.25
"""Power of the number of n-grams by which each counts: a long text has more of them, not as many times more to say."""
_TEXTS_AT_ONCE: Final = 100_000
Numbers = npt.NDArray[np.int64]


def tokens(prepared: pl.Series) -> pl.Series:
    """Return the words and signs of texts as `phrase_text` returns them, between START and END. Numbers are 0.

    >>> tokens(pl.Series(["got 25? 😂"])).to_list()
    [['<start>', 'got', '0', '?', '😂', '<end>']]
    """
    words = prepared.str.slice(0, _LETTERS).fill_null("").str.replace_all(r"\d+", "0").str.extract_all(_WORD)
    return pl.select(pl.concat_list(pl.lit([START]), words, pl.lit([END]))).to_series()


@dataclass(frozen=True, slots=True)
class Ngrams:
    """A set of n-grams as numbers.

    words: word -> number from 1. keys: of each n-gram, ascending: its words' numbers as the digits of one number. order:
    where the n-gram of each key is in the set as it was given.
    """

    words: pl.DataFrame
    keys: Numbers
    order: Numbers

    @classmethod
    def of(cls, ngrams: Iterable[str]) -> "Ngrams":
        """Number a set of n-grams."""
        split = [ngram.split(" ") for ngram in ngrams]
        numbers = {word: number for number, word in enumerate(sorted({word for ngram in split for word in ngram}), 1)}
        base = len(numbers) + 1
        keys = np.zeros(len(split), dtype=np.int64)
        for place, ngram in enumerate(split):
            for word in ngram:
                keys[place] = keys[place] * base + numbers[word]
        order = np.argsort(keys)
        words = pl.DataFrame(
            {"word": list(numbers), "number": list(numbers.values())}, schema_overrides={"number": pl.Int64}
        )
        return cls(words, keys[order], order)

    def matrix(self, texts: pl.Series) -> csr_matrix:
        """Return a row for each text, as `phrase_text` returns it, and a column for each n-gram, in the order of the set; absent ones are 0."""
        size = (texts.len(), len(self.keys))
        rows, columns = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for offset in range(0, texts.len(), _TEXTS_AT_ONCE):
            found = self._found(texts.slice(offset, _TEXTS_AT_ONCE))
            rows.append(found // size[1] + offset)
            columns.append(self.order[found % size[1]])
        row, column = np.concatenate(rows), np.concatenate(columns)
        counts = np.bincount(row, minlength=size[0])
        values = np.repeat(np.maximum(counts, 1) ** _DAMPING, counts)
        return csr_matrix((values, column, np.concatenate([[0], np.cumsum(counts)])), shape=size)

    def _found(self, texts: pl.Series) -> Numbers:
        """Return text * number of n-grams + place of the key, ascending, each once."""
        words = tokens(texts)
        row = np.repeat(np.arange(texts.len()), words.list.len().to_numpy())
        exploded = words.explode(empty_as_null=False).alias("word").to_frame()
        known = (
            exploded.join(self.words, on="word", how="left", maintain_order="left")["number"].fill_null(0).to_numpy()
        )
        base = self.words.height + 1
        found, key, here = [], known, known > 0
        for length in range(1, LONGEST + 1):
            if length > 1:
                last = known[length - 1 :]
                here = here[:-1] & (last > 0) & (row[: len(last)] == row[length - 1 :])
                key = key[:-1] * base + last
            at = np.flatnonzero(here)
            place = np.searchsorted(self.keys, key[at])
            hit = self.keys[np.minimum(place, len(self.keys) - 1)] == key[at]
            found.append(row[at[hit]] * len(self.keys) + place[hit])
        result = np.sort(np.concatenate(found))  # np.unique hashes, which takes ten times as long
        return result[np.diff(result, prepend=-1) > 0]
