"""Join identities to contacts by strong evidence and by the owner's decisions.

Weak resemblance joins none. `identities.join_reason` names the evidence:

    owner         the owner's merge in contacts.csv
    same_key      equal contact keys in open interactions files
    stated        the archive states that two ids are one person
    unique_name   a person known by name only, and the one other person of that name in the same archive
    same_email    the same e-mail address
    profile_url   a profile URL that the person states

The owner's split keeps an identity apart from all evidence except later merges of the owner. Source: methods:joins.
"""

from collections.abc import Iterable

import polars as pl

from pipeline.contacts.decisions import Decisions
from pipeline.contacts.evidence import evidence

_SCHEMA = {"identity_id": pl.String, "contact_id": pl.String, "join_reason": pl.String}


class _Groups:
    """Union-find whose root is the least member, so that the result doesn't depend on the order of the edges."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

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

    def join(self, one: str, other: str) -> None:
        """Join the groups of two members."""
        least, greatest = sorted((self.root(one), self.root(other)))
        self._parent[greatest] = least


def contact_of(
    identities: pl.DataFrame, persons: pl.DataFrame, aliases: pl.DataFrame, decisions: Decisions
) -> pl.DataFrame:
    """Assign each identity its contact.

    Args:
        identities: as `pipeline.contacts.identities.identities` returns them.
        persons: staged persons: archive_id, platform, native_id, display_name.
        aliases: staged aliases: platform, native_id, other.
        decisions: the owner's merges and splits.

    Returns:
        identity_id, contact_id, join_reason (null where nothing joined the identity); sorted by identity_id. contact_id is
        the least identity_id of the person.

    Source: methods:contact-ids, methods:joins.
    """
    groups = _Groups(identities["identity_id"].to_list())
    reasons: dict[str, set[str]] = {}
    edges = [edge for edge in evidence(identities, persons, aliases) if not decisions.splits.intersection(edge[:2])]
    for one, other, reason in [*edges, *((one, other, "owner") for one, other in decisions.merges)]:
        if one in groups and other in groups and one != other:
            groups.join(one, other)
            reasons.setdefault(one, set()).add(reason)
            reasons.setdefault(other, set()).add(reason)
    rows = [
        (identity, groups.root(identity), "+".join(sorted(reasons[identity])) if identity in reasons else None)
        for identity in identities["identity_id"].to_list()
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("identity_id")
