"""YouTube as a source: its folder in a Takeout, in any language."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.formats.counting import json_array
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.shared.csv_tables.headings import first_heading, row_counter
from pipeline.sources.shared.export_files import media_parts
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
from pipeline.sources.youtube.tables import LIVE, Table
from pipeline.sources.youtube.watch_history import count_cells, skip_cells, skip_events

_YOUTUBE_FOLDER: Final = re.compile(r"youtube", re.IGNORECASE)
_TAKEOUT_FOLDER: Final = re.compile(r"(?:^|/)Takeout/YouTube[^/]*/")
_TABLES: Final = (".csv", ".tsv")
_LIKED: Final = re.compile(rb'"playlistId"\s*:\s*"LL')
"""Format fact: the id of the playlist of liked videos begins with `LL`."""


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by their header or the shape of their values, JSON and HTML by their content, never by localised names alone.

    Weaker shapes count in a folder with YouTube in its name. An archive without one, as when that folder itself was handed
    in, counts as a whole when one of its members has a shape that only YouTube writes.
    """
    yield from media_parts.media_part(archive, lambda name: _TAKEOUT_FOLDER.search(name) is not None)
    tables = {member.name: Table(member) for member in archive.members if member.name.lower().endswith(_TABLES)}
    is_takeout = any(_YOUTUBE_FOLDER.search(member.name) for member in archive.members)
    handed_in = not is_takeout and (
        any(table.is_distinctive for table in tables.values()) or any(map(_is_distinctive_json, archive.members))
    )
    writers = frozenset(writer for table in tables.values() for writer in table.writers)
    for member in archive.members:
        ending = member.name.lower().rpartition(".")[2]
        inside = handed_in or _YOUTUBE_FOLDER.search(member.name) is not None
        claim = None
        if member.name in tables:
            claim = tables[member.name].claim(writers, inside=inside)
        elif ending == "json":
            claim = _json(member, inside=inside)
        elif ending in {"html", "htm"}:
            claim = _html(member, inside=inside)
        if claim:
            yield claim


def _is_distinctive_json(member: Member) -> bool:
    claim = _json(member, inside=False) if member.name.lower().endswith(".json") else None
    return claim is not None


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
    if b'"contentDetails"' in head and b'"videoId"' in head:
        is_named = re.search(r"(?:^|/)likes\.json$", member.name) is not None
        return Claim(member.name, "old_likes", 0.9) if is_named or _LIKED.search(head) else None
    if b'"titleUrl"' in head and b"youtube.com" in head and (inside or b'"YouTube"' in head):
        return Claim(member.name, "watch_json", 0.9)
    return None


def _html(member: Member, *, inside: bool) -> Claim | None:
    head = member.head(1 << 18)
    if not inside and (b"youtube.com/watch" not in head or b"takeout" not in head.lower()):
        return None
    if b"outer-cell" in head:
        return Claim(member.name, "watch_html", 0.9) if inside else None
    if re.search(rb"<li[\s>]", head) and re.search(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", head):
        return Claim(member.name, "my_live_chats" if LIVE.search(member.name) else "my_comments", 0.9)
    return None


SOURCE = Source(
    name="youtube",
    version=3,
    platforms=(YOUTUBE,),
    recognise=recognise,
    readers={
        "comments": Reader(read_comments, row_counter(first_heading)),
        "live_chats": Reader(read_live_chats, row_counter(first_heading)),
        "subscriptions": Reader(read_subscriptions, row_counter(first_heading)),
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
