"""TikTok as a source: `user_data_tiktok.json`, the older `user_data.json`, and the folder of text files."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.sources.base import Archive, Claim, Reader, Source
from pipeline.sources.tiktok.declaration import TIKTOK
from pipeline.sources.tiktok.json_export import count_json, read_json
from pipeline.sources.tiktok.survey import survey
from pipeline.sources.tiktok.text_export import SECTION_OF_FILE, block_counter, section_parser

_FOLDERS: Final = frozenset({
    "activity", "your activity", "comment", "comments", "direct messages", "direct message", "app settings", "profile",
    "profile and settings", "likes and favorites", "post", "video", "videos", "posts",
})  # fmt: skip
_CHAT_FOLDERS: Final = frozenset({"direct messages", "direct message"})
_PROFILE_FILES: Final = frozenset({"profile information", "profile info", "profile"})
_USUAL_JSON: Final = re.compile(r"user_data(_tiktok)?( ?\(\d+\))?$")
_KEYS: Final = tuple(f'"{name}"'.encode() for name in (
    "Your Activity", "Profile And Settings", "Tiktok Live", "App Settings", "ItemFavoriteList", "ProfileMap", "Direct Message",
))  # fmt: skip
"""Keys of the JSON export, as they stand in its bytes."""


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim the JSON file by its usual name and sections, text files by folder and name."""
    for member in archive.members:
        *folders, base = member.name.split("/")
        name, _, ending = base.lower().rpartition(".")
        if ending == "json":
            is_usual = _USUAL_JSON.match(name) is not None
            known = sum(key in member.head(1 << 16) for key in _KEYS)
            if (is_usual and known) or known >= 2:
                yield Claim(member.name, "json", 1.0 if is_usual else 0.8)
        elif ending == "txt" and folders and folders[-1].lower() in _FOLDERS:
            if name in SECTION_OF_FILE:
                yield Claim(member.name, f"text_{SECTION_OF_FILE[name]}", 0.8)
            elif folders[-1].lower() in _CHAT_FOLDERS:
                yield Claim(member.name, "text_chats", 0.6)  # one file a chat, named after it
            elif name in _PROFILE_FILES:
                yield Claim(member.name, "profile", 0.8)


SOURCE = Source(
    name="tiktok",
    version=3,
    platforms=(TIKTOK,),
    recognise=recognise,
    readers={
        "json": Reader(read_json, count_json),
        "profile": Reader(None, None),
        **{
            f"text_{section}": Reader(section_parser(section), block_counter(section))
            for section in sorted(set(SECTION_OF_FILE.values()))
        },
    },
    survey=survey,
)
