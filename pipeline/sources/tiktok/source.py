"""TikTok as a source: `user_data_tiktok.json`, the older `user_data.json`, and the folder of text files."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.tiktok.count_text import count_blocks, count_chats
from pipeline.sources.tiktok.declaration import TIKTOK
from pipeline.sources.tiktok.entries import READ_ENTRY
from pipeline.sources.tiktok.json_export import count_json, read_json
from pipeline.sources.tiktok.sections import SECTION_OF_FILE, file_name, is_about_owner
from pipeline.sources.tiktok.survey import names_user, survey
from pipeline.sources.tiktok.text_export import date_key, is_chat_text, read_unknown, section_parser

_FOLDERS: Final = frozenset({
    "activity", "your activity", "comment", "comments", "direct messages", "direct message", "app settings", "profile",
    "profile and settings", "likes and favorites", "post", "video", "videos", "posts",
})  # fmt: skip
"""Folders of the text export in English, in American spelling."""
_CHAT_FOLDERS: Final = frozenset({"direct messages", "direct message"})
_USUAL_JSON: Final = re.compile(r"user_data(_tiktok)?( ?\(\d+\))?$")
_KEYS: Final = tuple(f'"{name}"'.encode() for name in (
    "Your Activity", "Profile And Settings", "Tiktok Live", "App Settings", "ItemFavoriteList", "ProfileMap", "Direct Message",
    "FansList", "CommentsList", "FavoriteVideoList", "ShareHistoryList", "ChatHistory", "BlockList", "WatchLiveMap",
))  # fmt: skip
"""Keys of the JSON export, as they are written in its bytes."""
_OF_TIKTOK: Final = re.compile(
    rb"^[A-Za-z][^:\n]{0,40}: https?://[a-z.]*tiktokv?\.com/\S*\s*$|^>>> [^\n]*:\s*$", re.MULTILINE
)
"""What only TikTok's text files have: a heading with the address of a video, the title of a chat."""
_COMMENT: Final = re.compile(r"^[ \t]*comment", re.IGNORECASE | re.MULTILINE)
"""A heading in the history of live streams, which may hold comments of the owner's."""
_HEAD: Final = 1 << 16


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim the JSON file by its usual name or its keys, text files by name and shape, in any folder and known language."""
    texts = []
    for member in archive.members:
        ending = member.name.lower().rpartition(".")[2]
        if ending == "json":
            yield from _json(member)
        elif ending == "txt":
            texts.append(member)
    if "tiktok" in archive.file_name.lower() or any(_is_of_tiktok(member) for member in texts):
        for member in texts:
            yield from _text(member)


def _json(member: Member) -> Iterable[Claim]:
    usual = _USUAL_JSON.match(member.name.rpartition("/")[2].lower().rpartition(".")[0])
    head = member.head(_HEAD)
    known = sum(key in head for key in _KEYS)
    if (usual and (known or b"tiktok" in head.lower())) or known > 1:
        yield Claim(member.name, "json", 1.0 if usual else 0.8)
    elif usual and usual[1]:
        yield Claim(member.name, "json", 0.5)  # set aside with the names of its sections


def _is_of_tiktok(member: Member) -> bool:
    *folders, _base = member.name.lower().replace("favourite", "favorite").split("/")
    in_usual_folder = bool(folders) and folders[-1] in _FOLDERS
    if in_usual_folder and (file_name(member.name) in SECTION_OF_FILE or folders[-1] in _CHAT_FOLDERS):
        return True
    return any("tiktok" in folder for folder in folders) or _OF_TIKTOK.search(member.head(_HEAD)) is not None


def _text(member: Member) -> Iterable[Claim]:
    """Claim a text file of an archive that is TikTok's."""
    *folders, _base = member.name.lower().split("/")
    text, _encoding = decode(member.head(_HEAD))
    section = SECTION_OF_FILE.get(file_name(member.name), "")
    if is_chat_text(text) or section == "chats":
        yield Claim(member.name, "text_chats", 0.8)
    elif section == "profile" or (not date_key(text) and names_user(text)):
        yield Claim(member.name, "profile", 0.8)
    elif section:
        yield Claim(member.name, f"text_{section}", 0.8)
    elif folders and folders[-1] in _CHAT_FOLDERS:
        yield Claim(member.name, "text_chats", 0.6)  # one file a chat, named after it
    elif is_about_owner(file_name(member.name)) and not _COMMENT.search(text):
        yield Claim(member.name, "about_owner", 0.6)
    elif date_key(text):
        yield Claim(member.name, "text_unknown", 0.6)


SOURCE = Source(
    name="tiktok",
    version=4,
    platforms=(TIKTOK,),
    recognise=recognise,
    readers={
        "json": Reader(read_json, count_json),
        "profile": Reader(None, None),
        "about_owner": Reader(None, None),
        "text_chats": Reader(section_parser("chats"), count_chats),
        "text_unknown": Reader(read_unknown, count_blocks),
        **{f"text_{section}": Reader(section_parser(section), count_blocks) for section in READ_ENTRY},
    },
    survey=survey,
)
