"""Notice lines inside a text that look like heads of further records: then messages would be lost in it without a word."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from pipeline.sources.whatsapp.texts import plain

_LONGEST: Final = 60
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}\s?[:.٫：∶h]\s?\d\d(?!\d)")
_NUMBER: Final = re.compile(r"\d+")
_CLOSED: Final = re.compile(r"[\]):\u2010-\u2015\u2212-]\s*\Z")
_LEAST_NUMBERS: Final = 4
"""Day, year, hour and minute; the month may be a word. What WhatsApp copies to the clipboard, `[2/4, 16:09] Ada: hi`, has four too."""


def hidden_heads(lines: Sequence[str], senders: Collection[str], closing: str = "dash") -> int:
    """Return how many lines of a text look like heads of further records: a date with a time, and then a sender of this chat.

    Messages that are copied from a chat and pasted into another begin with a date in brackets. They are text.

    Args:
        lines: the following lines of a record.
        senders: names of those who write in the chat.
        closing: name of the form of the file's heads.

    Examples:
        >>> hidden_heads(["3rd of 2, 2025 - 21:04 - Tove: hi"], ["Tove"]), hidden_heads(["at 21:04 Tove: come"], ["Tove"])
        (1, 0)
        >>> hidden_heads(["[2/4, 16:09] Tove: hi", "[2/4/2025, 16:09] Tove: hi"], ["Tove"])
        0
    """
    return sum(_looks_like_a_head(plain(line), senders, closing) for line in lines)


def _looks_like_a_head(line: str, senders: Collection[str], closing: str) -> bool:
    bracket = line.startswith("[")
    if _TIME.search(line, 0, _LONGEST) is None or (bracket and closing != "bracket"):
        return False
    for name in senders:
        at = line.find(f"{name}:", 0, _LONGEST + len(name) + 1)
        before = line[:at] if at > 0 else ""
        numbers = len(_NUMBER.findall(before))
        if _TIME.search(before) and numbers >= _LEAST_NUMBERS + bracket and _CLOSED.search(before):
            return True
    return False
