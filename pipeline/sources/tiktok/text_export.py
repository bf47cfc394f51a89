"""Read and count the text export: a folder of files whose records are blocks that begin with a `Date:` line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.model.records import Context, ListSeen, Parsed, SetAside, Skipped
from pipeline.sources.base import Count, Item, Member, Parse
from pipeline.sources.tiktok.json_export import LISTS, chat_name
from pipeline.sources.tiktok.rows import HANDLES, Chat, lowered, username

_KEYED: Final = re.compile(r"^([A-Za-z][A-Za-z ]{0,24}):[ \t]?(.*)$")
_DATE: Final = re.compile(r"(?:^|(?<=\r))[ \t]*date[ \t]*:", re.IGNORECASE | re.MULTILINE)
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TITLE: Final = re.compile(r"^[>\s]*(?:Group )?Chat History with\s+\S", re.IGNORECASE)
NAMES: Final = {
    "follower": "follower", "follower list": "follower", "followers": "follower", "following": "following",
    "following list": "following", "block list": "blocked", "block": "blocked", "blocked list": "blocked", "like list": "likes",
    "likes": "likes", "comments": "comments", "comment": "comments", "share history": "shares", "posts": "posts", "videos": "posts",
    "chat history": "chats", "direct messages": "chats", "direct message": "chats", "favorite videos": "saved",
}  # fmt: skip
"""File name without `.txt`, in lower case -> section."""


@dataclass(slots=True)
class Block:
    """A record: the line where it begins, its keys in lower case, the conversation above it."""

    line: int
    chat: str = ""
    entry: dict[str, str] = field(default_factory=dict)


def chat_of_file(name: str) -> str:
    """Return whom the file of one conversation is with, by its name; empty for a file that has the usual name of all of them."""
    base = PurePosixPath(name).stem
    return "" if base.lower() in NAMES else chat_name(base)


def blocks(text: str, chat: str = "") -> Iterator[Block]:
    """Yield the blocks of a text; a line without a known key goes on with the value above it.

    Args:
        text: the file.
        chat: the conversation that it begins with.
    """
    block: Block | None = None
    last = ""
    for number, line in enumerate(text.splitlines(), 1):
        if _TITLE.match(line):
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


def count_of(_section: str) -> Count:
    """Return a counter of `Date:` lines; a file with keyed lines and none of these is one record that is not understood."""

    def count(member: Member, _context: Context) -> int:
        text, _encoding = decode(member.read())
        return len(_DATE.findall(text)) or (1 if text.strip() else 0)

    return count


def reader_of(section: str) -> Parse:
    """Return the parse function of a section."""

    def read(member: Member, context: Context) -> Iterator[Item]:
        text, _encoding = decode(member.read())
        found = list(blocks(text, chat_of_file(member.name) if section == "chats" else ""))
        if not found and text.strip():
            yield _not_understood(text)
        yield from _chats(found, context) if section == "chats" else _plain(section, found, context)
        if section in LISTS and found:
            yield ListSeen(LISTS[section], complete=True)

    return read


def _plain(section: str, found: list[Block], context: Context) -> Iterator[Parsed]:
    for block in found:
        yield HANDLES[section](lowered(block.entry), f"line:{block.line}", context)


def _chats(found: list[Block], context: Context) -> Iterator[Parsed]:
    senders: dict[str, set[str]] = {}
    for block in found:
        senders.setdefault(block.chat, set()).add(username(block.entry.get("From")))
    chats = {name: Chat(name, writers, context.owner("tiktok").ids) for name, writers in senders.items()}
    for block in found:
        yield chats[block.chat].read(lowered(block.entry), f"line:{block.line}", context)


def _not_understood(text: str) -> Parsed:
    keys = list(dict.fromkeys(found[1] for line in text.splitlines() if (found := _KEYED.match(line.strip()))))
    if not keys and not _DATED.search(text):
        return Skipped("line:1", "empty_item")
    named = ", ".join(keys[:8]) or "dates, but no headings"
    return SetAside(
        "line:1", "unknown_layout", f"not understood: please report the line headings of this file ({named})"
    )
