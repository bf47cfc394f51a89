"""Near-duplicate texts: groups of texts whose sets of word trigrams have a Jaccard similarity of at least 0.8.

Candidates are found by prefix filtering, which finds every such pair: of a set of n trigrams, any set that shares
80 % with it also holds one of its n - ceil(0.8 n) + 1 rarest (Chaudhuri, Ganti & Kaushik 2006; Bayardo, Ma & Srikant
2007). No random permutations are drawn, so the same texts give the same groups on every machine.
"""

from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

LEAST_TOKENS: Final = 6
"""Texts of fewer tokens are the same only when they are equal."""
SIMILARITY: Final = 0.8
_EXACT_UP_TO: Final = 5_000
_NEIGHBOURS: Final = 32
"""Beyond _EXACT_UP_TO texts, one is compared with so many others that share a rare trigram with it."""
_CHUNK: Final = 100_000
_GRAM_BITS: Final = 30
_MOST_SLOT_BITS: Final = 24
_MIXERS: Final = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))

_Integers = NDArray[np.int64]


def near_duplicates(texts: pl.Series) -> pl.Series:
    """Return the group of each text: the connected component of texts that are nearly the same.

    Args:
        texts: distinct, sorted, no nulls; words separated by single blanks. All texts that share one rare trigram are
            compared with each other up to 5,000 texts; of more texts, each is compared with its 32 neighbours in
            alphabetical order among them.

    Returns:
        A number for each text, equal for texts of one group.

    Source: methods:templated-text.

    >>> near_duplicates(pl.Series(["a b c d e f g h i j k l", "b c d e f g h i j k l", "b c d"])).to_list()
    [0, 0, 1]
    """
    long = (texts.str.count_matches(" ", literal=True) >= LEAST_TOKENS - 1).arg_true()
    groups = np.arange(len(texts), dtype=np.int64)
    if len(long) > 1:
        groups[long.to_numpy()] = long.to_numpy()[_first_of_component(texts.gather(long))]
    return pl.Series(groups).rank("dense").cast(pl.Int64) - 1


class _Buckets(NamedTuple):
    """Texts that hold a trigram as one of their rarest, sorted by trigram and text.

    grams, texts: the trigram and the index of the text. rest: trigrams of the text from this one on, from rare to frequent.
    """

    grams: _Integers
    texts: _Integers
    rest: _Integers


def _first_of_component(texts: pl.Series) -> _Integers:
    """Return the index of the first text of each text's component."""
    sets, sizes, buckets = _trigram_sets(texts)
    reach = len(texts) if len(texts) <= _EXACT_UP_TO else _NEIGHBOURS
    component = np.arange(len(texts), dtype=np.int64)
    step = 1
    while step <= reach and step < len(buckets.grams):
        pairs: list[_Integers] = []
        # the steps double from round to round: what one round joins, the next need not compare
        for distance in range(step, min(2 * step, reach + 1, len(buckets.grams))):
            same = np.flatnonzero(buckets.grams[distance:] == buckets.grams[:-distance])
            left, right = buckets.texts[same], buckets.texts[same + distance]
            wanted = _shared_wanted(sizes[left] + sizes[right])
            # what they can share if this is the first trigram that they share; if not, another bucket holds them
            near = np.minimum(buckets.rest[same], buckets.rest[same + distance]) >= wanted
            near &= component[left] != component[right]
            if near.any():
                pairs.append(_similar(sets, sizes, np.stack([left[near], right[near]])))
        if pairs:
            component = _joined(component, np.concatenate(pairs, axis=1))
        step *= 2
    return component


def _shared_wanted(sizes: _Integers) -> _Integers:
    """Return how many trigrams two sets must share, by the sum of their sizes."""
    wanted: _Integers = np.ceil(SIMILARITY / (1 + SIMILARITY) * sizes - 1e-9).astype(np.int64)
    return wanted


