"""Substack's mails about likes (`reaction@`) and comments (`forum@`): the display name is `<Person> from <Publication>`."""

import re
from typing import Final

from pipeline.model.records import Parsed
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.notifications.naming import named

_DOMAIN: Final = "mg1.substack.com"
_KINDS: Final = {"reaction": "like", "forum": "comment"}
_DISPLAY: Final = re.compile(r"(.+) from .+")
_LIKED: Final = re.compile(r"(.+?) liked your (?:comment on|post\b).*", re.IGNORECASE)


def claims(mail: Mail) -> bool:
    """Return whether a mail is from the domain of Substack's machines; newsletters are sent from others."""
    return mail.domain == _DOMAIN


def read(mail: Mail) -> Parsed:
    """Return a like or a comment. The sender's address gives the kind; a mail that names no person is left out.

    A reaction's mail quotes the owner's words and a comment's has no known layout, so no text is taken.
    """
    kind = _KINDS.get(mail.local)
    if kind is None or not mail.from_domain(_DOMAIN):
        return mail.skipped()
    display, liked = _DISPLAY.fullmatch(mail.sender.name), _LIKED.fullmatch(mail.subject)
    name = liked[1] if kind == "like" and liked else display[1] if display else ""
    who = named(name)
    return mail.stored("substack", kind, who) if who else mail.skipped()
