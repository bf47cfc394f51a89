"""Read and count the text export: a folder of files whose records are blocks of `Key: value` lines, or lines of chats.

Format facts: a record begins with a line `Date: 2024-01-01 10:00:00 UTC` (`Creation Time:` in some files, other words in other
languages); a value may go on over several lines. A chat begins with its title (`>>> Chat History with pia.loom::`), or each
chat is a file named after it; its messages are blocks, or lines `2024-01-01 10:00:00 UTC pia.loom: text`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.model.records import ListSeen, Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Parse
from pipeline.sources.tiktok.chats import Chat, chat_name
from pipeline.sources.tiktok.entries import TIE_OF_LIST, USUAL_KEYS, read_section_entry, user_name, usual_keys
from pipeline.sources.tiktok.sections import SECTION_OF_FILE, file_name

_KEYED: Final = re.compile(r"^([^\W\d_][\w '’()./-]{0,40}?)[ \t]?[:：](?!//)[ \t]?(.*)$")
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d")
_USUAL_TITLE: Final = re.compile(r"^[>\s]*(?:Group )?Chat History with\s+\S", re.IGNORECASE)
_TITLE: Final = re.compile(r"^\s*>{2,}.*:\s*$")
_MESSAGE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(?: ?(?:UTC|Z|GMT))?([^:]{0,80}):[ \t]?(.*)", re.DOTALL
)
_LONGEST_LIST_OF_KEYS: Final = 300
_NO_TEXT: Final = re.compile(r"https?://|N/A$|$")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
_LINES: Final = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Block:
    """A record."""

    line: int
    """Number of its first line, from 1."""
    chat: str = ""
    """Name in the chat title above it."""
    entry: dict[str, str] = field(default_factory=dict)
    """Its values by key as written."""


def chat_of_file(name: str) -> str:
    """Return the chat that a file is named after; empty for a file with the usual name, which holds all chats."""
    return "" if file_name(name) in SECTION_OF_FILE else chat_name(PurePosixPath(name).stem)


def date_key(text: str) -> str:
    """Return the key, in lower case, of the line with which a record begins: `date`, else the first key with a time as value."""
    first = ""
    for line in _LINES.split(text):
        keyed = _KEYED.match(line.strip())
        if keyed and keyed[1].lower() == "date":
            return "date"
        if keyed and not first and _TIME.match(keyed[2]):
            first = keyed[1].lower()
    return first


def blocks(text: str, chat: str = "") -> Iterator[Block]:
    """Yield the blocks of a text. A line without a key continues the value above it.

    Args:
        text: the file's text.
        chat: name of the chat to which the first blocks belong.
    """
    begins = date_key(text)
    block: Block | None = None
    last = ""
    for number, line in enumerate(_LINES.split(text), 1):
        if _is_title(line):
            chat, last = line.strip().lstrip("> "), ""
            continue
        keyed = _KEYED.match(line.strip())
        if keyed and keyed[1].lower() == begins:
            if block:
                yield block
            block, last = Block(number, chat), "Date"
            block.entry["Date"] = keyed[2]
        elif block is None:
            continue
        elif keyed and keyed[1] not in block.entry and _is_key(keyed, last):
            last = keyed[1]
            block.entry[last] = keyed[2]
        elif last and last != "Date":
            block.entry[last] += "\n" + line.rstrip()
    if block:
        yield block


def _is_key(keyed: re.Match[str], last: str) -> bool:
    """Return whether a line `Key: value` begins a value; below a text of several lines only an address or `N/A` is one."""
    if last == "Content":
        return keyed[1] == "Link"
    return last in {"", "Date"} or keyed[1].lower() in USUAL_KEYS or _NO_TEXT.match(keyed[2]) is not None


def messages(text: str, chat: str = "") -> Iterator[Block]:
    """Yield the messages of a text that has one a line. A line without a time continues the message above it.

    Args:
        text: the file's text.
        chat: name of the chat to which the first messages belong.
    """
    block: Block | None = None
    for number, line in enumerate(_LINES.split(text), 1):
        found = _MESSAGE.match(line)
        if block and (found or _is_title(line)):
            block.entry["Content"] = block.entry["Content"].rstrip()
            yield block
            block = None
        if found:
            block = Block(number, chat, {"Date": found[1], "From": found[2].strip(), "Content": found[3]})
        elif _is_title(line):
            chat = line.strip().lstrip("> ")
        elif block:
            block.entry["Content"] += "\n" + line.rstrip()
    if block:
        block.entry["Content"] = block.entry["Content"].rstrip()
        yield block


def is_chat_text(text: str) -> bool:
    """Return whether a text has a message a line: the first line that is no title is one."""
    first = next((line for line in _LINES.split(text) if line.strip() and not _is_title(line)), "")
    return _MESSAGE.match(first) is not None


def _is_title(line: str) -> bool:
    return _TITLE.match(line) is not None or _USUAL_TITLE.match(line) is not None


def section_parser(section: str) -> Parse:
    """Return the parser of a section's files."""

    def read(member: Member, context: Context) -> Iterator[Item]:
        text, _encoding = decode(member.read())
        chat = chat_of_file(member.name) if section == "chats" else ""
        found = list(messages(text, chat) if section == "chats" and is_chat_text(text) else blocks(text, chat))
        if not found and text.strip():
            yield _unknown_text(text)
        complete = True
        for item in _chats(found, context) if section == "chats" else _entries(section, found, context):
            complete &= not isinstance(item, SetAside)
            yield item
        if section in TIE_OF_LIST and found:
            yield ListSeen(TIE_OF_LIST[section], complete=complete)

    return read


def read_unknown(member: Member, _context: Context) -> Iterator[Parsed]:
    """Set aside the records of a file of an unknown section, with the file's name and its headings."""
    text, _encoding = decode(member.read())
    name = PurePosixPath(member.name).stem[:60]
    found = list(blocks(text))
    if not found and text.strip():
        yield _unknown_text(text)
    for block in found:
        keys = ", ".join(block.entry)[:_LONGEST_LIST_OF_KEYS]
        reason = f"not understood: please report the name and the headings of this file (“{name}”: {keys})"
        yield SetAside(f"line:{block.line}", "unknown_layout", reason)


def _entries(section: str, found: list[Block], context: Context) -> Iterator[Parsed]:
    for block in found:
        yield read_section_entry(section, block.entry, f"line:{block.line}", context)


def _chats(found: list[Block], context: Context) -> Iterator[Parsed]:
    entries = [usual_keys("chats", block.entry) for block in found]
    senders: dict[str, set[str]] = {}
    for block, entry in zip(found, entries, strict=True):
        senders.setdefault(block.chat, set()).add(user_name(entry.get("from")))
    owners = context.owner("tiktok").ids
    chats = {title: Chat(chat_name(title, writers), writers, owners) for title, writers in senders.items()}
    for block, entry in zip(found, entries, strict=True):
        yield chats[block.chat].read(entry, f"line:{block.line}", context)


def _unknown_text(text: str) -> Parsed:
    """Set a file without any block aside with its headings; a file without headings and dates is an empty item."""
    keys = list(dict.fromkeys(found[1] for line in _LINES.split(text) if (found := _KEYED.match(line.strip()))))
    if not keys and not _DATED.search(text):
        return Skipped("line:1", "empty_item")
    named = ", ".join(keys[:8]) or "dates, but no headings"
    return SetAside(
        "line:1", "unknown_layout", f"not understood: please report the line headings of this file ({named})"
    )
