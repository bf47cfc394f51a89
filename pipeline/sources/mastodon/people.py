"""People in Mastodon's exports: `user@host` in lower case is a person's native id, whether written as URI, address or mention.

A mention's own name takes precedence over what its URI looks like (some servers put numbers in URIs, some live on another host than
their addresses); when the two differ, an Alias joins them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from pipeline.model.records import Alias, Person
from pipeline.model.survey import Owner
from pipeline.sources.shared.web.json_items import text_of

_PATH: Final = re.compile(r"/(?:users/|@|u/|profile/|accounts/)([A-Za-z0-9_.-]+)(?:@([A-Za-z0-9.-]+))?(?:/|$)")
PUBLIC: Final = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})


def host_of(uri: str) -> str:
    """Return a URI's host in lower case, empty when it has none."""
    try:
        return (urlsplit(uri).hostname or "").lower()
    except ValueError:
        return ""


def acct_of_uri(uri: str) -> str | None:
    """Return `user@host` of an actor's or status's URI (`/users/name…`, `/@name…`), None when its author can't be read."""
    host = host_of(uri)
    try:
        found = _PATH.match(urlsplit(uri).path) if host else None
    except ValueError:
        return None
    return f"{found[1]}@{found[2] or host}".lower() if found else None


def acct(address: str, host: str) -> str:
    """Return an address (`@bob`, `bob@lake.example`) as `user@host`; without a host of its own it is on the given one."""
    text = address.strip().removeprefix("acct:").lstrip("@").lower()
    return text if "@" in text or not host else f"{text}@{host}"


def id_of_uri(uri: str) -> str:
    """Return the native id for an actor's URI: `user@host`, else the URI itself."""
    return acct_of_uri(uri) or uri


def is_owner(native_id: str, owner: Owner) -> bool:
    """Return whether a native id is the owner's."""
    return native_id in _own_names(owner)


@lru_cache(maxsize=8)
def _own_names(owner: Owner) -> frozenset[str]:
    """Return the owner's ids and addresses as native ids (the settings may write `@Ola@hill.example`)."""
    return owner.ids | {acct(name, "") for name in owner.ids | owner.handles if not name.startswith("http")}


def mentioned(tags: object) -> list[tuple[Person, str, Alias | None]]:
    """Return (person, URI, alias) of each mention among a status's tags."""
    found = []
    for tag in [tags] if isinstance(tags, dict) else tags if isinstance(tags, list) else []:
        if not isinstance(tag, dict) or tag.get("type") != "Mention":
            continue
        uri, name = text_of(tag.get("href")), text_of(tag.get("name"))
        if not uri and "@" not in name.lstrip("@"):
            continue
        native_id = acct(name, host_of(uri)) if name else id_of_uri(uri)
        other = id_of_uri(uri) if uri else native_id
        alias = Alias(native_id, other, "a mention names both") if other != native_id else None
        found.append((Person(native_id, handle=native_id, url=uri or None), uri, alias))
    return found


def strings(value: object) -> list[str]:
    """Return the texts of a list; a bare text is a list of one."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def addressed(*lists: Iterable[str]) -> list[str]:
    """Return the persons' URIs among recipients: neither the public nor a followers collection; each once, in order."""
    uris = (uri for found in lists for uri in found)
    return list(dict.fromkeys(uri for uri in uris if uri not in PUBLIC and not uri.endswith("/followers")))


def person_of(uri: str) -> Person:
    """Return the person of an actor's URI."""
    native_id = id_of_uri(uri)
    return Person(native_id, handle=native_id if native_id != uri else None, url=uri)
