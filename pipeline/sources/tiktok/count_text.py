"""Count the records of the text export by the beginnings of lines alone, independent of the parser."""

import re
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.model.survey import Context
from pipeline.sources.base import Member

_TIME: Final = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d"
_DATE: Final = re.compile(r"^[ \t]*date[ \t]?[:：]", re.IGNORECASE | re.MULTILINE)
_DATED: Final = re.compile(rf"^[ \t]*([^\W\d_][^:\n]{{0,40}}?)[ \t]?[:：][ \t]*{_TIME}", re.MULTILINE)
_MESSAGE: Final = re.compile(rf"^{_TIME}[^:\n]*:", re.MULTILINE)
_BEFORE_MESSAGES: Final = re.compile(
    rf"(?:[ \t]*(?:>[^\n]*|(?:Group )?Chat History with[^\n]*)?\n)*{_TIME}[^:\n]*:", re.IGNORECASE
)


def _text(member: Member) -> str:
    text, _encoding = decode(member.read())
    return text.replace("\r\n", "\n").replace("\r", "\n")


def count_blocks(member: Member, _context: Context) -> int:
    """Count the lines with which records begin; a file that has text but none of these is one record."""
    text = _text(member)
    number = len(_DATE.findall(text))
    if not number and (first := _DATED.search(text)):
        key = re.escape(first[1])
        number = len(re.findall(rf"^[ \t]*{key}[ \t]?[:：]", text, re.IGNORECASE | re.MULTILINE))
    return number or (1 if text.strip() else 0)


def count_chats(member: Member, context: Context) -> int:
    """Count the messages: lines that begin with a time and a sender, else the beginnings of blocks."""
    text = _text(member)
    return len(_MESSAGE.findall(text)) if _BEFORE_MESSAGES.match(text) else count_blocks(member, context)
