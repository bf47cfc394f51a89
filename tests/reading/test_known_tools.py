"""Archives of tools that no source reads are `unrecognised`, with the tool's name in the reason."""

from pathlib import Path

import pytest

from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading.archives import read_archives
from pipeline.reading.known_tools import TOOLS, known_tool
from tests.sources.harness import TinyArchive, TinyMember

FILES: dict[str, dict[str, str | bytes]] = {
    "DiscordChatExporter": {"Club - general [12].json": '{"guild": {"id": "1"}, "channel": {"id": "12"}, "dateRange": {"after": null}, "messages": []}'},
    "a Slack export": {"users.json": "[]", "channels.json": "[]", "general/2024-01-02.json": "[]"},
    "a Signal backup": {"signal-2024-01-02-03-04-05.backup": b"\x01\x02"},
    "iMessage's database": {"chat.db": b"SQLite format 3\0rest"},
    "SMS Backup & Restore": {"sms-20240102.xml": "<?xml version='1.0'?><!--c--><smses count='1'><sms address='1'/></smses>"},
    "Google Chat": {"Takeout/Google Chat/Groups/DM a/messages.json": '{"messages": [{"topic_id": "1"}]}'},
    "Google Hangouts": {"Takeout/Hangouts/Hangouts.json": "{}"},
    "Skype": {"messages.json": '{"userId": "8:lea", "exportDate": "2024-01-02T03:04", "conversations": []}'},
    "LINE": {"[LINE]Chat.txt": "\ufeff[LINE] Chat history with Ana\nSaved on: 2024/01/02 03:04\n"},
    "KakaoTalk": {"KakaoTalk_20240102.txt": "Ana KakaoTalk Chats\nDate Saved : 2024-01-02\n"},
    "Snapchat": {"json/chat_history.json": "{}", "json/friends.json": "{}"},
    "WhatsApp's database": {"msgstore.db.crypt15": b"\x01"},
    "Matrix (Element)": {"export.json": '{"room_name": "tea", "exported_by": "@lea:m.example", "messages": []}'},
}  # fmt: skip


def archive(files: dict[str, str | bytes]) -> TinyArchive:
    members = [TinyMember(name, text if isinstance(text, bytes) else text.encode()) for name, text in files.items()]
    return TinyArchive("a", members)


@pytest.mark.parametrize("tool", FILES)
def test_a_known_tool_is_named(tool: str) -> None:
    assert str(known_tool(archive(FILES[tool]))).startswith(f"it looks like {tool}")


def test_other_files_are_of_no_known_tool() -> None:
    assert known_tool(archive({"notes.txt": "hi", "users.json": "[]", "chat.db": b"text", "a.html": "<p>"})) is None


def test_every_tool_has_an_advice() -> None:
    assert all(tool.instead for tool in TOOLS)


@pytest.mark.parametrize("tool", FILES)
def test_the_reason_of_an_unrecognised_archive_names_the_tool(home: Home, tmp_path: Path, tool: str) -> None:
    for name, text in FILES[tool].items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    [reading] = read_archives(home, Settings(), [tmp_path / "export"], lambda _line: None, workers=0)
    assert reading.status == "unrecognised"
    assert tool in reading.reason
    assert "isn't read yet" in reading.reason
