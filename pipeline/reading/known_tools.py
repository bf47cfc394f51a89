"""Exports and backups of tools that no source reads yet, by name, so that the owner learns what to do instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.containers.members import Archive, Member

_HEAD: Final = 2048
_MEMBERS: Final = 2_000
"""Members that are looked at."""
_OPEN: Final = "convert it to an open interactions file (docs/sources/open.md)"
_SQLITE: Final = b"SQLite format 3\0"
_TAKEOUT: Final = "give the other parts of the Takeout; for this one, " + _OPEN


@dataclass(frozen=True, slots=True)
class KnownTool:
    """A tool or service whose files are known by name or content.

    Attributes:
        name: as the owner knows it.
        path: matches the path of a member, lower case.
        marks: all are in the member's first bytes.
        instead: what to do instead, an imperative.
        also: paths of which each must match a member as well, lower case.
    """

    name: str
    path: str
    marks: tuple[bytes, ...] = ()
    instead: str = _OPEN
    also: tuple[str, ...] = ()


_DISCORD: Final = "ask Discord for your data package (User settings, Data & privacy)"
TOOLS: Final = (
    KnownTool("DiscordChatExporter", r"\.json$", (b'"guild"', b'"channel"', b'"dateRange"'), _DISCORD),
    KnownTool("DiscordChatExporter", r"\.csv$", (b"AuthorID", b"Author", b"Date", b"Content", b"Reactions"), _DISCORD),
    KnownTool("DiscordChatExporter", r"\.html?$", (b"<!DOCTYPE html", b"chatlog"), _DISCORD),
    KnownTool("DiscordChatExporter", r"\.html?$", (b"<title>", b"preamble"), _DISCORD),
    KnownTool("DiscordChatExporter", r"\.txt$", (b"=====", b"Guild:", b"Channel:"), _DISCORD),
    KnownTool("a Slack export", r"(^|/)users\.json$", also=(r"(^|/)(channels|dms|mpims|groups)\.json$", r"/\d{4}-\d\d-\d\d\.json$")),
    KnownTool("a Signal backup", r"(^|/)signal-\d{4}-\d\d-\d\d[\w-]*\.backup$"),
    KnownTool("a Signal backup", r"(^|/)signalbackups?/|(^|/)(main|backup)\.jsonl$", (b'"backupTimeMs"',)),
    KnownTool("iMessage's database (chat.db, sms.db)", r"(^|/)(chat|sms)\.db$", (_SQLITE,)),
    KnownTool("an iPhone backup", r"(^|/)manifest\.(db|mbdb)$"),
    KnownTool("iMazing's export of messages", r"\.csv$", (b"Chat Session", b"Message Date", b"Sender Name")),
    KnownTool("SMS Backup & Restore", r"\.xml$", (b"<smses",)),
    KnownTool("SMS Backup & Restore (calls)", r"\.xml$", (b"<calls",)),
    KnownTool("Google Chat", r"(^|/)messages\.json$", (b'"messages"', b'"topic_id"'), _TAKEOUT),
    KnownTool("Google Chat", r"(^|/)google chat/", (), _TAKEOUT),
    KnownTool("Google Hangouts", r"(^|/)hangouts\.json$", (), _TAKEOUT),
    KnownTool("Google Voice", r"(^|/)voice/calls/", (), _TAKEOUT),
    KnownTool("Skype", r"\.json$", (b'"conversations"', b'"exportDate"', b'"userId"')),
    KnownTool("Skype", r"(^|/)messages\.json$", (b'"MessageList"',)),
    KnownTool("Skype's database (main.db)", r"(^|/)main\.db$", (_SQLITE,)),
    KnownTool("LINE", r"\.txt$", (b"[LINE]",)),
    KnownTool("LINE", r"\.txt$", ("保存日時".encode(),)),
    KnownTool("KakaoTalk", r"\.(txt|csv)$", (b"KakaoTalk",)),
    KnownTool("KakaoTalk", r"\.(txt|csv)$", ("카카오톡".encode(),)),
    KnownTool("KakaoTalk", r"(^|/)kakaotalk\w*\.(txt|csv|eml)$"),
    KnownTool("Snapchat", r"(^|/)(chat_history|snap_history|memories_history|talk_history)\.(json|html)$"),
    KnownTool("WeChat's database", r"(^|/)(enmicromsg|msg\d*|micromsg)\.db$"),
    KnownTool("WhatsApp's database", r"(^|/)msgstore[\w.-]*\.db(\.crypt\d+)?$|(^|/)chatstorage\.sqlite$", (), "export each chat in WhatsApp (Export chat, without media)"),
    KnownTool("Viber", r"(^|/)viber[\w .-]*\.(db|csv|txt|zip)$|(^|/)viber messages\.csv$"),
    KnownTool("Threema", r"(^|/)threema[\w.-]*|(^|/)message_[\w]{8}\.csv$"),
    KnownTool("Matrix (Element)", r"\.json$", (b'"room_name"', b'"exported_by"')),
    KnownTool("Microsoft Teams", r"\.json$", (b'"threadProperties"', b"@thread")),
    KnownTool("Zoom's saved chat", r"(^|/)(meeting_saved_)?chat\w*\.txt$", (b" From ", b" To ", b":\t")),
    KnownTool("Tinder", r"\.json$", (b'"Usage"', b'"swipes_likes"')),
    KnownTool("Hinge", r"(^|/)matches\.json$", (b'"match"', b'"chats"')),
    KnownTool("VK", r"(^|/)messages/(-?\d+|index-messages)[/.]", (b"vk.com",)),
    KnownTool("single Outlook mails", r"\.msg$", (b"\xd0\xcf\x11\xe0",), "save them as .eml or mbox, for example by Thunderbird"),
    KnownTool("contacts (vCard), which hold no interactions", r"\.vcf$", (b"BEGIN:VCARD",), "leave it out"),
)  # fmt: skip
"""In the order in which they are tried."""


def known_tool(archive: Archive) -> str | None:
    """Return which tool made an archive that no source recognises, and what to do instead; None when no tool is known.

    Args:
        archive: the opened archive. Only names and first bytes are looked at.
    """
    members = archive.members[:_MEMBERS]
    names = [member.name.lower() for member in members]
    for tool in TOOLS:
        if _made(tool, members, names):
            return f"it looks like {tool.name}, which isn't read yet: {tool.instead}"
    return None


def _made(tool: KnownTool, members: Sequence[Member], names: Sequence[str]) -> bool:
    if not all(any(re.search(path, name) for name in names) for path in tool.also):
        return False
    fitting = (member for member, name in zip(members, names, strict=True) if re.search(tool.path, name))
    return any(not tool.marks or _has_marks(member, tool.marks) for member in fitting)


def _has_marks(member: Member, marks: Sequence[bytes]) -> bool:
    head = member.head(_HEAD)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return all(mark in head for mark in marks)
