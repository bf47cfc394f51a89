"""Survey a Takeout: the owner's channels and videos, and the channels of videos in the watch history."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.csv_rows import Row
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.csv_tables.headings import first_heading, read_table
from pipeline.sources.shared.json_values.access import at_path
from pipeline.sources.shared.web.json_items import compact_us, text_of
from pipeline.sources.youtube.channels import CHANNEL_ID
from pipeline.sources.youtube.columns import find_columns
from pipeline.sources.youtube.facts import YouTubeFacts
from pipeline.sources.youtube.watch_history import watched_videos

_EXPORT_NAME: Final = re.compile(r"takeout-(\d{8})T(\d{6})Z", re.IGNORECASE)
_VIDEO_ID: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_TITLE_COLUMN: Final = re.compile("title|titel|título|titlu|назва")
_ID_TITLE_VISIBILITY: Final = 3
"""Columns of a table of channels without country and description; the second one is the title in every language."""
_MOST_ROWS: Final = 500
"""Rows of a table of comments that are read to find the owner's channel."""
_FIRST_ROWS: Final = 50


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return owner, account, export date and facts.

    The owner's channels are those of `channel.csv`, else the one channel that wrote all comments and subscribed.
    """
    readers = {claim.member: claim.reader for claim in claims}
    own: dict[str, str] = {}
    writers: set[str] = set()
    handles: set[str] = set()
    own_videos: set[str] = set()
    channel_of_video: dict[str, str] = {}
    channel_names: dict[str, str] = {}
    for member in archive.members:
        reader = readers.get(member.name, "")
        if reader == "channel":
            for channel, title in _own_channels(member).items():
                own[channel] = own.get(channel) or title
        elif reader == "url_configs":
            handles |= _vanity_names(member)
        elif reader in {"comments", "live_chats"}:
            writers |= _writers(member)
        elif reader == "old_subscriptions":
            writers |= _subscriber(member)
        elif reader == "videos":
            own_videos |= _own_videos(member)
        elif reader in {"watch_json", "watch_html"}:
            for watched in watched_videos(member, reader):
                channel_of_video[watched.video] = watched.channel
                channel_names[watched.channel] = watched.channel_name
    if not own and len(writers) == 1:
        own = dict.fromkeys(writers, "")
    first = next(iter(own), None)
    handle = min(handles) if len(handles) == 1 else None
    dated = _EXPORT_NAME.search(archive.file_name)
    return Survey(
        account=Account(first, handle, display_name=own[first] or None) if first else None,
        owner=Owner(ids=frozenset(own), handles=frozenset(handles), names=frozenset(filter(None, own.values()))),
        exported_at=compact_us(dated[1] + dated[2]) if dated else None,
        facts=YouTubeFacts(channel_of_video, channel_names, frozenset(own_videos)),
    )


def _rows(member: Member, most: int | None = None) -> Iterator[Row]:
    try:
        yield from islice(read_table(member, first_heading(member)), most)
    except MemberError:
        return


def _own_channels(member: Member) -> dict[str, str]:
    """Return id -> title of the owner's channels; the id is known by its shape, the title by its column's name."""
    found: dict[str, str] = {}
    for row in _rows(member):
        channel_id = next((cell.strip() for cell in row.values.values() if CHANNEL_ID.fullmatch(cell.strip())), "")
        titles = [cell.strip() for name, cell in row.values.items() if _TITLE_COLUMN.search(name)]
        if not titles and len(row.values) == _ID_TITLE_VISIBILITY:
            titles = [list(row.values.values())[1].strip()]
        if channel_id and not found.get(channel_id):
            found[channel_id] = next(filter(None, titles), "")
    return found


def _vanity_names(member: Member) -> set[str]:
    names = {cell.strip().lstrip("@").lower() for row in _rows(member) for cell in row.values.values()}
    return {name for name in names if name and not CHANNEL_ID.fullmatch(name.upper()[:2] + name[2:])}


def _writers(member: Member) -> set[str]:
    """Return the channels in a table of comments: its channel column holds the writer, who is the owner."""
    rows = list(_rows(member, _MOST_ROWS))
    header = find_columns(rows[:_FIRST_ROWS]).get("channel", "")
    return {cell for row in rows if CHANNEL_ID.fullmatch(cell := row.values.get(header, "").strip())}


def _subscriber(member: Member) -> set[str]:
    """Return the subscriber's channel. Format fact: `snippet.channelId` is the subscriber's, as in YouTube's API."""
    try:
        with member.open() as stream:
            for _index, raw in split_array(stream):
                channel_id = text_of(at_path(loads(raw), "snippet", "channelId"))
                return {channel_id} if CHANNEL_ID.fullmatch(channel_id) else set()
    except (MemberError, BadJson):
        pass
    return set()


def _own_videos(member: Member) -> set[str]:
    """Return the ids of the owner's videos, which are in one of the table's first two columns."""
    first_cells = ([cell.strip() for cell in list(row.values.values())[:2]] for row in _rows(member))
    return {video for cells in first_cells if (video := next(filter(_VIDEO_ID.fullmatch, cells), ""))}
