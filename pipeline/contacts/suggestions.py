"""Contacts that may be one person, for the owner to decide. Nothing here joins any. Source: methods:suggestions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from pipeline.contacts.candidates import candidates
from pipeline.contacts.decisions import Decisions
from pipeline.contacts.evidence import sharing_addresses
from pipeline.contacts.profiles import profiles
from pipeline.contacts.scoring import Scored, frequencies, score

LEAST_SCORE: Final = 0.5
"""Pairs that score less are not suggested."""
MOST_OF_ONE: Final = 6
"""Most suggestions that name one contact."""
MOST_ON_AVERAGE: Final = 3
"""Most suggestions that name a contact, on average over all contacts."""
_SAME_ADDRESS: Final = (0.75, "same e-mail address, different names")
_SCHEMA: Final[dict[str, pl.DataType]] = {
    "identity_a": pl.String(), "identity_b": pl.String(), "score": pl.Float64(), "reasons": pl.List(pl.String()),
}  # fmt: skip


def suggestions(identities: pl.DataFrame, spans: pl.DataFrame, decisions: Decisions) -> pl.DataFrame:
    """Return pairs of identities of two contacts that may be one person.

    Args:
        identities: the table `identities`, with `placeholder` and `former_handles`.
        spans: contact_id, first_at, last_at (Int64, microseconds UTC).
        decisions: the owner's: neither a pair that is `distinct` nor an identity that was split off is suggested.

    Returns:
        identity_a, identity_b (the least first), score, reasons; one row a pair of contacts, sorted by both.

    Source: methods:suggestions.
    """
    contact = dict(identities.select("identity_id", "contact_id").iter_rows())
    people = profiles(identities, spans)
    counted = frequencies(people)
    scored = [score(people[a], people[b], counted) for a, b in candidates(people)]
    found = [one for one in scored if one is not None and one.score >= LEAST_SCORE]
    allowed = _undecided([*found, *_same_address(identities, contact)], contact, decisions)
    kept = _kept(allowed, contact, len(set(contact.values())))
    rows = [(*sorted((one.one, one.other)), round(one.score, 4), one.reasons) for one in kept]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("identity_a", "identity_b")


def _same_address(identities: pl.DataFrame, contact: dict[str, str]) -> list[Scored]:
    """Return the pairs at one address that their names kept from being joined; none at an office's address."""
    found = []
    for sharing in sharing_addresses(identities).values():
        least = {contact[one.identity_id]: one.identity_id for one in reversed(sharing)}
        if len(least) <= MOST_ON_AVERAGE:
            ids = sorted(least.values())
            found += [
                Scored(a, b, _SAME_ADDRESS[0], [_SAME_ADDRESS[1]]) for i, a in enumerate(ids) for b in ids[i + 1 :]
            ]
    return found


def _undecided(found: Iterable[Scored], contact: dict[str, str], decisions: Decisions) -> list[Scored]:
    """Return the best of each pair of contacts on which the owner hasn't decided, the best first."""
    apart = {
        frozenset((contact[one], contact[other]))
        for one, other, same in decisions.verdicts
        if not same and one in contact and other in contact
    }
    split = {contact[identity] for identity in decisions.splits if identity in contact}
    best: dict[frozenset[str], Scored] = {}
    for one in sorted(found, key=lambda one: (-one.score, sorted((one.one, one.other)))):
        pair = frozenset((contact[one.one], contact[one.other]))
        if len(pair) == 2 and pair not in apart and not pair & split:
            best.setdefault(pair, one)
    return list(best.values())


def _kept(found: Sequence[Scored], contact: dict[str, str], contacts: int) -> list[Scored]:
    """Return the first pairs within the limits for one contact and on average."""
    named: Counter[str] = Counter()
    kept: list[Scored] = []
    for one in found:
        pair = (contact[one.one], contact[one.other])
        if 2 * (len(kept) + 1) > MOST_ON_AVERAGE * contacts:
            break
        if max(named[pair[0]], named[pair[1]]) < MOST_OF_ONE:
            named.update(pair)
            kept.append(one)
    return kept
