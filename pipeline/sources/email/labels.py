"""Folders, Gmail's labels and flags that mark a mail as sent, spam, trash, a draft or a chat line.

System labels are localised: `folder_names` has the words. Where no Sent word is known, the sender's address decides (`reading`).
"""

import binascii
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pipeline.model.naming import normalise_name
from pipeline.sources.email.folder_names import NEVER_SENT, TABLE
from pipeline.sources.email.headers import Headers, decoded
from pipeline.sources.email.mailbox_flags import flag_meanings

SENT: Final = "sent"
_CHATS: Final = ("chat", "chats")


def _folded(name: str) -> str:
    return normalise_name(name).replace("’", "'")


def _by_name(meaning: str, words: Iterable[str]) -> dict[str, str]:
    return {_folded(name): meaning for alternatives in words for name in alternatives.split("|")}


# a word that one language uses for sent mail and another one for something else is taken for sent mail
_MEANING: Final = (
    _by_name("not_social", _CHATS)
    | _by_name("draft", (names.draft for names in TABLE))
    | _by_name("spam", (names.spam for names in TABLE))
    | _by_name("trash", (names.trash for names in TABLE))
    | _by_name(SENT, (names.sent for names in TABLE))
)
_FOLDER_MEANING: Final = _by_name("draft", [NEVER_SENT]) | _MEANING
_PIECE: Final = re.compile(r'\s*(?:"([^"]*)"|([^,]*))\s*(?:,|$)')
_LONGEST: Final = 4000
"""Characters of a value that are read: more labels than that has no mail."""
_FLAGS: Final = re.compile(r"[:;!]2,([A-Za-z]{1,30})$")
_FLAG: Final = {"T": "trash", "D": "draft"}
_FOLDER_START: Final = re.compile(r"^(?:INBOX[./])?(?:\[(?:Gmail|Google Mail)\][./])?", re.IGNORECASE)
_FOLDER_END: Final = re.compile(
    r"(?:\.mbox|\.mbx|\.mbs|\.imapmbox|\.sbd)?(?: \([^()]*\)| ?\(\d+\)|[-_]\d[-_\d]*)?(?:\.mbox|\.mbx)?$", re.IGNORECASE
)
_NESTED: Final = (".mbox", ".imapmbox", ".sbd")
"""Endings of folders in which Apple Mail and Thunderbird keep what is inside a folder."""
_SHIFTED: Final = re.compile(r"&([A-Za-z0-9+,]*)-")


def labels(raw: str) -> list[str]:
    """Return the labels of an `X-Gmail-Labels` value: decoded first, then split at commas outside quotes."""
    return [name for quoted, bare in _PIECE.findall(decoded(raw)) if (name := (quoted or bare).strip())]


def folder_meanings(member: str) -> frozenset[str]:
    """Return the marks of a member by its name and the folders above it (`.Sent/cur/…`, `Sent.sbd/2019`, `Sent.mbox/Data/…`).

    A maildir file's name ends in the flags of its one mail: `:2,` and letters, `T` for thrown away and `D` for a draft.
    """
    flags = _FLAGS.search(member)
    flagged = {_FLAG[letter] for letter in flags[1] if letter in _FLAG} if flags else set()
    parts = member.replace("!", "/").split("/")
    near = [part for part in parts[:-3] if part.lower().endswith(_NESTED)] + parts[-3:]
    # the folders of a maildir begin with a point, and points separate their levels
    levels = [level for part in near for level in (part[1:].split(".") if part.startswith(".") else [part])]
    names = [_FOLDER_START.sub("", _FOLDER_END.sub("", imap_name(level))) for level in levels]
    return frozenset(flagged) | {meaning for name in names if (meaning := _FOLDER_MEANING.get(_folded(name)))}


def imap_name(name: str) -> str:
    """Return a folder's name with IMAP's modified UTF-7 (RFC 3501, 5.1.3) decoded; what is none stays as written.

    Examples:
        >>> imap_name("Entw&APw-rfe")
        'Entwürfe'
    """
    return _SHIFTED.sub(_unshifted, name) if "&" in name else name


def _unshifted(found: re.Match[str]) -> str:
    letters = found[1].replace(",", "/")
    try:
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4)).decode("utf-16-be") if letters else "&"
    except ValueError:
        return found[0]


def meanings(headers: Headers) -> frozenset[str]:
    """Return the marks of a mail by its labels and flags: `sent`, or a rule by which it is skipped."""
    flags = flag_meanings(headers)
    raw = headers.raw("x-gmail-labels")
    return flags | _meanings(raw[:_LONGEST]) if raw else flags


@lru_cache(maxsize=1 << 12)
def _meanings(raw: str) -> frozenset[str]:
    # tools that take labels from IMAP write the system's with a backslash, `\\Sent`
    names = [_folded(name.lstrip("\\")) for name in labels(raw)]
    return frozenset(meaning for name in names if (meaning := _MEANING.get(name)))


def skip_rule(marks: frozenset[str]) -> str | None:
    """Return the rule by which a mail with these meanings is skipped."""
    return next((rule for rule in ("spam", "trash", "draft", "not_social") if rule in marks), None)
