"""LinkedIn's notifications: `X-LinkedIn-Template` gives the kind of act, the subject or the sender's display name the person."""

import re
from typing import Final

from pipeline.model.records import Parsed
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.notifications.naming import named

_SENDERS: Final = re.compile(
    r"invitations|[\w-]+-noreply|inmail-hit-reply|hit-reply|member|updates|connections", re.IGNORECASE
)
_VIA: Final = re.compile(r"(.+?) (?:via|über|por|par|tramite) LinkedIn", re.IGNORECASE)
_NOTHING: Final = re.compile(
    r"See who accepted.*|You and \d+ others.*|Add .+ to your network.*|.+ is on LinkedIn.*|People you may know.*|"
    r"You appeared in .*|.+ viewed your profile.*|You have .*invitations?.*",
    re.IGNORECASE,
)
_ACCEPTED: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    r"(.+?) (?:has )?accepted your invitation(?: to connect)?(?:,.*)?[.!]?",
    r".+?, start a conversation with your new connection, (.+?)[.!]?",
    r"Congrats, you and (.+?) are now connected[.!]?",
    r"You and (.+?) are now connected[.!]?",
))  # fmt: skip
_INVITED: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    r"(.+?) wants to connect(?: .*)?[.!]?", r"(.+?) sent you an invitation to connect[.!]?", r"Invitation from (.+)",
))  # fmt: skip
_ADD_ME: Final = re.compile(r".*please add me to your LinkedIn network.*", re.IGNORECASE)
_OTHERS: Final = (
    (
        "messag",
        "message",
        (r"(.+?) (?:just )?(?:sent you a message|messaged you).*", r"You have a new message from (.+)"),
    ),
    (
        "inmail",
        "message",
        (r"(.+?) sent you an? (?:InMail )?message.*", r"You have a new (?:InMail )?message from (.+)"),
    ),
    ("mention", "mention", (r"(.+?) mentioned you\b.*",)),
    ("comment", "comment", (r"(.+?) commented on your (?:post|article|photo|video|update)\b.*",)),
    ("reply", "reply", (r"(.+?) replied to your comment\b.*",)),
    ("", "reaction", (r"(.+?) congratulated you\b.*",)),
)
"""(word in the template, kind, subjects): kinds whose subjects are read unless a template gives another kind."""


def claims(mail: Mail) -> bool:
    """Return whether a mail is from LinkedIn's machines, not from an employee."""
    if mail.domain != "linkedin.com" and not mail.domain.endswith(".linkedin.com"):
        return False
    return (
        "x-linkedin-template" in mail.headers or "x-linkedin-class" in mail.headers or mail.domain != "linkedin.com"
        or _SENDERS.fullmatch(mail.local) is not None
    )  # fmt: skip


def read(mail: Mail) -> Parsed:
    """Return an accepted invitation, an invitation, a message, a mention, a comment or a reply."""
    subject = mail.subject
    if not mail.from_domain("linkedin.com") or _NOTHING.fullmatch(subject):
        return mail.skipped()
    template = mail.headers.raw("x-linkedin-template").lower()
    kind, name = _event(template, subject, mail.sender.name)
    who = named(name)
    return mail.stored("linkedin", kind, who) if who else mail.skipped()


def _event(template: str, subject: str, display: str) -> tuple[str, str]:
    """Return kind and name; an empty name if the mail names no person."""
    for kind, patterns in (("accept", _ACCEPTED), ("invitation", _INVITED)):
        for pattern in patterns:
            if found := pattern.fullmatch(subject):
                return kind, found[1]
    via = _VIA.fullmatch(display)
    if _ADD_ME.fullmatch(subject):
        return "invitation", via[1] if via else display
    for word, kind, subjects in _OTHERS:
        if not template or word in template:
            for text in subjects:
                if found := re.fullmatch(text, subject, re.IGNORECASE):
                    return kind, found[1]
    # in other languages: the kind from the template, the person from the display name
    if via and "digest" not in template:
        if "invit" in template:
            return ("accept" if "accept" in template else "invitation"), via[1]
        if "messag" in template or "inmail" in template:
            return "message", via[1]
    return "message", ""
