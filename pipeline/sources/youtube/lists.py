"""Subscriptions (a table without dates; the old JSON with dates), the old likes, and watch events that only inform."""

from collections.abc import Iterator
from typing import Any

from pipeline.formats.csv_rows import Row
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Context, Interaction, ListSeen, Parsed, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.web.json_items import iso_us, objects, text_of, unreadable_time
from pipeline.sources.youtube.comments import OWN_VIDEOS, channel_of, known_channel, read_table, video_url
from pipeline.sources.youtube.texts import CHANNEL, channel


def read_subscriptions(member: Member, context: Context) -> Iterator[Item]:
    """Read subscriptions.csv: ties, and the whole list."""

    def entry(row: Row, columns: dict[str, str]) -> Parsed:
        native_id = row.values.get(columns["channel"], "").strip()
        title = row.values.get(columns.get("title", ""), "").strip() or None
        if not CHANNEL.fullmatch(native_id):
            return SetAside(row.pointer, "missing_field", "a subscription without a channel id")
        if native_id in context.owner("youtube").ids:
            return Skipped(row.pointer, "self_event")
        return Stored(row.pointer, (channel(native_id, title), Tie(native_id, "follows")))

    yield from read_table(member, ("channel",), entry)
    yield ListSeen("follows", complete=True)


def _inner(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def read_old_subscriptions(member: Member, context: Context) -> Iterator[Item]:
    """Read subscriptions.json of before 2021: each with the time of subscribing."""

    def entry(item: dict[str, Any], place: str) -> Parsed:
        native_id = text_of(_inner(item, "snippet", "resourceId", "channelId"))
        title, at = text_of(_inner(item, "snippet", "title")) or None, iso_us(_inner(item, "snippet", "publishedAt"))
        if not CHANNEL.fullmatch(native_id):
            return SetAside(place, "missing_field", "a subscription without a channel id")
        if native_id in context.owner("youtube").ids:
            return Skipped(place, "self_event")
        who = channel(native_id, title)
        if at is None:
            return Stored(place, (who, Tie(native_id, "follows")))
        return Stored(place, (who, Interaction(native_id, "outbound", "follow", at), Tie(native_id, "follows", at)))

    yield from objects(member, (), "", entry)
    yield ListSeen("follows", complete=True)


def read_old_likes(member: Member, context: Context) -> Iterator[Item]:
    """Read playlists/likes.json: the time of liking; the video's channel comes from the watch history, if at all."""

    def entry(item: dict[str, Any], place: str) -> Parsed:
        at = iso_us(_inner(item, "snippet", "publishedAt"))
        video = text_of(_inner(item, "contentDetails", "videoId")) or text_of(
            _inner(item, "snippet", "resourceId", "videoId")
        )
        if at is None:
            return unreadable_time(place)
        target = channel_of(video, context)
        if video in context.survey.maps.get(OWN_VIDEOS, {}) or target in context.owner("youtube").ids:
            return Skipped(place, "self_event")
        if target is None:
            return Stored(place, (Unattributed("like", "outbound", at, url=video_url(video)),))
        act = Interaction(target, "outbound", "like", at, native_id=f"like:{video}", url=video_url(video))
        return Stored(place, (known_channel(target, context), act))

    yield from objects(member, (), "", entry)


def skip_events(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out watch and search events: they only inform about videos' channels."""
    with member.open() as stream:
        for index, _raw in split_array(stream):
            yield Skipped(f"/{index}", "not_social")
