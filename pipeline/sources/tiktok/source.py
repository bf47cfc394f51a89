"""TikTok as a source: `user_data_tiktok.json`, the older `user_data.json`, and the folder of text files."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import decode
from pipeline.formats.json_elements import head_values
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.shared.web.json_items import compact_us, text_of
from pipeline.sources.tiktok.declaration import TIKTOK
from pipeline.sources.tiktok.json_export import count_json, read_json
from pipeline.sources.tiktok.rows import lowered, username
from pipeline.sources.tiktok.text_export import NAMES, count_of, reader_of

_FILE_DATE: Final = re.compile(r"TikTok_Data_(\d+)", re.IGNORECASE)
_FOLDERS: Final = frozenset({
    "activity", "your activity", "comment", "comments", "direct messages", "direct message", "app settings", "profile",
    "profile and settings", "likes and favorites", "post", "video", "videos", "posts",
})  # fmt: skip
_CHAT_FOLDERS: Final = frozenset({"direct messages", "direct message"})
_KEYS: Final = tuple(f'"{name}"'.encode() for name in (
    "Your Activity", "Profile And Settings", "Tiktok Live", "App Settings", "ItemFavoriteList", "ProfileMap", "Direct Message",
))  # fmt: skip
_USER_LINE: Final = re.compile(r"^user ?name\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim the JSON by its usual name or sections, text files by folder and name."""
    for member in archive.members:
        *folders, base = member.name.split("/")
        name, _, ending = base.lower().rpartition(".")
        if ending == "json":
            usual = re.match(r"user_data(_tiktok)?( ?\(\d+\))?$", name) is not None
            known = sum(key in member.head(1 << 16) for key in _KEYS)
            if (usual and known) or known >= 2:
                yield Claim(member.name, "json", 1.0 if usual else 0.8)
        elif ending == "txt" and folders and folders[-1].lower() in _FOLDERS:
            if name in NAMES:
                yield Claim(member.name, f"text_{NAMES[name]}", 0.8)
            elif folders[-1].lower() in _CHAT_FOLDERS:
                yield Claim(member.name, "text_chats", 0.6)  # a file a conversation, named after it
            elif name in {"profile information", "profile info", "profile"}:
                yield Claim(member.name, "profile", 0.8)


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Find the owner's user name and address in the profile, else in the settings; the usual file name holds the export's time."""
    readers = {claim.member: claim.reader for claim in claims}
    found = Survey()
    for member in archive.members:
        if readers.get(member.name) in {"json", "profile"}:
            found = found | _owner(_profile(member, readers[member.name]))
    told = settings.owners.get("tiktok", Owner())
    given = frozenset(username(name) for name in told.ids | told.handles) - {""}
    found.owner |= Owner(ids=given)
    if found.account is None and len(given) == 1:
        (name,) = given
        found.account = Account(name, name)
    dated = _FILE_DATE.search(archive.file_name)
    found.exported_at = _stamp(dated[1]) if dated else None
    return found


def _stamp(digits: str) -> int | None:
    """Return the time in `TikTok_Data_<digits>`: epoch seconds or milliseconds, or YYYYMMDD(HHMMSS)."""
    if len(digits) in {8, 14}:
        return compact_us(digits)
    seconds = int(digits) / (1000 if len(digits) == 13 else 1)
    return (
        int(seconds) * 1_000_000 if 1_262_304_000 <= seconds <= datetime(2100, 1, 1, tzinfo=UTC).timestamp() else None
    )


def _profile(member: Member, reader: str) -> dict[str, Any]:
    """Return the profile's values by lower-case key; empty when it can't be had."""
    try:
        if reader == "profile":
            text, _ = decode(member.read())
            name = _USER_LINE.search(text)
            return {"username": name[1]} if name else {}
        with member.open() as stream:
            roots = head_values(
                stream, ("Profile", "Profile And Settings", "Profile and Settings", "Profile Information")
            )
    except MemberError:
        return {}
    return next(filter(None, (_profile_map(root) for root in roots.values())), {})


def _profile_map(value: Any, depth: int = 0) -> dict[str, Any]:
    """Return the nearest `ProfileMap` (or object with a `userName`) below a value."""
    if not isinstance(value, dict) or depth > 4:
        return {}
    plain = lowered(value)
    if isinstance(plain.get("username"), str):
        return plain
    return next(filter(None, (_profile_map(inner, depth + 1) for inner in value.values())), {})


def _owner(profile: dict[str, Any]) -> Survey:
    name, email = username(profile.get("username")), text_of(profile.get("emailaddress")) or None
    if not name:
        return Survey()
    shown = text_of(profile.get("displayname")) or text_of(profile.get("name")) or None
    owner = Owner(ids=frozenset({name}), handles=frozenset({name}), emails=frozenset({email} if email else set()))
    return Survey(Account(name, name, display_name=shown, email=email), owner)


SOURCE = Source(
    name="tiktok",
    version=3,
    platforms=(TIKTOK,),
    recognise=recognise,
    readers={
        "json": Reader(read_json, count_json),
        "profile": Reader(None, None),
        **{f"text_{section}": Reader(reader_of(section), count_of(section)) for section in sorted(set(NAMES.values()))},
    },
    survey=survey,
)
