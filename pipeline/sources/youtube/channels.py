"""Channels and videos: their ids and addresses. Format fact: a channel's id is `UC` and 22 characters, a video's 11."""

import re
from typing import Final

from pipeline.model.records import Person
from pipeline.model.survey import Context
from pipeline.sources.youtube.facts import YouTubeFacts

CHANNEL_ID: Final = re.compile(r"UC[A-Za-z0-9_-]{22}")


def channel_person(channel_id: str, name: str | None = None, handle: str | None = None) -> Person:
    """Return the person behind a channel id."""
    url = f"https://www.youtube.com/channel/{channel_id}"
    return Person(channel_id, handle=handle, display_name=name, url=url)


def known_channel(channel_id: str, context: Context) -> Person:
    """Return the person behind a channel id with the name that the watch history or a subscription gives it."""
    return channel_person(channel_id, context.facts(YouTubeFacts).channel_names.get(channel_id))


def video_url(video: str, comment_id: str | None = None) -> str | None:
    """Return a video's address, at a comment when its id is given; None without a video.

    >>> video_url("aBcDeFgHiJk", "UgxAAAAAAAAA")
    'https://www.youtube.com/watch?v=aBcDeFgHiJk&lc=UgxAAAAAAAAA'
    """
    at_comment = f"&lc={comment_id}" if comment_id else ""
    return f"https://www.youtube.com/watch?v={video}{at_comment}" if video else None
