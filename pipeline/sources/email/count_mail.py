"""Count the messages of a mailbox file, independently of the reader.

The reader (`separators`) takes a `From ` line apart by regular expressions. This counter takes the lines behind it apart by words
and shares nothing with the reader, so that a mistake of one of them unbalances the ledger and the archive is `partial`
(methods:record-fates).
"""

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO, Final

from pipeline.formats.decoding import utf8_stream
from pipeline.model.survey import Context
from pipeline.sources.base import Member

_CHUNK: Final = 1 << 20
_BEHIND: Final = 9_000
"""Bytes behind a `From ` line that are there when it is judged."""
_HEAD: Final = 6_000
_SHORT_HEAD: Final = 800
"""Bytes of a header that decide nearly always."""
_FEW_LINES: Final = 8
_MOST_LINES: Final = 100
_GIT: Final = b" Sep 17 00:00:00 2001"
"""End of the first line of each patch that git writes."""
_BEFORE: Final = 3
_FROM: Final = re.compile(rb"\nFrom ")
_CONTROL: Final = b"\x01\x01\x01\x01"
_DATE_WORD: Final = re.compile(
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?|(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d\d?|(?P<year>\d{4})"
    rb"|(?P<clock>\d\d?:\d\d(?::\d\d)?)|[+-]\d{4}|[A-Z]{2,5}"
)
_QUOTED: Final = re.compile(rb'"[^"]*"\S*')
_FIELD_NAME: Final = re.compile(rb"[!-9;-~]+[ \t]*")
_PASTED: Final = re.compile(rb"from|to|b?cc|subject|reply-to|sender|organization")
_MACHINE: Final = re.compile(
    rb"date|message-id|received(?:-spf)?|return-path|(?:delivered|envelope|x-original|x-apparently|in-reply)-to|mime-version|bcc|fcc|"
    rb"content-\S+|references|status|lines|precedence|importance|list-id|user-agent|(?:arc|dkim|domainkey|authentication|thread)-\S+|"
    rb"x-(?:status|uidl?|keywords|mailer|priority|received|originating-ip|spam-status|(?:mozilla|account|identity|gm|gmail|evolution|"
    rb"kmail|pm|apple|uniform)-\S+)"
)


def count_mailbox() -> Callable[[Member, Context], int]:
    """Return a counter of the messages of a mailbox file; what is before the first one counts as one more."""

    def count(member: Member, _context: Context) -> int:
        with member.open() as stream:
            return _count(utf8_stream(stream))

    return count


def _count(stream: BinaryIO) -> int:
    more = stream.read(max(_CHUNK, len(_CONTROL)))
    if more.startswith(_CONTROL):
        return _between_control_lines(stream, more)
    number, lead, data = 0, False, b"\n" * (_BEFORE + 1)
    while True:
        data += more
        cut = max(_BEFORE, len(data) - _BEHIND) if more else len(data)
        for found in _FROM.finditer(data, _BEFORE):
            if found.start() >= cut:
                break
            if _begins(data, found.start() + 1):
                lead = lead or (not number and bool(data[: found.start()].strip()))
                number += 1
        if not number:
            lead = lead or bool(data[:cut].strip())
        if not more:
            return number + lead
        data = data[cut - _BEFORE :]
        more = stream.read(_CHUNK)


def _begins(data: bytes, at: int) -> bool:
    """Return whether the line at `at` is one behind which a header begins."""
    line, *behind = data[at : at + _SHORT_HEAD].split(b"\n", _FEW_LINES)
    if line.rstrip().endswith(_GIT):
        return False
    blank = data[at - _BEFORE : at].replace(b"\r", b"").endswith(b"\n\n")
    usual, machine, fields = _fields(behind[:-1])
    if not machine or usual < 2:
        line, *behind = data[at : at + _HEAD].split(b"\n", _MOST_LINES)
        usual, machine, fields = _fields(behind)
    if blank and usual >= 2 and machine >= 1:
        return True
    words = _QUOTED.sub(b"x", line[5:], count=1).split()
    if _is_dated(words):
        return fields >= 1 if blank or b"@xxx " in line else usual >= 2
    return words in ([], [b"-"]) and usual >= 2 and machine >= 1


def _is_dated(words: Sequence[bytes]) -> bool:
    """Return whether the words are at most one for the sender, and a date with month, year and time of day."""
    if words[-3:-1] == [b"remote", b"from"]:
        words = words[:-3]
    found = [_DATE_WORD.fullmatch(word) for word in words[1:]]
    kinds = {match.lastgroup for match in found if match is not None} | ({None} if None in found else set())
    return all(found) and {"month", "year", "clock"} <= kinds


def _fields(lines: Sequence[bytes]) -> tuple[int, int, int]:
    """Return how many lines are fields of a header, up to two usual ones: usual ones, ones that only programs write, any."""
    usual = machine = fields = 0
    for line in lines:
        if (line[:1] in {b" ", b"\t"} and fields) or (line.startswith(b">From ") and not fields):
            continue
        name, colon, _ = line.partition(b":")
        if not colon or _FIELD_NAME.fullmatch(name) is None:
            break
        name = name.strip().lower()
        by_program = _MACHINE.fullmatch(name) is not None
        machine, fields = machine + by_program, fields + 1
        usual += by_program or _PASTED.fullmatch(name) is not None
        if usual >= 2 and machine:
            break
    return usual, machine, fields


def _between_control_lines(stream: BinaryIO, more: bytes) -> int:
    """Count the texts between lines of four control characters that aren't blank."""
    number, text, rest = 0, False, b""
    while more or rest:
        *lines, rest = (rest + more).split(b"\n") if more else (rest, b"")
        for line in lines:
            if line.rstrip(b"\r") == _CONTROL:
                number, text = number + text, False
            else:
                text = text or bool(line.strip())
        more = stream.read(_CHUNK)
    return number + text
