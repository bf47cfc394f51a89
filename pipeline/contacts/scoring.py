"""How likely two contacts are one person, as a score with its reasons. Source: methods:suggestions."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.contacts.candidates import spellings
from pipeline.contacts.name_forms import name_words, sound
from pipeline.contacts.name_matches import NameMatch, compare_tokens
from pipeline.contacts.profiles import Profile
from pipeline.model.durations import DAY

_BASE: Final = -3.6
"""Log odds of a pair that shares a key by chance."""
_NAMES: Final = {
    NameMatch.SAME: (3.0, "same name"),
    NameMatch.EXTRA: (2.6, "same name, one with a middle name"),
    NameMatch.SPELLING: (2.4, "same name, spelled differently"),
    NameMatch.NICKNAME: (2.2, "same name, one in a short form"),
    NameMatch.INITIALS: (2.2, "same name, one with initials"),
    NameMatch.PARTIAL: (0.3, "one name is part of the other"),
}
_DIFFERENT: Final = -3.0
_SAME_PLATFORM: Final = -5.2
"""One person seldom has two accounts on one platform; two namesakes do."""
_HANDLE: Final = (4.2, "same handle")
_ADDRESS_HANDLE: Final = (4.0, "handle equals the first part of the e-mail address")
_NUMBERED: Final = (4.0, "same handle but for digits")
_BOTH_NUMBERED: Final = 2.0
"""Handles that both have digits, other ones."""
_SPELLED: Final = (2.6, "handle spells the name")
_SPELLED_BY_INITIAL: Final = (2.3, "handle spells the name with an initial")
_SITE: Final = (4.2, "same website")
_UNSEEN: Final = 200
"""People assumed beside the contacts of the home: in a small home no name is frequent yet."""
_MOVED: Final = (0.6, "one conversation ended when the other began")
_MOVED_WITHIN_D: Final = 14
_TOGETHER: Final = (0.2, "active at the same time")


class Clue(NamedTuple):
    """One piece of evidence: its weight in log odds, what the owner reads, and the identities that show it."""

    weight: float
    reason: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many contacts of this home have a name, a word of a name, a handle, a site.

    Attributes:
        names: the sorted words of a name, as `sound` writes them -> contacts.
        words: a word of a name -> contacts.
        handles: handle -> contacts.
        sites: site -> contacts.
        contacts: all contacts.
    """

    names: Counter[tuple[str, ...]]
    words: Counter[str]
    handles: Counter[str]
    sites: Counter[str]
    contacts: int


def frequencies(people: Sequence[Profile]) -> Frequencies:
    """Count the contacts that share a name, a word of a name, a handle, a site."""
    names: Counter[tuple[str, ...]] = Counter()
    words: Counter[str] = Counter()
    handles: Counter[str] = Counter()
    sites: Counter[str] = Counter()
    for profile in people:
        heard = {tuple(sorted(sound(word) for word in words_)) for words_ in profile.names}
        names.update(heard)
        words.update({word for name in heard for word in name})
        handles.update(profile.handles.keys())
        sites.update(profile.sites.keys())
    return Frequencies(names, words, handles, sites, len(people))


class Scored(NamedTuple):
    """A pair of identities of two contacts, with the score from 0 to 1 and the reasons, the strongest first."""

    one: str
    other: str
    score: float
    reasons: list[str]


def score(one: Profile, other: Profile, counted: Frequencies) -> Scored | None:
    """Score two contacts; None when nothing suggests that they are one person."""
    clues = [
        clue for clue in (_name(one, other, counted), _handle(one, other, counted), _site(one, other, counted)) if clue
    ]
    total = _BASE + sum(clue.weight for clue in clues)
    supporting = sorted((clue for clue in clues if clue.weight > 0), key=lambda clue: (-clue.weight, clue.reason))
    if not supporting:
        return None
    if one.accounts & other.accounts:
        total += _SAME_PLATFORM
    times = _times(one, other)
    if times:
        total += times[0]
    strongest = supporting[0]
    reasons = [clue.reason for clue in supporting] + ([times[1]] if times else [])
    return Scored(strongest.one, strongest.other, 1 / (1 + math.exp(-total)), reasons)


def _rarity(sharing: int) -> float:
    """Return 1 for a name of two contacts, 0 for one of 17, at least -0.5."""
    return max(-0.5, 1 - math.log2(max(1, sharing - 1)) / 4)


