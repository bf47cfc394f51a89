"""The first look: own channels and videos, and which channel a video belongs to."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.formats.csv_rows import Row, read_rows
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.web.json_items import compact_us, text_of
from pipeline.sources.youtube.columns import understand
from pipeline.sources.youtube.comments import CHANNEL_NAME, OWN_VIDEOS, VIDEO_CHANNEL
from pipeline.sources.youtube.html import watched
from pipeline.sources.youtube.texts import CHANNEL

_FILE_DATE: Final = re.compile(r"takeout-(\d{8})T(\d{6})Z", re.IGNORECASE)
_VIDEO: Final = re.compile(r"(?:v=|youtu\.be/|shorts/)([A-Za-z0-9_-]{11})")
_PAGE: Final = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{11}")


def _rows(member: Member, most: int | None = None) -> Iterator[Row]:
    try:
        with member.open() as stream:
            for number, row in enumerate(read_rows(stream)):
                if most is not None and number >= most:
                    return
                yield row
    except MemberError:
        return


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Look over the archive. Owner: channel.csv, else the one channel that wrote all comments and subscribed."""
    readers = {claim.member: claim.reader for claim in claims}
    own: dict[str, str] = {}
    writers: set[str] = set()
    handles: set[str] = set()
    maps: dict[str, dict[str, str]] = {VIDEO_CHANNEL: {}, CHANNEL_NAME: {}, OWN_VIDEOS: {}}
    for member in archive.members:
        reader = readers.get(member.name, "")
        if reader == "channel":
            own.update(_own_channels(member))
        elif reader == "url_configs":
            handles.update(_vanity_names(member))
        elif reader in {"comments", "live_chats"}:
            writers.update(_writers(member))
        elif reader == "old_subscriptions":
            writers.update(_subscriber(member))
        elif reader == "videos":
            maps[OWN_VIDEOS].update(_own_videos(member))
        elif reader in {"watch_json", "watch_html"}:
            for video, native_id, name in _watched(member, reader):
                maps[VIDEO_CHANNEL][video] = native_id
                maps[CHANNEL_NAME][native_id] = name
    if not own and len(writers) == 1:
        own = dict.fromkeys(writers, "")
    first = next(iter(own), None)
    handle = min(handles) if len(handles) == 1 else None
    account = Account(first, handle, display_name=own[first] or None) if first else None
    owner = Owner(
        ids=frozenset(own), handles=frozenset(handles), names=frozenset(name for name in own.values() if name)
    )
    dated = _FILE_DATE.search(archive.file_name)
    exported = compact_us(dated[1] + dated[2]) if dated else None
    return Survey(account, owner, exported, maps={name: found for name, found in maps.items() if found})


def _own_channels(member: Member) -> dict[str, str]:
    """Return id -> title of own channels: the cell that is an id; the title by name, else the last text that is no visibility."""
    found = {}
    for row in _rows(member):
        native_id = next((value.strip() for value in row.values.values() if CHANNEL.fullmatch(value.strip())), "")
        titled = [
            value.strip() for name, value in row.values.items() if re.search("title|titel|título|titlu|назва", name)
        ]
        if native_id:
            found[native_id] = next(filter(None, titled), "")
    return found


def _vanity_names(member: Member) -> set[str]:
    names = {value.strip().lstrip("@").lower() for row in _rows(member) for value in row.values.values()}
    return {name for name in names if name and not CHANNEL.fullmatch(name.upper()[:2] + name[2:])}


def _writers(member: Member) -> set[str]:
    rows = list(_rows(member, 500))
    header = understand(rows[:50]).get("channel", "")
    return {row.values.get(header, "").strip() for row in rows if CHANNEL.fullmatch(row.values.get(header, "").strip())}


def _subscriber(member: Member) -> set[str]:
    """Return whose list of subscriptions it is: the API's `snippet.channelId` is the subscriber's."""
    try:
        with member.open() as stream:
            for _index, raw in split_array(stream):
                item = loads(raw)
                snippet = item.get("snippet") if isinstance(item, dict) else None
                native_id = text_of(snippet.get("channelId")) if isinstance(snippet, dict) else ""
                return {native_id} if CHANNEL.fullmatch(native_id) else set()
    except (MemberError, BadJson):
        pass
    return set()


def _own_videos(member: Member) -> dict[str, str]:
    found = {}
    for row in _rows(member):
        video = next((value.strip() for value in list(row.values.values())[:2] if _ID.fullmatch(value.strip())), "")
        if video:
            found[video] = ""
    return found


def _watched(member: Member, reader: str) -> Iterator[tuple[str, str, str]]:
    try:
        with member.open() as stream:
            if reader == "watch_html":
                yield from watched(stream)
                return
            for _index, raw in split_array(stream):
                try:
                    yield from _event(loads(raw))
                except BadJson:
                    continue
    except MemberError:
        return


def _event(item: Any) -> Iterator[tuple[str, str, str]]:
    subtitles = item.get("subtitles") if isinstance(item, dict) else None
    author = subtitles[0] if isinstance(subtitles, list) and subtitles and isinstance(subtitles[0], dict) else {}
    video, page = (
        _VIDEO.search(text_of(item.get("titleUrl")) if author else ""),
        _PAGE.search(text_of(author.get("url"))),
    )
    if video and page:
        yield video[1], page[1], text_of(author.get("name"))
