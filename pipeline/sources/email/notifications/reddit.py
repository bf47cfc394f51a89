"""Reddit's mails about replies, in their English wording: the subject names the user.

Mails about private messages are left out: the messages are in the export, and would be counted twice.
"""

import re
from typing import Final

from pipeline.model.records import Parsed, Person
from pipeline.sources.email.notifications.mail import Mail

_DOMAINS: Final = ("redditmail.com", "reddit.com")
_WHO: Final = r"/?u/(?P<name>[A-Za-z0-9_-]{3,20})"
_SUBJECTS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("reply", rf"{_WHO} replied to your comment\b.*"),
    ("comment", rf"{_WHO} (?:replied to|commented on) your post\b.*"),
))  # fmt: skip


def claims(mail: Mail) -> bool:
    """Return whether a mail is from the platform's machines, not from an employee."""
    return mail.local == "noreply" and any(
        mail.domain == domain or mail.domain.endswith(f".{domain}") for domain in _DOMAINS
    )


def read(mail: Mail) -> Parsed:
    """Return the reply or comment; digests and other mails that name no person are left out."""
    for kind, pattern in _SUBJECTS if mail.from_domain(*_DOMAINS) else ():
        if found := pattern.fullmatch(mail.subject):
            return mail.stored("reddit", kind, Person(found["name"].lower(), found["name"]))
    return mail.skipped()
