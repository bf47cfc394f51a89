"""Pairs of contacts worth comparing, found by keys that they share, so that no contact is compared with all others.

Source: methods:suggestions.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from pipeline.contacts.name_forms import sound
from pipeline.contacts.nicknames import full_names
from pipeline.contacts.profiles import Profile

MOST_SHARING: Final = 40
"""A key that more contacts share identifies nobody: a common full name, the handle "photos"."""
_MOST_LOOSE: Final = 60
"""Likewise for keys of which only the alike spellings are kept."""
_ALIKE: Final = 80.0
"""Least similarity of two names that share a loose key, in per cent of their letters."""


class Key(NamedTuple):
    """A key of a contact."""

    contact: int
    """Position of its profile."""
    key: str
    asks: bool
    """Two contacts that only ask for a key don't make a pair: full names ask for handles and initials."""
    spelled: str | None = None
    """Name compared under a loose key; None for a key that makes pairs by itself."""


_SCHEMA: Final = {"contact": pl.UInt32, "key": pl.String, "asks": pl.Boolean, "spelled": pl.String}


def candidates(people: Sequence[Profile]) -> list[tuple[int, int]]:
    """Return pairs of positions in `people`, each once, the lower first, sorted."""
    keys = pl.DataFrame(
        [key for position, profile in enumerate(people) for key in _keys(position, profile)],
        schema=_SCHEMA,
        orient="row",
    ).unique()
    strict = _pairs(keys.filter(pl.col("spelled").is_null()), MOST_SHARING)
    loose = _pairs(keys.filter(pl.col("spelled").is_not_null()), _MOST_LOOSE)
    alike = cpdist(loose["spelled"].to_list(), loose["spelled_right"].to_list(), scorer=ratio, score_cutoff=_ALIKE)
    loose = loose.filter(pl.Series(alike, dtype=pl.Float32) > 0)
    found = pl.concat([strict.select("contact", "contact_right"), loose.select("contact", "contact_right")])
    return found.unique().sort(pl.all()).rows()


def _pairs(keys: pl.DataFrame, most: int) -> pl.DataFrame:
    sharing = keys.filter(pl.col("contact").n_unique().over("key").is_between(2, most))
    return sharing.join(sharing, on="key").filter(
        pl.col("contact") < pl.col("contact_right"), ~(pl.col("asks") & pl.col("asks_right"))
    )


def _keys(position: int, profile: Profile) -> Iterator[Key]:
    for words in profile.names:
        yield from _name_keys(position, words)
    for handle in profile.handles:
        yield Key(position, f"h:{handle}", asks=False)
        bare = handle.strip("0123456789")
        if bare != handle and len(bare) >= 5:
            yield Key(position, f"h:{bare}", asks=False)
    for site in profile.sites:
        yield Key(position, f"s:{site}", asks=False)


def _name_keys(position: int, words: tuple[str, ...]) -> Iterator[Key]:
    sounds = [sound(word) for word in words]
    ordered = sorted(sounds)
    if len(words) == 1:
        yield Key(position, f"o:{sounds[0]}", asks=False)
        return
    yield Key(position, f"n:{' '.join(ordered)}", asks=False)
    yield Key(position, f"n:{''.join(sounds)}", asks=False)
    for i, word in enumerate(words[:3]):
        for j, other in enumerate(words[:4]):
            if i == j:
                continue
            # a given name that stands for another, and any name or initial with the other word in full
            for full in sorted(full_names(word)):
                yield Key(position, f"g:{full} {sounds[j]}", asks=False)
            initial = len(word) == 1
            yield Key(position, f"i:{sounds[j]} {sounds[i][:1]}", asks=not initial)
            yield Key(position, f"l:{sounds[j][:3]} {sounds[i][:3]}", asks=False, spelled=" ".join(ordered))
            yield Key(position, f"e:{sounds[j]} {sounds[i][-3:]}", asks=False, spelled=" ".join(ordered))
            if len(other) > 1:
                yield from _spelled(position, word, other)
    if len(words) > 1:
        yield Key(position, f"o:{sounds[0]}", asks=True)


def _spelled(position: int, one: str, other: str) -> Iterator[Key]:
    """Yield the handles that two words of a name may become."""
    for handle in spellings(one, other):
        yield Key(position, f"h:{handle}", asks=True)


def spellings(one: str, other: str) -> list[str]:
    """Return the handles that two words of a name may become: in full, or one of them by its initial.

    Examples:
        >>> spellings("ann", "lee")
        ['annlee', 'alee', 'annl']
    """
    made = [one + other, one[0] + other, one + other[0]]
    return [handle for handle in made if len(handle) >= 4]
