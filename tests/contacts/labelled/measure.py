"""Measure joins and suggestions on the labelled pairs, all in one home."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.consolidation.stagings import ARCHIVE
from pipeline.contacts.decisions import Decisions
from pipeline.contacts.identities import identities
from pipeline.contacts.joining import contact_of
from pipeline.contacts.suggestions import suggestions
from pipeline.model.schemas import STAGED
from tests.contacts.labelled.world import Pair, Side, hard_pairs, made_pairs

_BY_ADDRESS: Final = frozenset({"email", "kit", "mailchimp", "substack"})


@dataclass(frozen=True, slots=True)
class Measured:
    """What was joined and suggested of labelled pairs.

    joined, joined_rightly: pairs of identities in one contact, anywhere in the home. wanted, suggested: pairs of one person that
    evidence does not join, and how many of them are suggested. kinds: kind -> (pairs, joined, suggested).
    """

    pairs: int
    joined: int
    joined_rightly: int
    wanted: int
    suggested: int
    suggestions: int
    contacts: int
    kinds: dict[str, tuple[int, int, int]]
    missed: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        """Share of joined pairs that are one person."""
        return self.joined_rightly / self.joined

    @property
    def recall(self) -> float:
        """Share of the pairs wanted that are suggested."""
        return self.suggested / self.wanted

    @property
    def a_person(self) -> float:
        """Suggestions that name a contact, on average."""
        return 2 * self.suggestions / self.contacts


def _row(number: int, half: int, side: Side) -> dict[str, object]:
    native = side.email.lower() if side.platform in _BY_ADDRESS and side.email else f"{number}{half}"
    values = {"handle": side.handle, "display_name": side.name, "url": side.url, "email": side.email}
    row: dict[str, object] = {"platform": side.platform, "native_id": native, "archive_id": "a", "placeholder": False}
    return row | {name: value or None for name, value in values.items()}


def measure(pairs: Sequence[Pair]) -> Measured:
    """Make one home of all pairs and measure it."""
    rows = [
        [_row(number, half, side) for half, side in enumerate((pair.one, pair.other))]
        for number, pair in enumerate(pairs)
    ]
    persons = pl.DataFrame([row for both in rows for row in both], schema={**STAGED["persons"], **ARCHIVE})
    table = identities(persons, persons.select("platform", "native_id"))
    joined = contact_of(table, persons, pl.DataFrame(schema=STAGED["aliases"]), Decisions())
    table = table.join(joined, on="identity_id")
    spans = pl.DataFrame(schema={"contact_id": pl.String, "first_at": pl.Int64, "last_at": pl.Int64})
    found = suggestions(table, spans, Decisions())
    contact = dict(joined.select("identity_id", "contact_id").iter_rows())
    named = {frozenset((contact[a], contact[b])) for a, b in found.select("identity_a", "identity_b").iter_rows()}
    ids = [[f"{row['platform']}:{row['native_id']}" for row in both] for both in rows]
    person = {
        identity: f"{number}/{0 if pair.same else half}"
        for number, pair in enumerate(pairs)
        for half, identity in enumerate(ids[number])
    }
    groups: dict[str, list[str]] = {}
    for identity, least in contact.items():
        groups.setdefault(least, []).append(person[identity])
    in_groups = [len(group) * (len(group) - 1) // 2 for group in groups.values()]
    right = [count * (count - 1) // 2 for group in groups.values() for count in Counter(group).values()]
    kinds: dict[str, tuple[int, int, int]] = {}
    missed = []
    wanted = hits = 0
    for pair, (one, other) in zip(pairs, ids, strict=True):
        together = contact[one] == contact[other]
        shown = frozenset((contact[one], contact[other])) in named
        count, of_joined, of_shown = kinds.get(pair.kind, (0, 0, 0))
        kinds[pair.kind] = count + 1, of_joined + together, of_shown + shown
        if pair.same and not together:
            wanted, hits = wanted + 1, hits + shown
            if not shown:
                missed.append(pair)
    return Measured(
        len(pairs),
        sum(in_groups),
        sum(right),
        wanted,
        hits,
        found.height,
        len(set(contact.values())),
        kinds,
        tuple(missed),
    )


def report(seed: int = 11) -> str:
    """Return the section of docs/validation.md."""
    of = measure([*made_pairs(seed), *hard_pairs()])
    lines = [
        "## One person or two",
        "",
        f"`python -m tests.soak.identities --write docs/validation.md` measured {of.pairs:,} labelled pairs in one home: {len(hard_pairs())} written by hand, the others",
        "invented with a fixed seed and labelled by construction.",
        "",
        f"- Joined by evidence: {of.joined:,} pairs, {of.precision:.2%} of them one person.",
        f"- Not joined though one person: {of.wanted:,} pairs, {of.recall:.1%} of them suggested.",
        f"- {of.suggestions:,} suggestions to {of.contacts:,} contacts: {of.a_person:.2f} a contact.",
        "",
        "| pairs | number | joined | suggested |",
        "| --- | --: | --: | --: |",
        *(f"| {kind} | {count} | {joined} | {shown} |" for kind, (count, joined, shown) in of.kinds.items()),
    ]
    return "\n".join(lines)
