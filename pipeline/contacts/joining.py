"""Join identities to contacts: strong evidence only; weak resemblance is a suggestion for the owner, never a merge.

Evidence, with the word that `identities.join_reason` gives:
    owner            the owner's merge in contacts.csv
    same_key         equal contact keys of the open interactions format
    stated           the archive itself says that two ids are one person
    unique_name      a person known by name only, and exactly one thread's person of that name in the same archive
    same_email       the same e-mail address
    profile_url      a profile URL stated by the person
A split of the owner's keeps an identity apart from all evidence but the owner's own later merges.
"""

from collections.abc import Iterable

import polars as pl

from pipeline.contacts.decisions import Decisions
from pipeline.contacts.profile_urls import url_owners
from pipeline.model.naming import normalise_email, normalise_name, normalise_url

Edge = tuple[str, str, str]
"""identity_id, identity_id, reason."""


class _Groups:
    """Union-find whose root is always the least member, so that the outcome doesn't depend on the order of edges."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

    def __contains__(self, member: str) -> bool:
        return member in self._parent

    def root(self, member: str) -> str:
        path = []
        while self._parent[member] != member:
            path.append(member)
            member = self._parent[member]
        for passed in path:
            self._parent[passed] = member
        return member

    def join(self, one: str, other: str) -> bool:
        least, greatest = sorted((self.root(one), self.root(other)))
        self._parent[greatest] = least
        return least != greatest


def name_edges(identities: pl.DataFrame, seen: pl.DataFrame) -> list[Edge]:
    """Join `name:` identities to the one identity of that name in the same archive (CONTRACT, native_id of a person).

    Args:
        identities: with identity_id, platform, native_id, placeholder.
        seen: archive_id, platform, native_id, display_name as each archive tells them.
    """
    named = seen.filter(pl.col("display_name").is_not_null()).join(
        identities.select("platform", "native_id", "identity_id", "placeholder"), on=["platform", "native_id"]
    )
    names = [normalise_name(name) for name in named["display_name"].to_list()]
    named = named.with_columns(pl.Series("name", names, dtype=pl.String))
    keyed = named.filter(~pl.col("placeholder") & ~pl.col("native_id").str.starts_with("name:")).unique(
        ["archive_id", "platform", "name", "identity_id"]
    )
    unique = (
        keyed.group_by("archive_id", "platform", "name")
        .agg(pl.col("identity_id").sort())
        .filter(pl.col("identity_id").list.len() == 1)
    )
    by_name = named.filter(pl.col("native_id").str.starts_with("name:"), ~pl.col("placeholder")).unique(
        ["archive_id", "platform", "name", "identity_id"]
    )
    pairs = by_name.join(
        unique.select("archive_id", "platform", "name", pl.col("identity_id").list.first().alias("other")),
        on=["archive_id", "platform", "name"],
    )
    rows = pairs.select("identity_id", "other").unique().sort("identity_id", "other").rows()
    return [(one, other, "unique_name") for one, other in rows]


def equal_value_edges(identities: pl.DataFrame, column: str, reason: str) -> list[Edge]:
    """Join identities that share a value of the column (nulls and placeholders never)."""
    shared = (
        identities.filter(pl.col(column).is_not_null() & (pl.col(column) != "") & ~pl.col("placeholder"))
        .group_by(column)
        .agg(pl.col("identity_id").unique().sort())
        .filter(pl.col("identity_id").list.len() > 1)
        .sort(column)
    )
    return [(group[0], other, reason) for group in shared["identity_id"].to_list() for other in group[1:]]


def profile_url_edges(identities: pl.DataFrame) -> list[Edge]:
    """Join an identity that states a URL to the identity whose profile page that is."""
    owners = url_owners(identities)
    stating = identities.filter(pl.col("url").is_not_null() & ~pl.col("placeholder")).select("identity_id", "url")
    edges: list[Edge] = []
    for identity, url in stating.iter_rows():
        found = owners.get(normalise_url(url).lower(), [])
        edges.extend((identity, other, "profile_url") for other in found if other != identity)
    return edges


def _emails(identities: pl.DataFrame) -> pl.DataFrame:
    """Add the normalised e-mail address, from the field or from a native_id that is one."""
    addresses = [
        normalise_email(
            email or (native_id if "@" in native_id and not native_id.startswith(("name:", "thread:", "@")) else "")
        )
        if email or platform in _EMAIL_KEYED
        else ""
        for email, native_id, platform in identities.select("email", "native_id", "platform").iter_rows()
    ]
    return identities.with_columns(pl.Series("_email", addresses, dtype=pl.String))


_EMAIL_KEYED = frozenset(
    {"email", "wordpress", "mailchimp", "substack", "ghost", "beehiiv", "kit", "mailerlite", "blogger", "disqus"}
)
"""Platforms whose native ids may be e-mail addresses (a Mastodon handle looks like one and isn't)."""


def contact_of(
    identities: pl.DataFrame, seen: pl.DataFrame, aliases: pl.DataFrame, decisions: Decisions
) -> pl.DataFrame:
    """Assign each identity its contact.

    Args:
        identities: as `identities.identities` returns them.
        seen: archive_id, platform, native_id, display_name (staged persons).
        aliases: platform, native_id, other, reason (staged aliases).
        decisions: the owner's merges and splits.

    Returns:
        identity_id, contact_id, join_reason (NULL where nothing joined it); sorted by identity_id. contact_id is the
        least identity_id of the person.
    """
    groups = _Groups(identities["identity_id"].to_list())
    edges: list[Edge] = [
        (f"{platform}:{one}", f"{platform}:{other}", "stated")
        for platform, one, other in aliases.select("platform", "native_id", "other").unique().sort(pl.all()).iter_rows()
    ]
    edges += equal_value_edges(identities, "key", "same_key")
    edges += equal_value_edges(_emails(identities), "_email", "same_email")
    edges += profile_url_edges(identities)
    edges += name_edges(identities, seen)
    reasons: dict[str, set[str]] = {}

    def join(one: str, other: str, reason: str) -> None:
        if one in groups and other in groups and one != other:
            groups.join(one, other)
            reasons.setdefault(one, set()).add(reason)
            reasons.setdefault(other, set()).add(reason)

    for one, other, reason in sorted(set(edges)):
        if one not in decisions.splits and other not in decisions.splits:
            join(one, other, reason)
    for one, other in decisions.merges:
        join(one, other, "owner")
    rows = [
        (identity, groups.root(identity), "+".join(sorted(reasons[identity])) if identity in reasons else None)
        for identity in identities["identity_id"].to_list()
    ]
    return pl.DataFrame(
        rows, schema={"identity_id": pl.String, "contact_id": pl.String, "join_reason": pl.String}, orient="row"
    ).sort("identity_id")
