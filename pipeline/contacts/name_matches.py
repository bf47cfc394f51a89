"""How two names compare: equal, spelled otherwise, a short form, initials, one more word, or different.

Source: methods:suggestions.
"""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from pipeline.contacts.name_forms import sound
from pipeline.contacts.nicknames import full_names


class NameMatch(IntEnum):
    """How two names compare, from the weakest to the strongest."""

    DIFFERENT = 0
    UNKNOWN = 1
    """One of them is missing, or isn't a name."""
    PARTIAL = 2
    """One is a single word that the other contains."""
    INITIALS = 3
    NICKNAME = 4
    SPELLING = 5
    EXTRA = 6
    """Equal but for a middle name or a second family name."""
    SAME = 7


@lru_cache(maxsize=1 << 17)
def compare_tokens(one: tuple[str, ...], other: tuple[str, ...]) -> NameMatch:
    """Compare two names given as `name_tokens` returns them. It is symmetrical.

    Examples:
        >>> compare_tokens(("bob", "lee"), ("robert", "lee")).name, compare_tokens(("a", "lee"), ("ann", "lee")).name
        ('NICKNAME', 'INITIALS')
        >>> compare_tokens(("ann", "lee"), ("tom", "lee")).name
        'DIFFERENT'
    """
    if not one or not other:
        return NameMatch.UNKNOWN
    mine, theirs = [sound(word) for word in one], [sound(word) for word in other]
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        # one word may be a given name only, which many share
        return NameMatch.SAME if len(one) > 1 or len(other) > 1 else NameMatch.PARTIAL
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    matches = _assigned(shorter, longer)
    if NameMatch.DIFFERENT in matches:
        return NameMatch.DIFFERENT
    if len(shorter) == 1:
        return NameMatch.PARTIAL
    # initials alone, or a nickname for each word, name nobody
    if NameMatch.SAME not in matches and (len(matches) < 2 or min(matches) < NameMatch.SPELLING):
        return NameMatch.DIFFERENT
    return min(matches) if min(matches) < NameMatch.SAME else NameMatch.EXTRA


def _assigned(shorter: tuple[str, ...], longer: tuple[str, ...]) -> list[NameMatch]:
    """Match each word of the shorter name with another word of the longer one, the best pairs first."""
    pairs = sorted(
        ((_compare_words(a, b), -i, -j) for i, a in enumerate(shorter) for j, b in enumerate(longer)), reverse=True
    )
    found: dict[int, NameMatch] = {}
    used: set[int] = set()
    for match, i, j in pairs:
        if i not in found and j not in used:
            found[i] = match
            used.add(j)
    return list(found.values())


@lru_cache(maxsize=1 << 17)
def _compare_words(one: str, other: str) -> NameMatch:
    a, b = sound(one), sound(other)
    if a == b:
        return NameMatch.SAME
    if 1 in (len(one), len(other)):
        return NameMatch.INITIALS if one[0] == other[0] or a[:1] == b[:1] else NameMatch.DIFFERENT
    short, long = sorted((a, b), key=len)
    if len(long) == len(short) + 1 and long.startswith(short):
        return NameMatch.DIFFERENT  # Jan and Jane, Daniel and Daniela
    if full_names(one) & full_names(other):
        return NameMatch.NICKNAME
    if _misspelled(a, b):
        return NameMatch.SPELLING
    cut = len(short) >= 3 and long.startswith(short)
    return NameMatch.NICKNAME if cut else NameMatch.DIFFERENT


def _misspelled(one: str, other: str) -> bool:
    """Return whether two words differ as by a typing error or another transliteration."""
    # Mario and Maria, Christian and Christina, Anna and Hanna are two people
    if min(len(one), len(other)) < 4 or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    return min(len(one), len(other)) >= 6 and JaroWinkler.similarity(one, other) >= 0.94
