"""Which profile pages belong to an identity, so that a URL stated elsewhere can be recognised as theirs."""

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
    """Return the normalised profile URLs of an identity; empty where the platform has none or they aren't known.

    Paths are compared without regard to case: no platform here tells handles apart by case.
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
    """Return normalised profile URL -> identity_ids whose profile page it is."""
    owners: dict[str, list[str]] = {}
    columns = identities.select("identity_id", "platform", "native_id", "handle")
    for identity, platform, native_id, handle in columns.iter_rows():
        for url in sorted(profile_urls(platform, native_id, handle)):
            owners.setdefault(url, []).append(identity)
    return owners