def _trigram_sets(texts: pl.Series) -> tuple[sparse.csr_array, _Integers, _Buckets]:
    """Return the sets of trigrams that occur more than once, the sizes of the whole sets, and the buckets.

    A trigram is named by _GRAM_BITS bits of its hash: two differing ones of a pair coincide once in some million pairs.
    """
    rows, grams = _trigrams(texts)
    slot_bits = min(len(grams).bit_length() + 1, _MOST_SLOT_BITS)
    slot = (grams >> np.uint64(64 - slot_bits)).astype(np.int32)
    # how often a trigram occurs, at most: a slot of the table is shared by a few
    count = np.bincount(slot, minlength=1 << slot_bits)[slot]
    del slot
    # a trigram that occurs once is in no other set: it counts for the size only
    shared = count > 1
    alone = np.bincount(rows[~shared], minlength=len(texts))
    # one number, sorted by text, then from rare to frequent
    count_bits = 64 - _GRAM_BITS - len(texts).bit_length()
    count = np.minimum(count[shared], (1 << count_bits) - 1)
    key = rows[shared].astype(np.uint64) << np.uint64(count_bits)
    key |= count.astype(np.uint64)
    key <<= np.uint64(_GRAM_BITS)
    key |= grams[shared] & np.uint64((1 << _GRAM_BITS) - 1)
    del rows, grams, shared, count
    key.sort()
    key = key[np.concatenate([[True], key[1:] != key[:-1]])] if len(key) else key
    text = (key >> np.uint64(count_bits + _GRAM_BITS)).astype(np.int64)
    gram = (key & np.uint64((1 << _GRAM_BITS) - 1)).astype(np.int64)
    del key
    held = np.bincount(text, minlength=len(texts))
    starts = np.concatenate([[0], np.cumsum(held)])
    sizes = held + alone
    prefix = np.clip(sizes - np.ceil(SIMILARITY * sizes - 1e-9).astype(np.int64) + 1 - alone, 0, held)
    before = np.arange(len(text)) - starts[text]
    rare = np.flatnonzero(before < prefix[text])
    rare = rare[np.lexsort((text[rare], gram[rare]))]
    rest = (sizes - alone)[text[rare]] - before[rare]
    buckets = _Buckets(gram[rare], text[rare], rest)
    sets = sparse.csr_array(
        (np.ones(len(gram), dtype=np.int32), gram.astype(np.int32), starts.astype(np.int32)),
        shape=(len(texts), 1 << _GRAM_BITS),
    )
    sets.sort_indices()
    return sets, sizes, buckets


def _trigrams(texts: pl.Series) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Return every run of three words as a number, and the index of its text."""
    rows: list[NDArray[np.int32]] = []
    grams: list[NDArray[np.uint64]] = []
    for start in range(0, len(texts), _CHUNK):
        words = texts.slice(start, _CHUNK).str.split(" ")
        row = np.repeat(np.arange(start, start + len(words), dtype=np.int32), words.list.len().to_numpy())
        word = words.explode().hash().to_numpy()
        whole = row[2:] == row[:-2]
        gram = word[:-2] * _MIXERS[0] ^ word[1:-1] * _MIXERS[1] ^ word[2:] * _MIXERS[2]
        rows.append(row[:-2][whole])
        grams.append(gram[whole])
    return np.concatenate(rows), np.concatenate(grams)


def _similar(sets: sparse.csr_array, sizes: _Integers, pairs: _Integers) -> _Integers:
    """Return the pairs (two rows of indices) whose Jaccard similarity is at least SIMILARITY."""
    kept: list[_Integers] = []
    for start in range(0, pairs.shape[1], _CHUNK):
        part = pairs[:, start : start + _CHUNK]
        shared = sets[part[0]].multiply(sets[part[1]]).sum(axis=1)
        kept.append(part[:, shared >= _shared_wanted(sizes[part[0]] + sizes[part[1]])])
    return np.concatenate(kept, axis=1)


def _joined(component: _Integers, pairs: _Integers) -> _Integers:
    """Join the components that pairs connect; each is named by its first text."""
    total = len(component)
    left = np.concatenate([np.arange(total), pairs[0]])
    right = np.concatenate([component, pairs[1]])
    edges = sparse.coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(total, total))
    _, label = csgraph.connected_components(edges, directed=False)
    _, first, number = np.unique(label, return_index=True, return_inverse=True)
    return np.asarray(first[number], dtype=np.int64)
