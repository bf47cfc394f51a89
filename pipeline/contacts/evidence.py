"""Evidence that two identities are one person, as edges between them. Source: methods:joins."""

from typing import Final, TypeAlias

import polars as pl

from pipeline.contacts.profile_urls import url_owners
from pipeline.contacts.shared_addresses import Named, may_be_one, one_person_groups
from pipeline.model.naming import normalise_email, normalise_name, normalise_url

Edge: TypeAlias = tuple[str, str, str]
"""identity_id, identity_id, reason."""
_EMAIL_KEYED: Final = frozenset(
    {"email", "wordpress", "mailchimp", "substack", "ghost", "beehiiv", "kit", "mailerlite", "blogger", "disqus"}
)
"""Platforms whose native ids may be e-mail addresses; a Mastodon handle only looks like one."""
_STRENGTH: Final = ("stated", "same_key", "same_email", "mutual_link", "profile_url", "unique_name")
"""Reasons, the strongest first: where the owner keeps two people apart, stronger evidence decides who belongs to which."""


def evidence(identities: pl.DataFrame, persons: pl.DataFrame, aliases: pl.DataFrame) -> list[Edge]:
    """Return all evidence of the archives, each edge once, the strongest first.

    Args:
        identities: as `pipeline.contacts.identities.identities` returns them.
        persons: staged persons: archive_id, platform, native_id, handle, display_name.
        aliases: staged aliases: platform, native_id, other, other_platform.

    Source: methods:joins.
    """
    stated = alias_edges(aliases)
    edges = [
        *stated,
        *equal_value_edges(identities, "key", "same_key"),
        *email_edges(identities),
        *profile_url_edges(identities, persons, stated),
        *name_edges(identities, persons),
    ]
    return sorted(set(edges), key=lambda edge: (_STRENGTH.index(edge[2]), edge))


def alias_edges(aliases: pl.DataFrame) -> list[Edge]:
    """Return `stated`: an archive states that two ids are one person, on one platform or on two.

    Args:
        aliases: platform, native_id, other, other_platform (null: the same platform).
    """
    rows = aliases.select("platform", "native_id", pl.coalesce("other_platform", "platform"), "other").unique()
    return [(f"{platform}:{one}", f"{far}:{other}", "stated") for platform, one, far, other in rows.iter_rows()]


def email_edges(identities: pl.DataFrame) -> list[Edge]:
    """Return `same_email`: identities with one address whose names don't contradict that they are one person.

    Args:
        identities: identity_id, platform, native_id, display_name, email, placeholder.
    """
    edges: list[Edge] = []
    for address, sharing in sharing_addresses(identities).items():
        for least, *others in one_person_groups(address, sharing):
            edges.extend((least, other, "same_email") for other in others)
    return edges


def sharing_addresses(identities: pl.DataFrame) -> dict[str, list[Named]]:
    """Return the addresses that several identities state: normalised address -> these identities, sorted.

    Args:
        identities: as for `email_edges`.
    """
    stating = _with_email(identities).filter((pl.col("_email") != "") & ~pl.col("placeholder")).sort("identity_id")
    shared = stating.filter(pl.len().over("_email") > 1)
    found: dict[str, list[Named]] = {}
    for address, identity, name in shared.select("_email", "identity_id", "display_name").iter_rows():
        found.setdefault(address, []).append(Named(identity, name))
    return found


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


def profile_url_edges(identities: pl.DataFrame, persons: pl.DataFrame, stated: list[Edge]) -> list[Edge]:
    """Return `profile_url` and `mutual_link`: an identity states the URL of another's profile page, or each the other's.

    A page that one identity alone states joins nothing if the names contradict each other, since people link to others, or
    if two accounts had its handle one after the other.

    Args:
        identities: identity_id, platform, native_id, handle, display_name, url, placeholder.
        persons: platform, native_id, handle: the handles of all exports, earlier ones included.
        stated: edges `stated`: two ids of one account are one owner of its page.
    """
    same = {frozenset(edge[:2]) for edge in stated}
    links = {
        (identity, others[0])
        for identity, others in profile_links(identities, persons)
        if all(frozenset((others[0], other)) in same for other in others[1:])
    }
    names = dict(identities.select("identity_id", "display_name").iter_rows())
    edges: list[Edge] = []
    for identity, other in sorted(links):
        if (other, identity) in links:
            edges.append((*sorted((identity, other)), "mutual_link"))  # type: ignore[arg-type] # of two
        elif may_be_one(names[identity], names[other]):
            edges.append((identity, other, "profile_url"))
    return edges


def profile_links(identities: pl.DataFrame, persons: pl.DataFrame) -> list[tuple[str, list[str]]]:
    """Return each identity that states the URL of a profile page, with the other identities that have or had its handle.

    Args:
        identities: as for `profile_url_edges`.
        persons: likewise.
    """
    handles = identities.select("identity_id", "platform", "native_id").join(
        pl.concat(
            [persons.select("platform", "native_id", "handle"), identities.select("platform", "native_id", "handle")]
        ),
        on=["platform", "native_id"],
    )
    owners = url_owners(handles.unique().sort(pl.all()))
    stating = identities.filter(pl.col("url").is_not_null() & ~pl.col("placeholder")).select("identity_id", "url")
    found = []
    for identity, url in stating.iter_rows():
        others = owners.get(normalise_url(url).lower(), [])
        if others and identity not in others:
            found.append((identity, others))
    return found


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
    rows = identities.select("email", "platform", "native_id").iter_rows()
    addresses = [normalise_email(email or address_of(platform, native_id)) for email, platform, native_id in rows]
    return identities.with_columns(pl.Series("_email", addresses, dtype=pl.String))


def address_of(platform: str, native_id: str) -> str:
    """Return the e-mail address that a native id is, empty for any other."""
    address = "@" in native_id and not native_id.startswith(("name:", "thread:", "@"))
    return native_id if address and platform in _EMAIL_KEYED else ""
