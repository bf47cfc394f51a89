"""Links in texts: which URLs a text has, whose domains they are, and which domain is a contact's own."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

LEARNED_EVENTS: Final = 3
LEARNED_SHARE: Final = 0.5
SHORTENERS: Final = frozenset({
    "t.co", "bit.ly", "lnkd.in", "buff.ly", "goo.gl", "ow.ly", "tinyurl.com", "fb.me", "is.gd", "trib.al", "wp.me",
})  # fmt: skip
"""Domains that hide where a link leads: never a writer's own."""

_COMMON_ENDINGS: Final = (
    "app|art|at|be|biz|blog|br|ca|cat|ch|club|co|com|de|dev|edu|es|eu|example|fm|fr|gg|gov|info|io|ly|mx|net|nl|online|"
    "org|page|pl|pt|shop|site|store|studio|tv|uk|xyz"
)
"""Endings of a domain that is written without a scheme. Any other ending needs a path: "so.is" is a missing blank."""
BARE_DOMAIN: Final = rf"(?:^|[\s(\[<>=:,;|])((?:[\w-]+\.)*[\w-]{{2,}}\.(?:(?:{_COMMON_ENDINGS})\b(?:/[^\s<>\"]*)?|[a-z]{{2,}}/[^\s<>\"]*))"
"""A domain without a scheme, in Rust's and in Python's syntax; case is ignored by a flag."""
LINK: Final = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"]+", re.IGNORECASE)
_BARE: Final = re.compile(BARE_DOMAIN, re.IGNORECASE)


@cache
def _suffixes() -> PublicSuffixList:
    """Read the bundled public-suffix list (nothing is fetched)."""
    return PublicSuffixList()


def registrable_domain(url: str) -> str | None:
    """Return the registered domain of a URL or host name; None when there is none (an IP address, a bare suffix).

    >>> registrable_domain("https://shop.ann.co.uk/a")
    'ann.co.uk'
    """
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").hostname
    except ValueError:
        return None
    if not host or ":" in host or host.replace(".", "").isdigit():
        return None
    return _private_suffix(host.rstrip("."))


@lru_cache(maxsize=65_536)
def _private_suffix(host: str) -> str | None:
    return _suffixes().privatesuffix(host)


def links(text: str) -> list[str]:
    """Return the URLs written in a text, without the punctuation that ends a sentence; domains without a scheme too.

    >>> links("See (https://ann.com/a), or bob-shop.com!")
    ['https://ann.com/a', 'bob-shop.com']
    """
    found = [*LINK.findall(text), *_BARE.findall(LINK.sub(" ", text))]
    return [link.rstrip(".,;:!?)]}'»”") for link in found]


def without_links(text: str) -> str:
    """Return a text with a blank for each of its URLs."""
    return _BARE.sub(" ", LINK.sub(" ", text))


def domains(text: str) -> list[str]:
    """Return the registrable domain of each link of a text that has one."""
    return [domain for link in links(text) if (domain := registrable_domain(link))]


def learned_domains(texts: Iterable[str], owner: Collection[str]) -> set[str]:
    """Return the domains that are a contact's own: in at least 3 of their texts and at least half of their links.

    Args:
        texts: the contact's texts with links.
        owner: registrable domains of the owner: linking to those is no advertisement of one's own.
    """
    events: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for text in texts:
        found = domains(text)
        every.update(found)
        events.update(set(found))
    total = every.total()
    return {
        domain
        for domain, count in every.items()
        if events[domain] >= LEARNED_EVENTS
        and count >= LEARNED_SHARE * total
        and domain not in owner
        and domain not in SHORTENERS
    }
