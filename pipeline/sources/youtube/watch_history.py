"""The watch history, as JSON and as HTML. Its events are left out; they name the channels of videos.

Format facts: a JSON event has `titleUrl` (the video) and `subtitles` (its channel); an HTML cell is the video's link (before
or after the word “watched”, by language), `<br>`, the link of its channel, and a time that is not needed here.
"""

import html
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Parsed, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import as_object, first_object
from pipeline.sources.shared.web.json_items import text_of

_VIDEO_URL: Final = re.compile(r"(?:v=|youtu\.be/|shorts/)([A-Za-z0-9_-]{11})")
_CHANNEL_URL: Final = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})")
_WATCHED: Final = re.compile(
    rb'watch\?v=([A-Za-z0-9_-]{11})[^>]*>[^<]*</a>[^<]*<br\s*/?>\s*<a href="https?://www\.youtube\.com/channel/(UC[A-Za-z0-9_-]{22})"[^>]*>([^<]*)</a>'
)
_CELL: Final = b'class="outer-cell'
_CHUNK: Final = 1 << 20


class WatchedVideo(NamedTuple):
    """A video with the channel that a watch event names for it."""

    video: str
    channel: str
    channel_name: str


def watched_videos(member: Member, reader: str) -> Iterator[WatchedVideo]:
    """Yield the videos of a history (reader `watch_json` or `watch_html`) whose channel it names; nothing when unreadable."""
    try:
        with member.open() as stream:
            if reader == "watch_html":
                yield from videos_in_cells(stream)
                return
            for _index, raw in split_array(stream):
                try:
                    event = as_object(loads(raw))
                except BadJson:
                    continue
                author = first_object(event.get("subtitles"))
                video = _VIDEO_URL.search(text_of(event.get("titleUrl")) if author else "")
                channel = _CHANNEL_URL.search(text_of(author.get("url")))
                if video and channel:
                    yield WatchedVideo(video[1], channel[1], text_of(author.get("name")))
    except MemberError:
        return


def videos_in_cells(stream: BinaryIO) -> Iterator[WatchedVideo]:
    """Yield the videos of an HTML history whose cell names their channel."""
    for cell in _cells(stream):
        found = _WATCHED.search(cell)
        if found:
            name = html.unescape(found[3].decode("utf-8", "replace")).strip()
            yield WatchedVideo(found[1].decode(), found[2].decode(), name)


def skip_events(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out the events of a JSON history."""
    with member.open() as stream:
        for index, _raw in split_array(stream):
            yield Skipped(f"/{index}", "not_social")


def skip_cells(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out the cells of an HTML history."""
    with member.open() as stream:
        for number, _cell in enumerate(_cells(stream)):
            yield Skipped(f"/cell/{number}", "not_social")


def count_cells(member: Member, _context: Context) -> int:
    """Count the cells of an HTML history."""
    number, rest = 0, b""
    with member.open() as stream:
        while data := stream.read(_CHUNK):
            data = rest + data
            number += data.count(_CELL)
            rest = data[-len(_CELL) + 1 :]
    return number


def _cells(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of each cell, from a stream that may cut a cell's opening tag between two chunks."""
    rest, inside = b"", False
    while True:
        data = stream.read(_CHUNK)
        parts = (rest + data).split(_CELL)
        if inside or len(parts) > 1:
            yield from parts[0 if inside else 1 : -1]
        inside = inside or len(parts) > 1
        rest = parts[-1] if inside else parts[-1][-len(_CELL) :]
        if not data:
            if inside:
                yield rest
            return
