"""Join identities to contacts by strong evidence and by the owner's decisions.

Weak resemblance joins none. `identities.join_reason` names the evidence:

    owner         the owner's merge in contacts.csv
    same_key      equal contact keys in open interactions files
    stated        the archive states that two ids are one person
    unique_name   a person known by name only, and the one other person of that name in the same archive
    same_email    the same e-mail address
    mutual_link   profile pages that state each other
    profile_url   a profile URL that the person states
    same_messages the same messages in two exports, under either id

The owner's split keeps an identity apart from all evidence except later merges of the owner, and `distinct` keeps two
identities in two contacts whatever evidence joins either to others. Source: methods:joins.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from pipeline.contacts.decisions import Decisions
from pipeline.contacts.evidence import Edge, evidence

_SCHEMA = {"identity_id": pl.String, "contact_id": pl.String, "join_reason": pl.String}


class _Groups:
    """Union-find whose root is the least member, and pairs of groups that must not become one."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}
        self._apart: dict[str, set[str]] = {}

    def __contains__(self, member: str) -> bool:
        return member in self._parent

    def root(self, member: str) -> str:
        """Return the least member of the group."""
        path = []
        while self._parent[member] != member:
            path.append(member)
            member = self._parent[member]
        for passed in path:
            self._parent[passed] = member
        return member

    def join(self, one: str, other: str) -> bool:
        """Join the groups of two members unless they are kept apart; return whether they are one group now."""
        least, greatest = sorted((self.root(one), self.root(other)))
        if least == greatest:
            return True
        if greatest in self._apart.get(least, ()):
            return False
        self._parent[greatest] = least
        for member in self._apart.pop(greatest, set()):
            self._apart[member].discard(greatest)
            self._apart[member].add(least)
            self._apart.setdefault(least, set()).add(member)
        return True

    def keep_apart(self, one: str, other: str) -> None:
        """Keep the groups of two members apart, unless they are one already."""
        roots = self.root(one), self.root(other)
        if roots[0] != roots[1]:
            for root, far in (roots, roots[::-1]):
                self._apart.setdefault(root, set()).add(far)


def contact_of(
    identities: pl.DataFrame,
    persons: pl.DataFrame,
    aliases: pl.DataFrame,
    decisions: Decisions,
    *,
    matched: Sequence[Edge] = (),
) -> pl.DataFrame:
    """Assign each identity its contact.

    Args:
        identities: as `pipeline.contacts.identities.identities` returns them.
        persons: staged persons: archive_id, platform, native_id, handle, display_name.
        aliases: staged aliases: platform, native_id, other, other_platform.
        decisions: the owner's merges and splits.
        matched: evidence from the acts themselves (`evidence.matched_edges`).

    Returns:
        identity_id, contact_id, join_reason (null where nothing joined the identity); sorted by identity_id. contact_id is
        the least identity_id of the person.

    Source: methods:contact-ids, methods:joins.
    """
    groups = _Groups(identities["identity_id"].to_list())
    stated = [*evidence(identities, persons, aliases), *matched]
    found = [edge for edge in stated if not decisions.splits.intersection(edge[:2])]
    accepted = [*_decided(groups, decisions), *(edge for edge in found if _joins(groups, edge))]
    reasons: dict[str, set[str]] = {}
    for one, other, reason in accepted:
        reasons.setdefault(one, set()).add(reason)
        reasons.setdefault(other, set()).add(reason)
    rows = [
        (identity, groups.root(identity), "+".join(sorted(reasons[identity])) if identity in reasons else None)
        for identity in identities["identity_id"].to_list()
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("identity_id")


def _decided(groups: _Groups, decisions: Decisions) -> list[Edge]:
    """Apply the owner's verdicts, the latest first so that it overrides earlier ones; return the merges as edges."""
    edges = []
    for one, other, same in reversed(decisions.verdicts):
        if one not in groups or other not in groups:
            continue
        if not same:
            groups.keep_apart(one, other)
        elif groups.join(one, other):
            edges.append((one, other, "owner"))
    return edges


def _joins(groups: _Groups, edge: Edge) -> bool:
    one, other, _ = edge
    return one != other and one in groups and other in groups and groups.join(one, other)
