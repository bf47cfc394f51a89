"""Apple Mail's own files, `.emlx`: a line with the length of the message, the message, a property list with its flags."""

import re
from typing import Final, NamedTuple

_LENGTH: Final = re.compile(rb"[ \t]*(\d{1,12})[ \t]*\r?\n")
_FLAGS: Final = re.compile(rb"<key>flags</key>\s*<integer>(\d{1,19})</integer>")
_DELETED: Final = 1 << 1
_DRAFT: Final = 1 << 6
_JUNK: Final = 1 << 24


class AppleMail(NamedTuple):
    """The message of an .emlx file, and its marks: spam, trash, draft."""

    message: bytes
    marks: frozenset[str]


def apple_mail(data: bytes) -> AppleMail:
    r"""Return the message of a file; a file without the line of its length is the message.

    Examples:
        >>> apple_mail(b"8\nTo: bo\n\n<plist><key>flags</key><integer>67</integer></plist>").message
        b'To: bo\n\n'
    """
    length = _LENGTH.match(data)
    if length is None:
        return AppleMail(data, frozenset())
    end = length.end() + int(length[1])
    found = _FLAGS.search(data, end)
    flags = int(found[1]) if found else 0
    marks = {mark for bit, mark in ((_DELETED, "trash"), (_DRAFT, "draft"), (_JUNK, "spam")) if flags & bit}
    return AppleMail(data[length.end() : end], frozenset(marks))
