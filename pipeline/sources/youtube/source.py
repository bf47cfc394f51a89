"""YouTube as a source: its folder in a Takeout, in any language."""

import io
import re
from collections.abc import Iterable
from typing import Final

from pipeline.formats.counting import csv_rows, json_array
from pipeline.formats.csv_rows import Row, read_rows
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.shared.export_files import media_parts
from pipeline.sources.youtube.columns import by_name, by_shape
from pipeline.sources.youtube.comments import read_comments, read_live_chats
from pipeline.sources.youtube.comments_html import count_items, read_comment_page, read_live_chat_page
from pipeline.sources.youtube.declaration import YOUTUBE
from pipeline.sources.youtube.facts import YouTubeFacts
from pipeline.sources.youtube.subscriptions_and_likes import (
    read_dated_likes,
    read_dated_subscriptions,
    read_subscriptions,
)
from pipeline.sources.youtube.survey import survey
from pipeline.sources.youtube.watch_history import count_cells, skip_cells, skip_events

_YOUTUBE_FOLDER: Final = re.compile(r"youtube", re.IGNORECASE)
_TAKEOUT_FOLDER: Final = re.compile(r"(?:^|/)Takeout/YouTube[^/]*/")
_LIVE: Final = re.compile(r"live|direct|vivo|ao vivo|diretta|실시간", re.IGNORECASE)
_CHANNEL: Final = re.compile(
    r"(?:^|/)(?:channel|kanal|canal|chaîne|kanaal|canale|канал|채널)(?:\(\d+\))?\.csv$", re.IGNORECASE
)
_CONFIGS: Final = re.compile(r"url[ -]?(?:config|konfig)", re.IGNORECASE)
_VIDEOS: Final = re.compile(r"video[ -]?metada|metadatos|métadonnées", re.IGNORECASE)
_DISTINCTIVE_HEADERS: Final = frozenset({"comment create timestamp", "live chat create timestamp"})


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by their header or the shape of their values, JSON and HTML by their content, never by localised names alone."""
    yield from media_parts.media_part(archive, lambda name: _TAKEOUT_FOLDER.search(name) is not None)
    for member in archive.members:
        ending = member.name.lower().rpartition(".")[2]
        inside = _YOUTUBE_FOLDER.search(member.name) is not None
        claim = None
        if ending == "csv":
            claim = _table(member, inside=inside)
        elif ending == "json":
            claim = _json(member, inside=inside)
        elif ending in {"html", "htm"} and inside:
            claim = _html(member)
        if claim:
            yield claim


def _first_rows(member: Member) -> list[Row]:
    head = member.head(1 << 16)
    cut = head.rfind(b"\n") + 1 if len(head) >= 1 << 16 else len(head)
    return [row for row in read_rows(io.BytesIO(head[:cut])) if row.problem is None][:50]


def _table(member: Member, *, inside: bool) -> Claim | None:
    name = member.name
    rows = _first_rows(member)
    headers = list(rows[0].values) if rows else []
    if _DISTINCTIVE_HEADERS & set(headers):
        return Claim(name, "live_chats" if "live chat create timestamp" in headers else "comments", 1.0)
    named = by_name(headers)
    if {"channel", "url", "title"} <= named.keys():
        return Claim(name, "subscriptions", 0.9)
    if not inside:
        return Claim(name, "comments", 0.9) if {"time", "text", "id"} <= named.keys() else None
    if _CONFIGS.search(name):
        return Claim(name, "url_configs", 0.9)
    if _CHANNEL.search(name):
        return Claim(name, "channel", 0.9)
    shaped = {**by_shape(rows), **named}
    if _VIDEOS.search(name):
        return Claim(name, "videos", 0.8) if "channel" in shaped and "video" in shaped else None
    if {"channel", "url"} <= shaped.keys() and "time" not in shaped:
        return Claim(name, "subscriptions", 0.8)
    if "time" in shaped and "text" in shaped and "channel" in shaped:
        live = _LIVE.search(name) is not None or "id" not in shaped
        return Claim(name, "live_chats" if live else "comments", 0.8)
    if re.search(r"comment|koment|reacti|coment|комент|댓글|コメント", name, re.IGNORECASE) and rows:
        return Claim(name, "comments", 0.5)  # its rows are set aside with the header, so that it can be reported
    return None


def _json(member: Member, *, inside: bool) -> Claim | None:
    head = member.head(1 << 14)
    if b'"resourceId"' in head and b"youtube#subscription" in head:
        return Claim(member.name, "old_subscriptions", 1.0)
    if (
        inside
        and b'"resourceId"' in head
        and b'"channelId"' in head
        and (b'"contentDetails"' in head or re.search(r"(?:^|/)subscriptions\.json$", member.name))
        and b'"videoId"' not in head
    ):
        return Claim(member.name, "old_subscriptions", 0.8)
    if b'"contentDetails"' in head and b'"videoId"' in head and re.search(r"(?:^|/)likes\.json$", member.name):
        return Claim(member.name, "old_likes", 0.9)
    if b'"titleUrl"' in head and b"youtube.com" in head and (inside or b'"YouTube"' in head):
        return Claim(member.name, "watch_json", 0.9)
    return None


def _html(member: Member) -> Claim | None:
    head = member.head(1 << 18)
    if b"outer-cell" in head:
        return Claim(member.name, "watch_html", 0.9)
    if re.search(rb"<li[\s>]", head) and re.search(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", head):
        return Claim(member.name, "my_live_chats" if _LIVE.search(member.name) else "my_comments", 0.9)
    return None


SOURCE = Source(
    name="youtube",
    version=2,
    platforms=(YOUTUBE,),
    recognise=recognise,
    readers={
        "comments": Reader(read_comments, csv_rows()),
        "live_chats": Reader(read_live_chats, csv_rows()),
        "subscriptions": Reader(read_subscriptions, csv_rows()),
        "old_subscriptions": Reader(read_dated_subscriptions, json_array()),
        "old_likes": Reader(read_dated_likes, json_array()),
        "my_comments": Reader(read_comment_page, count_items),
        "my_live_chats": Reader(read_live_chat_page, count_items),
        "watch_json": Reader(skip_events, json_array()),
        "watch_html": Reader(skip_cells, count_cells),
        "channel": Reader(None, None),
        "url_configs": Reader(None, None),
        "videos": Reader(None, None),
        **media_parts.READERS,
    },
    survey=survey,
    facts=YouTubeFacts,
)
