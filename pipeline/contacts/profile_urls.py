"""Profile pages of identities, so that a URL stated elsewhere can be matched to one. Source: methods:joins."""

import polars as pl

from pipeline.model.naming import normalise_url

_BY_HANDLE = {
    "x": ("x.com/{}", "twitter.com/{}", "mobile.twitter.com/{}"),
    "facebook": ("facebook.com/{}", "m.facebook.com/{}"),
    "instagram": ("instagram.com/{}",),
    "threads": ("threads.net/@{}", "threads.com/@{}"),
    "youtube": ("youtube.com/@{}", "youtube.com/c/{}", "youtube.com/user/{}"),
    "bluesky": ("bsky.app/profile/{}",),
    "reddit": ("reddit.com/user/{}", "reddit.com/u/{}"),
    "tiktok": ("tiktok.com/@{}",),
    "telegram": ("t.me/{}",),
}
_BY_NATIVE = {
    "youtube": ("youtube.com/channel/{}",),
    "bluesky": ("bsky.app/profile/{}",),
    "x": ("twitter.com/intent/user?user_id={}",),
}


def profile_urls(platform: str, native_id: str, handle: str | None) -> set[str]:
    """Return the normalised profile URLs of an identity, in lower case; empty where none is known.

    No platform here distinguishes handles by case.

    Args:
        platform: the platform of the identity.
        native_id: its id there.
        handle: its handle, with or without `@`; None when unknown.

    Examples:
        >>> sorted(profile_urls("youtube", "UC12", None))
        ['youtube.com/channel/uc12']
    """
    if native_id.startswith(("thread:", "name:")):
        return set()
    found = {pattern.format(native_id) for pattern in _BY_NATIVE.get(platform, ())}
    name = (handle or "").lstrip("@")
    if name:
        found |= {pattern.format(name) for pattern in _BY_HANDLE.get(platform, ())}
    if platform == "linkedin" and "/" in native_id:
        found.add(normalise_url(native_id))
    if platform == "mastodon":
        user, _, host = (name or native_id).lstrip("@").partition("@")
        if host:
            found |= {f"{host}/@{user}", f"{host}/users/{user}"}
    return {url.lower() for url in found}


def url_owners(identities: pl.DataFrame) -> dict[str, list[str]]:
    """Return the identities by the normalised URLs of their profile pages.

    Args:
        identities: identity_id, platform, native_id, handle; a row for each handle.

    Returns:
        URL in lower case -> identity_ids.
    """
    owners: dict[str, list[str]] = {}
    columns = identities.select("identity_id", "platform", "native_id", "handle")
    for identity, platform, native_id, handle in columns.iter_rows():
        for url in sorted(profile_urls(platform, native_id, handle)):
            if identity not in owners.setdefault(url, []):
                owners[url].append(identity)
    return owners
