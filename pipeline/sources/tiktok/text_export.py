"""Read and count the text export: a folder of files whose records are blocks of `Key: value` lines.

Format facts: a record begins with a `Date:` line; a value may go on over several lines; a chat begins with its title
(`>>> Chat History with pia.loom:`), or each chat is a file named after it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.model.records import ListSeen, Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Item, Member, Parse
from pipeline.sources.tiktok.chats import Chat, chat_name
from pipeline.sources.tiktok.entries import READ_ENTRY, TIE_OF_LIST, lower_keys, user_name

_KEYED: Final = re.compile(r"^([A-Za-z][A-Za-z ]{0,24}):[ \t]?(.*)$")
_DATE: Final = re.compile(r"(?:^|(?<=\r))[ \t]*date[ \t]*:", re.IGNORECASE | re.MULTILINE)
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CHAT_TITLE: Final = re.compile(r"^[>\s]*(?:Group )?Chat History with\s+\S", re.IGNORECASE)
SECTION_OF_FILE: Final = {
    "follower": "follower", "follower list": "follower", "followers": "follower", "following": "following",
    "following list": "following", "block list": "blocked", "block": "blocked", "blocked list": "blocked", "like list": "likes",
    "likes": "likes", "comments": "comments", "comment": "comments", "share history": "shares", "posts": "posts", "videos": "posts",
    "chat history": "chats", "direct messages": "chats", "direct message": "chats", "favorite videos": "saved",
}  # fmt: skip
"""File name without `.txt`, in lower case -> section."""


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
    base = PurePosixPath(name).stem
    return "" if base.lower() in SECTION_OF_FILE else chat_name(base)


def blocks(text: str, chat: str = "") -> Iterator[Block]:
    """Yield the blocks of a text. A line without a key continues the value above it.

    Args:
        text: the file's text.
        chat: name of the chat to which the first blocks belong.
    """
    block: Block | None = None
    last = ""
    for number, line in enumerate(text.splitlines(), 1):
        if _CHAT_TITLE.match(line):
            chat, last = chat_name(line.strip().lstrip("> ")), ""
            continue
        keyed = _KEYED.match(line.strip())
        if keyed and keyed[1].strip().lower() == "date":
            if block:
                yield block
            block, last = Block(number, chat), "Date"
            block.entry["Date"] = keyed[2]
        elif block is None:
            continue
        elif keyed and keyed[1] not in block.entry and (last != "Content" or keyed[1] == "Link"):
            last = keyed[1]
            block.entry[last] = keyed[2]
        elif last and last != "Date":
            block.entry[last] += "\n" + line.rstrip()
    if block:
        yield block


def block_counter(_section: str) -> Count:
    """Return a counter of `Date:` lines; a file that has text but none of these is one record."""

    def count(member: Member, _context: Context) -> int:
        text, _encoding = decode(member.read())
        return len(_DATE.findall(text)) or (1 if text.strip() else 0)

    return count


def section_parser(section: str) -> Parse:
    """Return the parser of a section's files."""

    def read(member: Member, context: Context) -> Iterator[Item]:
        text, _encoding = decode(member.read())
        found = list(blocks(text, chat_of_file(member.name) if section == "chats" else ""))
        if not found and text.strip():
            yield _unknown_text(text)
        yield from _chats(found, context) if section == "chats" else _entries(section, found, context)
        if section in TIE_OF_LIST and found:
            yield ListSeen(TIE_OF_LIST[section], complete=True)

    return read


def _entries(section: str, found: list[Block], context: Context) -> Iterator[Parsed]:
    for block in found:
        yield READ_ENTRY[section](lower_keys(block.entry), f"line:{block.line}", context)


def _chats(found: list[Block], context: Context) -> Iterator[Parsed]:
    senders: dict[str, set[str]] = {}
    for block in found:
        senders.setdefault(block.chat, set()).add(user_name(block.entry.get("From")))
    chats = {name: Chat(name, writers, context.owner("tiktok").ids) for name, writers in senders.items()}
    for block in found:
        yield chats[block.chat].read(lower_keys(block.entry), f"line:{block.line}", context)


def _unknown_text(text: str) -> Parsed:
    """Set a file without any block aside with its headings; a file without headings and dates is an empty item."""
    keys = list(dict.fromkeys(found[1] for line in text.splitlines() if (found := _KEYED.match(line.strip()))))
    if not keys and not _DATED.search(text):
        return Skipped("line:1", "empty_item")
    named = ", ".join(keys[:8]) or "dates, but no headings"
    return SetAside(
        "line:1", "unknown_layout", f"not understood: please report the line headings of this file ({named})"
    )
