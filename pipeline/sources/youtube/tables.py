"""Which table of a Takeout is which: by the names of columns, else by the shape of their values, by file names last."""

import io
import re
from functools import cached_property
from typing import Final

from pipeline.formats.csv_rows import Row, read_rows
from pipeline.formats.decoding import utf8_stream
from pipeline.sources.base import Claim, Member
from pipeline.sources.shared.csv_tables.headings import first_heading
from pipeline.sources.youtube.channels import CHANNEL_ID
from pipeline.sources.youtube.columns import by_name, by_shape

LIVE: Final = re.compile(r"live|direct|vivo|ao vivo|diretta|실시간", re.IGNORECASE)
"""A live chat's file name, in the languages seen."""
_CHANNEL: Final = re.compile(
    r"(?:^|/)(?:channel|kanal|canal|chaîne|kanaal|canale|канал|채널)(?:\(\d+\))?\.csv$", re.IGNORECASE
)
_CONFIGS: Final = re.compile(r"url[ -]?(?:config|konfig)", re.IGNORECASE)
_VIDEOS: Final = re.compile(r"video[ -]?metada|metadatos|métadonnées", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comment|koment|reacti|coment|комент|댓글|コメント", re.IGNORECASE)
_DISTINCTIVE_HEADERS: Final = frozenset({"comment create timestamp", "live chat create timestamp"})
_HEAD: Final = 1 << 16
_FIRST_ROWS: Final = 50
_SEGMENT: Final = re.compile(r"""\s*(?:\[?\s*\{\s*"(?:text|takeoutSegments|mention|link)")""")


class Table:
    """The first rows of a CSV, and what their header and values show."""

    def __init__(self, member: Member) -> None:
        self.name = member.name
        self.rows = _first_rows(member)
        self.headers = list(self.rows[0].values) if self.rows else []
        self.named = by_name(self.headers)

    @cached_property
    def shaped(self) -> dict[str, str]:
        """Field -> header, by name and by the shape of values."""
        return {**by_shape(self.rows), **self.named}

    @property
    def is_distinctive(self) -> bool:
        """Whether only YouTube writes such a table, in whatever language: ids of channels with their pages or with comments."""
        if _DISTINCTIVE_HEADERS & set(self.headers) or {"channel", "url"} <= self.shaped.keys():
            return True
        return {"channel", "time", "text"} <= self.shaped.keys() and ("id" in self.shaped or self._has_segments)

    @property
    def writers(self) -> set[str]:
        """The channels that wrote a table of comments."""
        column = self.shaped.get("channel", "") if {"time", "text"} <= self.shaped.keys() else ""
        return {value for row in self.rows if CHANNEL_ID.fullmatch(value := row.values.get(column, "").strip())}

    @property
    def _has_segments(self) -> bool:
        return any(_SEGMENT.match(row.values.get(self.shaped.get("text", ""), "")) for row in self.rows)

    @property
    def _lists_own_videos(self) -> bool:
        """Whether the first column has a different video in every row, beside a channel, and no row is a comment."""
        first = [next(iter(row.values.values()), "").strip() for row in self.rows]
        is_first = bool(self.headers) and self.shaped.get("video") == self.headers[0]
        return is_first and "channel" in self.shaped and len(set(first)) == len(first) and "id" not in self.shaped

    def _is_own_channel(self, writers: frozenset[str]) -> bool:
        """Whether the only ids are those of the channels that write the comments; without comments, of a single channel."""
        columns = [
            [
                row.values[header].strip()
                for row in self.rows
                if CHANNEL_ID.fullmatch(row.values.get(header, "").strip())
            ]
            for header in self.headers
        ]
        found = [column for column in columns if column]
        if len(found) != 1 or {"url", "time", "video", "id"} & self.shaped.keys():
            return False
        return bool(writers & set(found[0])) if writers else len(self.rows) == 1

    def claim(self, writers: frozenset[str], *, inside: bool) -> Claim | None:
        """Return the claim on the table, None when it is none of YouTube's.

        Args:
            writers: the channels that write the archive's comments.
            inside: whether the table is part of a YouTube export for other reasons.
        """
        if _DISTINCTIVE_HEADERS & set(self.headers):
            return Claim(self.name, "live_chats" if "live chat create timestamp" in self.headers else "comments", 1.0)
        if {"channel", "url", "title"} <= self.named.keys():
            return Claim(self.name, "subscriptions", 0.9)
        if not inside:
            return Claim(self.name, "comments", 0.9) if {"time", "text", "id"} <= self.named.keys() else None
        return self._claim_inside(writers)

    def _claim_inside(self, writers: frozenset[str]) -> Claim | None:
        fields = self.shaped.keys()
        if _CONFIGS.search(self.name):
            return Claim(self.name, "url_configs", 0.9)
        if _CHANNEL.search(self.name):
            return Claim(self.name, "channel", 0.9)
        if _VIDEOS.search(self.name) or self._lists_own_videos:
            return Claim(self.name, "videos", 0.8) if {"channel", "video"} <= fields else None
        if {"channel", "url"} <= fields and "time" not in fields:
            return Claim(self.name, "subscriptions", 0.8)
        if {"time", "text", "channel"} <= fields:
            live = LIVE.search(self.name) is not None or "id" not in fields
            return Claim(self.name, "live_chats" if live else "comments", 0.8)
        if self._is_own_channel(writers):
            return Claim(self.name, "channel", 0.7)
        is_named = _COMMENTS.search(self.name) is not None and bool(self.rows)
        # Its rows are set aside with the header, so that it can be reported.
        return Claim(self.name, "comments", 0.5) if is_named or {"time", "id"} <= fields else None


def _first_rows(member: Member) -> list[Row]:
    heading = first_heading(member)
    head = member.head(_HEAD)
    text = utf8_stream(io.BytesIO(head)).read()
    cut = text.rfind(b"\n") + 1 if len(head) >= _HEAD else len(text)
    found = read_rows(io.BytesIO(text[:cut]), heading.dialect(), heading.columns)
    return [row for row in found if row.problem is None][:_FIRST_ROWS]
