"""The owner among a site's authors: the one that the settings name, else the one with most published items.

Decided at reading, over all archives of the site: an export of one author's posts alone must not make that author the
owner, and each of two sites in one archive has its own. Source: methods:owner-accounts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from pipeline.model.naming import normalise_name
from pipeline.model.survey import Context, Owner, SourceFacts


@dataclass(frozen=True, slots=True)
class Author:
    """A `wp:author`, or a login that only posts name."""

    login: str
    id: str = ""
    email: str = ""
    name: str = ""
    published: int = 0

    def __or__(self, other: "Author") -> "Author":
        """Merge with what a sister archive states; the greater count is taken, because both archives contain the same posts."""
        return Author(
            self.login, self.id or other.id, self.email or other.email, self.name or other.name,
            published=max(self.published, other.published),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordpressFacts(SourceFacts):
    """What items and comments need of the file as a whole."""

    authors: Mapping[str, Mapping[str, Author]] = field(default_factory=dict)
    """Site -> login -> author."""
    gap_s: int | None = None
    """Median of site-local time minus GMT, in seconds; None if no time is written both ways."""
    stated_sites: Mapping[str, str] = field(default_factory=dict)
    """Web address of a commenter -> the one e-mail address that states it, empty if several do."""
    wordpress_com: bool = False
    """Whether it is an export of wordpress.com."""

    def __or__(self, other: Self) -> Self:
        """Merge with a sister archive's facts; each author is merged as well."""
        authors = {
            site: _merged(self.authors.get(site, {}), other.authors.get(site, {}))
            for site in {*self.authors, *other.authors}
        }
        return replace(super(WordpressFacts, self).__or__(other), authors=authors)


def _merged(own: Mapping[str, Author], others: Mapping[str, Author]) -> dict[str, Author]:
    """Return login -> author of two archives of one site."""
    return {
        login: own.get(login, Author(login)) | others.get(login, Author(login)) for login in sorted({*own, *others})
    }


def choose(site: str, authors: Mapping[str, Author], named: Owner) -> tuple[Owner, str]:
    """Choose the owner among a site's authors.

    Returns:
        The owner's names, and the sentence for `coverage.reason`.
    """
    sites = frozenset({site} if site else ())
    if not authors:
        lost = "the file names no author: none of the comments is known to be the owner's"
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

    return Owner(values("id"), values("login"), values("name"), values("email"), sites=sites), note


def decide(site: str, ctx: Context) -> tuple[Owner, str]:
    """Return the owner's names on one site, and the sentence for `coverage.reason`.

    The settings and the owner's other sites add addresses and sites, but never the address of another author of this site.
    """
    named = ctx.settings.owners.get("wordpress", Owner())
    authors = ctx.facts(WordpressFacts).authors.get(site, {})
    own, note = choose(site, authors, named)
    others = {author.email for author in authors.values()} - own.emails
    elsewhere = ctx.owner("wordpress")
    return own | named | Owner(emails=elsewhere.emails - others, sites=elsewhere.sites), note
