"""Mails by which platforms tell the owner what others did: events of those platforms, or nothing at all.

Only patterns that are known to be sent are read (formats, notification patterns marked as known); headers that no
translation touches stand before subjects. A mail that names nobody never makes a person.
"""

from pipeline.records import Parsed
from pipeline.sources.email.notifications.mail import Mail


def told(mail: Mail) -> Parsed | None:
    """Return what a notification mail tells, or that it is left out; None when the mail is no notification."""
    return None
