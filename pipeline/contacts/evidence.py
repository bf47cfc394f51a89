"""Evidence that two identities are one person, as edges between them. Source: methods:joins."""

from typing import Final, TypeAlias

import polars as pl

from pipeline.contacts.profile_urls import url_owners
from pipeline.model.naming import normalise_email, normalise_name, normalise_url

Edge: TypeAlias = tuple[str, str, str]
"""identity_id, identity_id, reason."""
_EMAIL_KEYED: Final = frozenset(
    {"email", "wordpress", "mailchimp", "substack", "ghost", "beehiiv", "kit", "mailerlite", "blogger", "disqus"}
)
"""Platforms whose native ids may be e-mail addresses; a Mastodon handle only looks like one."""


def evidence(identities: pl.DataFrame, persons: pl.DataFrame, aliases: pl.DataFrame) -> list[Edge]:
    """Return all evidence of the archives, each edge once, sorted.

    Args:
        identities: as `pipeline.contacts.identities.identities` returns them.
        persons: staged persons: archive_id, platform, native_id, display_name.
        aliases: staged aliases: platform, native_id, other.

    Source: methods:joins.
    """
    edges = [
        *alias_edges(aliases),
        *equal_value_edges(identities, "key", "same_key"),
        *equal_value_edges(_with_email(identities), "_email", "same_email"),
        *profile_url_edges(identities),
        *name_edges(identities, persons),
    ]
    return sorted(set(edges))


def alias_edges(aliases: pl.DataFrame) -> list[Edge]:
    """Return `stated`: an archive states that two native ids are one person."""
    rows = aliases.select("platform", "native_id", "other").unique().iter_rows()
    return [(f"{platform}:{one}", f"{platform}:{other}", "stated") for platform, one, other in rows]


def matched_edges(people: pl.DataFrame) -> list[Edge]:
    """Return `same_messages`: two exports of one account hold the same messages from or to both ids.

    Args:
        people: platform, person, person_right (native ids).
    """
    rows = people.select("platform", "person", "person_right").iter_rows()
    return [(f"{platform}:{one}", f"{platform}:{other}", "same_messages") for platform, one, other in rows]


def equal_value_edges(identities: pl.DataFrame, column: str, reason: str) -> list[Edge]:
    """Return edges between identities with the same value of a column; null, empty text and placeholders join none.

    Args:
        identities: identity_id, placeholder and the column.
        column: the column compared.
        reason: the word given to the edges.
    """
    shared = (
        identities.filter(pl.col(column).is_not_null() & (pl.col(column) != "") & ~pl.col("placeholder"))
        .group_by(column)
        .agg(pl.col("identity_id").unique().sort())
        .filter(pl.col("identity_id").list.len() > 1)
    )
    return [(group[0], other, reason) for group in shared["identity_id"].to_list() for other in group[1:]]


def profile_url_edges(identities: pl.DataFrame) -> list[Edge]:
    """Return `profile_url`: an identity states the URL of another identity's profile page."""
    owners = url_owners(identities)
    stating = identities.filter(pl.col("url").is_not_null() & ~pl.col("placeholder")).select("identity_id", "url")
    edges: list[Edge] = []
    for identity, url in stating.iter_rows():
        found = owners.get(normalise_url(url).lower(), [])
        edges.extend((identity, other, "profile_url") for other in found if other != identity)
    return edges


def name_edges(identities: pl.DataFrame, persons: pl.DataFrame) -> list[Edge]:
    """Return `unique_name`: an identity known by name only, and the one other identity of that name in the same archive.

    Args:
        identities: identity_id, platform, native_id, placeholder.
        persons: archive_id, platform, native_id, display_name as each archive states them.
    """
    named = persons.filter(pl.col("display_name").is_not_null()).join(
        identities.select("platform", "native_id", "identity_id", "placeholder"), on=["platform", "native_id"]
    )
    names = [normalise_name(name) for name in named["display_name"].to_list()]
    named = named.with_columns(pl.Series("name", names, dtype=pl.String)).filter(~pl.col("placeholder"))
    named = named.unique(["archive_id", "platform", "name", "identity_id"])
    by_name = pl.col("native_id").str.starts_with("name:")
    key = ["archive_id", "platform", "name"]
    unique = (
        named.filter(~by_name)
        .group_by(key)
        .agg(pl.col("identity_id").first().alias("other"), pl.len().alias("identities"))
        .filter(pl.col("identities") == 1)
    )
    pairs = named.filter(by_name).join(unique, on=key).select("identity_id", "other").unique()
    return [(one, other, "unique_name") for one, other in pairs.iter_rows()]


def _with_email(identities: pl.DataFrame) -> pl.DataFrame:
    """Add the normalised e-mail address as `_email`: the field's, or a native_id that is one; else empty."""
    rows = identities.select("email", "native_id", "platform").iter_rows()
    addresses = [
        normalise_email(email or _address(native_id)) if email or platform in _EMAIL_KEYED else ""
        for email, native_id, platform in rows
    ]
    return identities.with_columns(pl.Series("_email", addresses, dtype=pl.String))


def _address(native_id: str) -> str:
    return native_id if "@" in native_id and not native_id.startswith(("name:", "thread:", "@")) else ""
