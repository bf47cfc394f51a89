"""Notice a message that swallowed others: its body holds several headers of mails that are no attachments.

That happens when a program separates messages in a way that is unknown here. Without this check, half a mailbox would become one
text.
"""

import re
from typing import Final

from pipeline.sources.email.headers import Headers

_ID: Final = b"\nMessage-I"
_LONGEST: Final = 8_000
"""Bytes of a header before its Message-ID, and behind it."""
_FROM: Final = re.compile(rb"^From[ \t]*:", re.MULTILINE | re.IGNORECASE)
_DATE: Final = re.compile(rb"^(?:Date|Received)[ \t]*:", re.MULTILINE | re.IGNORECASE)
_ATTACHED: Final = re.compile(
    rb"^Content-Type[ \t]*:\s*(?:message/(?:rfc822|global)|text/rfc822-headers)", re.MULTILINE | re.IGNORECASE
)
_LAST_LINE: Final = 300
_SEVERAL: Final = 2
"""One header in a body is a mail that somebody forwarded with its whole header."""


def swallowed(headers: Headers, body: bytes) -> int:
    """Return how many headers of mails a body holds besides those of attached mails, 0 for a single one.

    Args:
        headers: of the message.
        body: as in the file, undecoded.
    """
    kind = headers.raw("content-type")
    if "digest" in kind or _is_closed(kind, body) or body.count(_ID) < _SEVERAL:
        return 0
    text = body.replace(b"\r\n", b"\n")
    number, at = -len(_ATTACHED.findall(text)), text.find(_ID)
    while at >= 0:
        begin = text.rfind(b"\n\n", max(0, at - _LONGEST), at + 1) + 1
        end = text.find(b"\n\n", at, at + _LONGEST)
        block = text[begin : end if end >= 0 else at + _LONGEST]
        number += bool(_FROM.search(block) and _DATE.search(block))
        at = text.find(_ID, max(end, at + 1))
    return number if number >= _SEVERAL else 0


def _is_closed(kind: str, body: bytes) -> bool:
    """Return whether a body ends with the last line of its own multipart frame, so that nothing can be behind it."""
    last = body[-_LAST_LINE:].rstrip().rpartition(b"\n")[2]
    boundary = last.strip()[2:-2].decode("latin-1")
    return last.startswith(b"--") and last.endswith(b"--") and bool(boundary) and boundary in kind
