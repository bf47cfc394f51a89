"""Subscriptions and likes. Format fact: exports before mid 2021 date them (JSON); later ones list subscriptions undated (CSV)."""

from collections.abc import Iterable, Iterator

from pipeline.formats.csv_rows import Row
from pipeline.model.records import Interaction, ListSeen, Parsed, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.json_values.access import JsonObject, at_path
from pipeline.sources.shared.web.json_items import iso_us, objects, text_of, unreadable_time
from pipeline.sources.youtube.channels import CHANNEL_ID, channel_person, known_channel, video_url
from pipeline.sources.youtube.comments import field_of, read_table
from pipeline.sources.youtube.facts import YouTubeFacts


def _no_channel(pointer: str) -> SetAside:
    return SetAside(pointer, "missing_field", "a subscription without a channel id")


def _whole_list(items: Iterable[Parsed]) -> Iterator[Item]:
    """Yield the items of a list of subscriptions, then the statement whether it is complete.

    It is when no item is set aside but those without a channel id, which are no tie to a known person.
    """
    complete = True
    for item in items:
        complete &= not isinstance(item, SetAside) or item.code == "missing_field"
        yield item
    yield ListSeen("follows", complete=complete)


def read_subscriptions(member: Member, context: Context) -> Iterator[Item]:
    """Read `subscriptions.csv`: a tie for each channel, and the statement that the list is complete."""

    def read_row(row: Row, columns: dict[str, str]) -> Parsed:
        channel_id = field_of(row, columns, "channel")
        if not CHANNEL_ID.fullmatch(channel_id):
            return _no_channel(row.pointer)
        if channel_id in context.owner("youtube").ids:
            return Skipped(row.pointer, "self_event")
        title = field_of(row, columns, "title") or None
        return Stored(row.pointer, (channel_person(channel_id, title), Tie(channel_id, "follows")))

    yield from _whole_list(read_table(member, ("channel",), read_row))


def read_dated_subscriptions(member: Member, context: Context) -> Iterator[Item]:
    """Read `subscriptions.json` (before mid 2021), where each subscription has its time."""

    def read_item(item: JsonObject, pointer: str) -> Parsed:
        channel_id = text_of(at_path(item, "snippet", "resourceId", "channelId"))
        if not CHANNEL_ID.fullmatch(channel_id):
            return _no_channel(pointer)
        if channel_id in context.owner("youtube").ids:
            return Skipped(pointer, "self_event")
        title, at = text_of(at_path(item, "snippet", "title")) or None, iso_us(at_path(item, "snippet", "publishedAt"))
        person = channel_person(channel_id, title)
        if at is None:
            return Stored(pointer, (person, Tie(channel_id, "follows")))
        follow = Interaction(channel_id, "outbound", "follow", at)
        return Stored(pointer, (person, follow, Tie(channel_id, "follows", at)))

    yield from _whole_list(objects(member, (), "", read_item))


def read_dated_likes(member: Member, context: Context) -> Iterator[Item]:
    """Read `playlists/likes.json` (before 2021): a like goes to the video's channel if the watch history names it."""
    facts = context.facts(YouTubeFacts)

    def read_item(item: JsonObject, pointer: str) -> Parsed:
        at = iso_us(at_path(item, "snippet", "publishedAt"))
        if at is None:
            return unreadable_time(pointer)
        in_details = text_of(at_path(item, "contentDetails", "videoId"))
        video = in_details or text_of(at_path(item, "snippet", "resourceId", "videoId"))
        channel_id = facts.channel_of_video.get(video)
        if video in facts.own_videos or channel_id in context.owner("youtube").ids:
            return Skipped(pointer, "self_event")
        if channel_id is None:
            return Stored(pointer, (Unattributed("like", "outbound", at, url=video_url(video)),))
        like = Interaction(channel_id, "outbound", "like", at, native_id=f"like:{video}", url=video_url(video))
        return Stored(pointer, (known_channel(channel_id, context), like))

    yield from objects(member, (), "", read_item)
