"""Who of a site's authors is the owner: the one that the settings name, else the one with most published items (CONTRACT).

Decided anew at reading, over all archives of the site: an export of one author's posts alone must not make that author the
owner, and each of two sites in one archive has its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.model.naming import normalise_name
from pipeline.model.survey import Context, Owner

AUTHORS: Final = "authors"
"""Survey map: `site, login, field` -> id, email or name."""
PUBLISHED: Final = "published"
"""Survey map: `site, login, count` -> nothing, so that archives unite without hiding each other's counts."""
_APART: Final = "\n"


@dataclass(frozen=True, slots=True)
class Author:
    """A `wp:author`, or a login that only posts name."""

    login: str
    id: str = ""
    email: str = ""
    name: str = ""
    published: int = 0


def _key(*parts: str) -> str:
    """Join the parts of a key; a broken file may put a line break into a site or login."""
    return _APART.join(part.replace(_APART, " ") for part in parts)


def maps_of(authors: Mapping[str, Mapping[str, Author]]) -> dict[str, dict[str, str]]:
    """Return the survey maps of site -> login -> author."""
    each = [(site, author) for site, found in authors.items() for author in found.values()]
    return {
        AUTHORS: {
            _key(site, author.login, field): value
            for site, author in each
            for field, value in (("id", author.id), ("email", author.email), ("name", author.name))
            if value
        },
        PUBLISHED: {_key(site, author.login, str(author.published)): "" for site, author in each},
    }


def authors_of(site: str, maps: Mapping[str, Mapping[str, str]]) -> dict[str, Author]:
    """Return login -> author of a site; of several archives the greatest count stands, for they hold the same posts."""
    counts: dict[str, int] = {}
    for key in maps.get(PUBLISHED, {}):
        there, login, count = key.split(_APART)
        if there == site.replace(_APART, " "):
            counts[login] = max(counts.get(login, 0), int(count))
    known = maps.get(AUTHORS, {})

    def field(login: str, name: str) -> str:
        return known.get(_key(site, login, name), "")

    return {
        login: Author(login, field(login, "id"), field(login, "email"), field(login, "name"), count)
        for login, count in sorted(counts.items())
    }


def choose(site: str, authors: Mapping[str, Author], named: Owner) -> tuple[Owner, str]:
    """Choose the owner among a site's authors.

    Returns:
        what names that author, and the sentence for `coverage.reason`.
    """
    sites = frozenset({site} if site else ())
    if not authors:
        lost = "the file names no author: no comment could be told to be the owner's"
        return Owner(sites=sites), "" if named.emails else lost
    names = {normalise_name(name) for name in named.handles | named.names}

    def is_named(author: Author) -> bool:
        known = {normalise_name(author.login), normalise_name(author.name)} & names
        return bool(known) or author.email in named.emails or bool(author.id and author.id in named.ids)

    if settled := [author for author in authors.values() if is_named(author)]:
        note = f"owner: {', '.join(sorted(author.login for author in settled))}, named in the settings"
    else:
        settled = [min(authors.values(), key=lambda author: (-author.published, author.login))]
        note = f"owner: {settled[0].login}, the author with most published items ({settled[0].published})"

    def values(field: str) -> frozenset[str]:
        return frozenset(value for author in settled if (value := getattr(author, field)))

    return Owner(values("id"), values("login"), values("name"), values("email"), sites), note


def decide(site: str, ctx: Context) -> tuple[Owner, str]:
    """Return what names the owner on one site, and the sentence for `coverage.reason`.

    The owner's addresses and sites are known from the settings and from the owner's other sites as well; an address of this
    site's other authors is nobody's but theirs.
    """
    named = ctx.settings.owners.get("wordpress", Owner())
    authors = authors_of(site, ctx.survey.maps)
    own, note = choose(site, authors, named)
    others = {author.email for author in authors.values()} - own.emails
    elsewhere = ctx.owner("wordpress")
    return own | named | Owner(emails=elsewhere.emails - others, sites=elsewhere.sites), note