def _name(one: Profile, other: Profile, counted: Frequencies) -> Clue | None:
    best: tuple[NameMatch, tuple[str, ...], tuple[str, ...]] | None = None
    for mine in one.names:
        for theirs in other.names:
            match = compare_tokens(mine, theirs)
            if best is None or match > best[0]:
                best = match, mine, theirs
    if best is None:
        return None
    match, mine, theirs = best
    identities = one.names[mine], other.names[theirs]
    if match is NameMatch.DIFFERENT:
        return Clue(_DIFFERENT, "", *identities)
    weight, reason = _NAMES[match]
    if match is NameMatch.PARTIAL:
        return Clue(weight, reason, *identities)
    if match is NameMatch.SAME:
        sharing = counted.names[tuple(sorted(map(sound, mine)))]
    else:
        sharing = 2 + round(max(_expected(mine, counted), _expected(theirs, counted)))
    rarity = _rarity(sharing)
    return Clue(
        weight + 1.6 * rarity, _worded(reason, match, sharing, (one.shown[mine], other.shown[theirs])), *identities
    )


def _expected(words: tuple[str, ...], counted: Frequencies) -> float:
    """Return how many contacts would have all these words by chance, an initial standing for any of 15 names."""
    shares = [1 / 15 if len(word) == 1 else counted.words[sound(word)] / (counted.contacts + _UNSEEN) for word in words]
    return counted.contacts * math.prod(shares)


def _worded(reason: str, match: NameMatch, sharing: int, shown: tuple[str, str]) -> str:
    if match is not NameMatch.SAME:
        return reason
    here, there = (name_words(name.replace(",", " ")) for name in shown)
    how = "rare name" if sharing <= 2 else "name"
    if any(_foreign(a) != _foreign(b) for a, b in [shown]):
        return f"same {how}, in another script"
    if here == there:
        return f"same {how}"
    return f"same {how}, in another order" if sorted(here) == sorted(there) else f"same {how}, spelled differently"


def _foreign(name: str) -> bool:
    return any(ord(letter) > 0x36F for letter in name if letter.isalpha())


def _handle(one: Profile, other: Profile, counted: Frequencies) -> Clue | None:
    found = [*_equal_handles(one, other, counted), *_spelled(one, other, counted)]
    found += [Clue(w, r, b, a) for w, r, a, b in _spelled(other, one, counted)]
    return max(found, default=None, key=lambda clue: (clue.weight, clue.reason, clue.one, clue.other))


def _equal_handles(one: Profile, other: Profile, counted: Frequencies) -> Iterator[Clue]:
    for handle in sorted(one.handles.keys() & other.handles.keys()):
        mine, theirs = one.handle_platforms[handle], other.handle_platforms[handle]
        if mine & theirs:
            continue  # a handle that one account gave up and another took
        weight, reason = _ADDRESS_HANDLE if "email" in mine | theirs else _HANDLE
        yield Clue(weight * _rarity(counted.handles[handle]), reason, one.handles[handle], other.handles[handle])
    bare = {handle.strip("0123456789"): handle for handle in one.handles}
    for handle in sorted(other.handles):
        plain = handle.strip("0123456789")
        if len(plain) >= 6 and plain in bare and bare[plain] != handle:
            weight = _NUMBERED[0] if plain in {handle, bare[plain]} else _BOTH_NUMBERED
            yield Clue(weight, _NUMBERED[1], one.handles[bare[plain]], other.handles[handle])


def _spelled(named: Profile, handled: Profile, counted: Frequencies) -> Iterator[Clue]:
    """Yield the names of one contact that a handle of the other spells."""
    plain = {handle.strip("0123456789"): handle for handle in handled.handles}
    plain |= {handle: handle for handle in handled.handles}
    for words, identity in named.names.items():
        rarity = _rarity(counted.names[tuple(sorted(map(sound, words)))] + 1)
        for i, word in enumerate(words[:3]):
            for j, last in enumerate(words[:4]):
                if i == j or len(last) == 1:
                    continue
                for spelled in spellings(word, last):
                    if spelled in plain:
                        weight, reason = _SPELLED if spelled == word + last else _SPELLED_BY_INITIAL
                        yield Clue(weight + 1.4 * rarity, reason, identity, handled.handles[plain[spelled]])


def _site(one: Profile, other: Profile, counted: Frequencies) -> Clue | None:
    shared = sorted(one.sites.keys() & other.sites.keys(), key=lambda site: (counted.sites[site], site))
    if not shared:
        return None
    weight = _SITE[0] * _rarity(counted.sites[shared[0]])
    return Clue(weight, _SITE[1], one.sites[shared[0]], other.sites[shared[0]])


def _times(one: Profile, other: Profile) -> tuple[float, str] | None:
    if one.first_at is None or other.first_at is None or one.last_at is None or other.last_at is None:
        return None
    gaps = (other.first_at - one.last_at, one.first_at - other.last_at)
    if any(0 <= gap <= _MOVED_WITHIN_D * DAY for gap in gaps):
        return _MOVED
    return _TOGETHER if max(gaps) < 0 else None
