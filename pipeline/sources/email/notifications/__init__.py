"""Mails by which platforms tell the owner what others did: events of those platforms, or nothing at all.

Only patterns that are known to be sent are read; headers that no translation touches stand before subjects. A mail that
names nobody never makes a person, and a mail whose sender can't be trusted tells nothing.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.model.records import Parsed
from pipeline.sources.email.notifications import facebook, linkedin, mastodon, reddit, substack, wordpress, x, youtube
from pipeline.sources.email.notifications.mail import Mail


class Teller(NamedTuple):
    """One platform's notification mail: is it such a mail (by sender and header names), and what does it tell."""

    claims: Callable[[Mail], bool]
    read: Callable[[Mail], Parsed]


_TELLERS: Final = tuple(
    Teller(module.claims, module.read)
    for module in (mastodon, linkedin, facebook, x, substack, reddit, youtube, wordpress)
)
_SILENT: Final = re.compile(
    r"comment-reply@wordpress\.com|donotreply@wordpress\.com|.*@mail\.instagram\.com|.*@service\.tiktok\.com|"
    r".*@(?:[\w-]+\.)?redditmail\.com|notifications@disqus\.net|noreply-comment@blogger\.com"
)
"""Senders whose mails are known only by address, or carry nothing of persons."""
_DOMAINS: Final = frozenset({
    "linkedin.com", "facebookmail.com", "twitter.com", "x.com", "substack.com", "instagram.com", "tiktok.com", "redditmail.com",
    "reddit.com", "disqus.net", "blogger.com", "youtube.com", "github.com", "wordpress.com",
})  # fmt: skip
"""Domains of which it is worth to ask closer."""


@lru_cache(maxsize=1 << 12)
def _machine(domain: str) -> bool:
    return ".".join(domain.split(".")[-2:]) in _DOMAINS


def told(mail: Mail) -> Parsed | None:
    """Return what a notification mail tells, or that it is left out; None when the mail is no notification."""
    if not (
        _machine(mail.domain) or mail.local in {"wordpress", "comment-reply", "donotreply"} or "list-id" in mail.headers
    ):
        return None
    for teller in _TELLERS:
        if teller.claims(mail):
            return teller.read(mail)
    address = mail.sender.address
    if address == "notifications@github.com":
        return mail.skipped("not_social")
    return mail.skipped() if _SILENT.fullmatch(address) else None
