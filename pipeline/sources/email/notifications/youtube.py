"""YouTube's mails about replies and mentions, in their English wording: the only place where it shows what others wrote."""

import re
from typing import Final

from pipeline.model.records import Parsed, Person
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.notifications.naming import named

_SUBJECTS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("reply", r"(.+?) replied to your comment\b.*"),
    ("mention", r"(.+?) mentioned you\b.*"),
))  # fmt: skip
"""Subjects that are read. `New comment on …` names no person."""
_HANDLE: Final = re.compile(r"@([\w.\u00b7-]{3,30})")


def claims(mail: Mail) -> bool:
    """Return whether a mail is from YouTube's machines."""
    return mail.sender.address == "noreply@youtube.com"


def read(mail: Mail) -> Parsed:
    """Return the reply or mention; uploads and other mails that name no person are left out."""
    for kind, pattern in _SUBJECTS if mail.from_domain("youtube.com") else ():
        found = pattern.fullmatch(mail.subject)
        handle = _HANDLE.fullmatch(found[1]) if found else None
        page = f"https://www.youtube.com/@{handle[1]}" if handle else None
        who = Person(handle[1].lower(), handle[1], url=page) if handle else named(found[1] if found else None)
        if who is not None:
            return mail.stored("youtube", kind, who)
    return mail.skipped()
