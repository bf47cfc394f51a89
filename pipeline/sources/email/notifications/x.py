"""Twitter's notifications in their English wording, as sent from twitter.com."""

import re
from typing import Final

from pipeline.model.records import Parsed, Person
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.notifications.naming import is_name, named

_SENDERS: Final = re.compile(r"notify|info|twitter-[\w-]+=.*|(?:.*-)?noreply")
_DOMAINS: Final = ("twitter.com", "x.com")
_WHO: Final = r"(?P<name>.+?)(?: \(@(?P<handle>\w{1,15})\))?"
_SUBJECTS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("follow", rf"{_WHO} is now following you on Twitter!?"),
    ("mention", rf"{_WHO} mentioned you (?:on Twitter|in a photo|in a Tweet)!?"),
    ("reply", rf"{_WHO} replied to one of your Tweets!?"),
    ("like", rf"{_WHO} (?:favorited|liked) one of your (?:Tweets|Retweets)!?"),
    ("repost", rf"{_WHO} retweeted one of your (?:Tweets|Retweets)!?"),
    ("message", rf"{_WHO} (?:has )?sent you a direct message on Twitter!?"),
    ("message", rf"Direct message from {_WHO}"),
))  # fmt: skip
"""Acts on a tweet that only mentions the owner (`… a Tweet you were mentioned in`) are between others."""


def claims(mail: Mail) -> bool:
    """Return whether a mail is from the platform's machines, not from an employee."""
    own = any(mail.domain == domain or mail.domain.endswith(f".{domain}") for domain in _DOMAINS)
    return own and (_SENDERS.fullmatch(mail.local) is not None or mail.domain.startswith("postmaster."))


def read(mail: Mail) -> Parsed:
    """Return the act by the subject. The later wordings from x.com are not known well enough to be read."""
    if not mail.from_domain("twitter.com"):
        return mail.skipped()
    subject = mail.subject
    for kind, pattern in _SUBJECTS:
        found = pattern.fullmatch(subject)
        if found:
            handle, name = found["handle"], found["name"].strip()
            who = named(name)
            if handle:
                # the page's address relates the handle to the number that identifies the person in the archive
                who = Person(handle.lower(), handle, name if is_name(name) else None, f"https://x.com/{handle}")
            return mail.stored("x", kind, who) if who else mail.skipped()
    return mail.skipped()
