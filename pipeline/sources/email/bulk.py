"""Mail that is not from person to person: lists and newsletters by their headers, robots by header and address."""

import re
from functools import lru_cache
from typing import Final

from pipeline.sources.email.body import content_type
from pipeline.sources.email.headers import Headers

_LIST_FIELDS: Final = frozenset({"list-id", "list-unsubscribe", "list-post", "x-mailing-list", "mailing-list"})
_ROBOT: Final = re.compile(
    r"(?:.*[-_.+])?(?:no|do-?not|never|kein|ne-?pas)[-_.]?(?:reply|respond|antworten?|repondre)(?:[-_.+\d].*)?"
    r"|mailer-daemon|postmaster|bounces?(?:[-_.+].*)?|notifications?(?:[-_.+].*)?|newsletters?|auto-?(?:reply|mailer)"
)
_AUTO_FIELDS: Final = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"})
_SIGNS: Final = _LIST_FIELDS | _AUTO_FIELDS | {"precedence", "auto-submitted", "return-path"}


@lru_cache(maxsize=1 << 14)
def is_robot(address: str) -> bool:
    """Return whether an address belongs to a machine."""
    return _ROBOT.fullmatch(address.rpartition("@")[0]) is not None


def rule(headers: Headers, sender: str) -> str | None:
    """Return the rule by which a mail is left out, None for a person's mail.

    List-Unsubscribe alone counts: no person's mail program writes it. Personal answers to a list post carry no List-Id.

    Args:
        headers: of the message.
        sender: its address.
    """
    if "report" in headers.raw("content-type") and content_type(headers).name == "multipart/report":
        return "automatic"
    if headers.has_any(_SIGNS):
        precedence = headers.raw("precedence").lower()
        submitted = headers.raw("auto-submitted").lower()
        if (
            (submitted and not submitted.startswith("no"))
            or precedence.startswith("auto")
            or headers.has_any(_AUTO_FIELDS)
        ):
            return "automatic"
        if headers.raw("return-path").replace(" ", "") == "<>":
            return "automatic"
        if headers.has_any(_LIST_FIELDS) or precedence in {"bulk", "list", "junk"}:
            return "list_mail"
    return "automatic" if is_robot(sender) else None
