"""What is known of each contact, from all its identities, for comparison with other contacts. Source: methods:suggestions."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from pipeline.contacts.evidence import address_of
from pipeline.contacts.name_forms import handle_form, name_tokens
from pipeline.contacts.profile_urls import profile_urls
from pipeline.model.naming import normalise_url

_LOOSE: Final = ("name:", "thread:")
"""Beginnings of native ids that are no account: two of these on one platform may be one person."""
_HANDLED: Final = frozenset({"instagram", "threads", "tiktok", "reddit", "mastodon", "discord", "x"})
"""Platforms whose native ids may be handles."""
_MAILBOXES: Final = frozenset({
    "info", "contact", "office", "hello", "hi", "mail", "team", "support", "admin", "sales", "service", "kontakt", "contacto", "news",
    "newsletter", "noreply", "donotreply", "press", "help", "webmaster", "postmaster", "family", "familie", "me", "post", "home",
})  # fmt: skip
"""Local parts of addresses that name no person."""
_SHORTEST: Final = 4
"""Shorter handles are alike by chance."""


@dataclass(slots=True)
class Profile:
    """A contact as its identities show it; each value with the identity that shows it first.

    Attributes:
        names: words of a name -> identity_id.
        shown: words of a name -> the name as shown.
        handles: handle in `handle_form` -> identity_id; local parts of addresses among them.
        handle_platforms: handle in `handle_form` -> platforms where it is one.
        sites: URLs that are no profile page of the contact -> identity_id.
        accounts: platforms where the contact has an account with an id, a handle or an address.
        first_at, last_at: span of the interactions, microseconds UTC; None without any.
    """

    names: dict[tuple[str, ...], str] = field(default_factory=dict)
    shown: dict[tuple[str, ...], str] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    handle_platforms: dict[str, set[str]] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)
    first_at: int | None = None
    last_at: int | None = None


def profiles(identities: pl.DataFrame, spans: pl.DataFrame) -> list[Profile]:
    """Return a profile of each contact, sorted by contact_id; placeholders of closed accounts say nothing.

    Args:
        identities: the table `identities`, with `placeholder` and `former_handles`.
        spans: contact_id, first_at, last_at (Int64, microseconds UTC).
    """
    span = {
        contact: (first, last) for contact, first, last in spans.select("contact_id", "first_at", "last_at").iter_rows()
    }
    found: dict[str, Profile] = {}
    rows = identities.filter(~pl.col("placeholder")).sort("contact_id", "identity_id")
    for row in rows.select(
        "contact_id", "identity_id", "platform", "native_id", "handle", "display_name", "url", "email", "former_handles"
    ).iter_rows():
        contact, identity, platform, native_id, handle, name, url, email, former = row
        profile = found.get(contact)
        if profile is None:
            first, last = span.get(contact, (None, None))
            profile = found[contact] = Profile(first_at=first, last_at=last)
        if not native_id.startswith(_LOOSE):
            profile.accounts.add(platform)
        if name and (words := name_tokens(name)):
            profile.names.setdefault(words, identity)
            profile.shown.setdefault(words, name)
        _add_handles(
            profile,
            identity,
            platform,
            [
                handle,
                *(former or ()),
                _native_handle(platform, native_id),
                _local_part(email or address_of(platform, native_id)),
            ],
        )
        if url and (site := _site(platform, native_id, handle, url)):
            profile.sites.setdefault(site, identity)
    return list(found.values())


def _add_handles(profile: Profile, identity: str, platform: str, handles: list[str | None]) -> None:
    for handle in handles:
        # a Bluesky handle is a host name, and its first label is the person's
        own = handle.partition(".")[0] if handle and platform == "bluesky" else handle
        form = handle_form(own) if own else ""
        if len(form) >= _SHORTEST:
            profile.handles.setdefault(form, identity)
            profile.handle_platforms.setdefault(form, set()).add(platform)


def _native_handle(platform: str, native_id: str) -> str | None:
    handled = platform in _HANDLED and not native_id.startswith(_LOOSE) and not native_id.isdigit()
    return (
        native_id if handled else native_id.rpartition("/")[2] if platform == "linkedin" and "/" in native_id else None
    )


def _local_part(address: str) -> str | None:
    local = address.partition("@")[0].partition("+")[0]
    return None if local in _MAILBOXES else local


def _site(platform: str, native_id: str, handle: str | None, url: str) -> str | None:
    site = normalise_url(url).lower()
    return None if not site or site in profile_urls(platform, native_id, handle) else site
