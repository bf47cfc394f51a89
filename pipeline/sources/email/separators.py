"""Which `From ` line of an mbox begins a message.

Producers write anything behind `From `: a sender and a date, a dash and a date (Thunderbird), nothing at all (Thunderbird
since 2022), a sender with spaces (Outlook converters), the year before the time (ImportExportTools). So the line alone does not
decide. It begins a message when header lines follow it, and when either it holds a whole date or it comes after a blank line.
Bodies contain such lines too, because producers escape them inconsistently: see `separator_at`.
"""

import re
from typing import Final, NamedTuple

WINDOW: Final = 12_000
"""Bytes behind a `From ` line that decide at most."""

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = rb"\d\d?:\d\d(?::\d\d)?"
_ZONE = rb"(?:[+-]\d{4}|[A-Z]{2,5})"
_CTIME = _DAY + rb" +" + _MONTH + rb" +\d\d? +" + _CLOCK + rb"(?: +" + _ZONE + rb"){0,2} +\d{4}(?: +" + _ZONE + rb")?"
_YEAR_FIRST = _DAY + rb" +" + _MONTH + rb" +\d\d? +\d{4} +" + _CLOCK + rb"(?: +" + _ZONE + rb")?"
_RFC = rb"(?:" + _DAY + rb", *)?\d\d? +" + _MONTH + rb" +\d{4} +" + _CLOCK + rb"(?: +" + _ZONE + rb")?"
_DATE = rb"(?P<date>" + _CTIME + rb"|" + _YEAR_FIRST + rb"|" + _RFC + rb")(?: +remote from [^\r\n]{0,200})?[ \t]*$"
_DATED: Final = re.compile(rb'(?:"[^"\r\n]{0,200}"[^ \r\n]{0,200}|[^ \r\n]{0,400})? *' + _DATE)
_ENDS_IN_DATE: Final = re.compile(_DATE)
_LINE: Final = re.compile(rb"From ([^\r\n]{0,1000})\r?\n(?:>From [^\r\n]{0,1000}\r?\n){0,5}")
_TAKEOUT: Final = re.compile(rb"\d+@xxx ")
_GIT: Final = b"Mon Sep 17 00:00:00 2001"
"""The date that git writes on the first line of every patch, attached or pasted: it begins no message."""
_UNNAMED: Final = frozenset({b"", b"-"})
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*\n?")
_BY_PEOPLE: Final = frozenset({b"from", b"to", b"cc", b"bcc", b"subject", b"reply-to", b"sender", b"organization"})
"""Fields that people also paste into a text."""
_BY_PROGRAMS: Final = frozenset(
    b"""date message-id received return-path delivered-to envelope-to x-original-to mime-version content-type content-length
    content-transfer-encoding in-reply-to references status x-status x-uid x-uidl x-keywords x-mozilla-status x-mozilla-status2
    x-mozilla-keys x-account-key x-identity-key fcc bcc x-gm-thrid x-gmail-labels x-mailer user-agent dkim-signature
    domainkey-signature arc-seal arc-message-signature arc-authentication-results authentication-results received-spf x-received
    list-id precedence x-priority importance thread-topic thread-index x-originating-ip x-apparently-to x-spam-status lines
    x-evolution x-kmail-identity x-pm-message-id x-apple-mail-remote-attachments x-uniform-type-identifier""".split()
)  # fmt: skip


class Separator(NamedTuple):
    """A line that begins a message.

    Attributes:
        end: where the message's header begins.
        date: the date on the line, empty without one.
    """

    end: int
    date: str


def separator_at(data: bytes, at: int) -> Separator | None:
    """Return the separator at a `From ` line, None when the line belongs to a body.

    A line that git writes into patches is none. A line with sender and date needs a header line behind it; when no blank line
    is before it, two usual ones. Any other line needs a blank line before it and two usual fields behind it, of which one is a
    field that only programs write: people paste From, To and Subject into their texts.

    Args:
        data: bytes of the file, with at least `WINDOW` bytes behind `at` or the file's end.
        at: where the line begins; `data` begins at the file's start or holds the two lines before.
    """
    line = _LINE.match(data, at, at + WINDOW)
    if line is None or _GIT in line[1]:
        return None
    after_blank = at == 0 or data.endswith((b"\n\n", b"\n\r\n"), max(0, at - 3), at)
    dated = _DATED.match(line[1])
    if dated is not None:
        needed = (1, 0) if after_blank or _TAKEOUT.match(line[1]) else (2, 0)
    elif after_blank or line[1].strip() in _UNNAMED:
        needed = (2, 1)
    else:
        return None
    if not _has_header(data, line.end(), *needed):
        return None
    date = dated or _ENDS_IN_DATE.search(line[1])
    return Separator(line.end(), date["date"].decode("ascii") if date else "")


def _has_header(data: bytes, at: int, usual: int, by_programs: int) -> bool:
    """Return whether a header begins at `at` with so many usual fields, so many of them of programs; `usual` 1 counts any field."""
    end = at + WINDOW // 2
    found_usual = found_by_programs = 0
    while (field := _FIELD.match(data, at, end)) is not None:
        name = field[1].lower()
        if name in _BY_PROGRAMS:
            found_usual += 1
            found_by_programs += 1
        elif name in _BY_PEOPLE or usual == 1:
            found_usual += 1
        if found_usual >= usual and found_by_programs >= by_programs:
            return True
        at = field.end()
    return False
