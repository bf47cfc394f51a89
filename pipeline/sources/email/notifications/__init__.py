"""Notification mail: a platform's report of what another person did, read as an act on that platform.

Only patterns that are known to be sent are read, and untranslated headers before subjects. A mail that names no person gives
no rows, and neither does a mail whose sender can't be trusted.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.model.records import Parsed
from pipeline.sources.email.notifications import facebook, linkedin, mastodon, reddit, substack, wordpress, x, youtube
from pipeline.sources.email.notifications.mail import Mail


class Notifier(NamedTuple):
    """Reader of one platform's notifications: whether a mail is one, by its sender and header names, and the rows of it."""

    claims: Callable[[Mail], bool]
    read: Callable[[Mail], Parsed]


_NOTIFIERS: Final = tuple(
    Notifier(module.claims, module.read)
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
"""Domains whose mails may be notifications."""


@lru_cache(maxsize=1 << 12)
def _machine(domain: str) -> bool:
    return ".".join(domain.split(".")[-2:]) in _DOMAINS


def read_notification(mail: Mail) -> Parsed | None:
    """Return the rows of a notification, or the rule that leaves it out; None for a mail that is no notification."""
    if not (
        _machine(mail.domain) or mail.local in {"wordpress", "comment-reply", "donotreply"} or "list-id" in mail.headers
    ):
        return None
    for notifier in _NOTIFIERS:
        if notifier.claims(mail):
            return notifier.read(mail)
    address = mail.sender.address
    if address == "notifications@github.com":
        return mail.skipped("not_social")
    return mail.skipped() if _SILENT.fullmatch(address) else None
