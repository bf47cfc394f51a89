"""What mail programs note in a mail's own header: that it is thrown away, a draft, a template, or waits to be sent."""

from typing import Final

from pipeline.sources.email.headers import Headers

_STATUS: Final = frozenset(
    {"x-mozilla-status", "x-mozilla-status2", "x-mozilla-draft-info", "x-mozilla-keys", "x-status"}
)
_EXPUNGED: Final = 0x0000_0008
"""Deleted or moved away; the copy stays in the file until the folder is compacted (nsMsgMessageFlags)."""
_QUEUED: Final = 0x0000_0800
_IMAP_DELETED: Final = 0x0020_0000
_TEMPLATE: Final = 0x0100_0000
_LETTERS: Final = {"D": "trash", "T": "draft"}
"""Of `X-Status`: deleted, draft (mutt, Pine, Dovecot)."""
_KEYS: Final = {"junk": "spam", "$junk": "spam"}


def flag_meanings(headers: Headers) -> frozenset[str]:
    r"""Return the marks of a mail by the flags in its header, which Thunderbird writes in hexadecimal digits.

    Examples:
        >>> flag_meanings(Headers(b"X-Mozilla-Status: 0009\n"))
        frozenset({'trash'})
    """
    if not headers.has_any(_STATUS):
        return frozenset()
    flags = _number(headers.raw("x-mozilla-status")) | _number(headers.raw("x-mozilla-status2"))
    found = set()
    if flags & (_EXPUNGED | _IMAP_DELETED):
        found.add("trash")
    if flags & (_QUEUED | _TEMPLATE) or "x-mozilla-draft-info" in headers:
        found.add("draft")
    found.update(_LETTERS[letter] for letter in headers.raw("x-status") if letter in _LETTERS)
    found.update(_KEYS[key] for key in headers.raw("x-mozilla-keys").lower().split() if key in _KEYS)
    return frozenset(found)


def _number(digits: str) -> int:
    try:
        return int(digits, 16) if digits and digits.isalnum() else 0
    except ValueError:
        return 0
