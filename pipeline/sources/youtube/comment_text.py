"""The text of a comment in each of its encodings, and the channels that it mentions.

Format facts: (a) `{"takeoutSegments": [{"text": …}, …]}`; (b) since 2024 a sequence of objects without brackets, with raw
line breaks inside their strings; (c) plain text; (d) rarely broken JSON, which is then taken as the text. A segment may be
a `mention` of a channel.
"""

import json
from typing import Final, NamedTuple

from pipeline.formats.decoding import clean
from pipeline.model.records import Person
from pipeline.sources.shared.json_values.access import JsonObject, as_object, as_text
from pipeline.sources.youtube.channels import CHANNEL_ID, channel_person

_SEGMENT_KEYS: Final = frozenset({"text", "link", "mention", "emoji"})
_MOST_BRACKETS: Final = 100_000
"""More opening brackets than a text of segments has; guards the parser against hostile nesting."""


class CommentText(NamedTuple):
    """A parsed comment text."""

    text: str
    mentioned: tuple[Person, ...] = ()
    """The mentioned channels, each once, in order."""
    addressed: str | None = None
    """Id of the channel whose mention the text begins with, None when it begins otherwise."""


def parse_comment_text(raw: str) -> CommentText:
    """Return the text and mentions of a cell; a cell without segments is its own text.

    >>> parse_comment_text('{"text":"one"},{"text":" two"}').text
    'one two'
    """
    segments = _segments(raw)
    if segments is None:
        return CommentText(clean(raw).strip())
    parts: list[str] = []
    people: dict[str, Person] = {}
    addressed = None
    for segment in segments:
        shown = as_text(segment.get("text"))
        channel_id = _mentioned_channel(segment)
        if channel_id:
            handle = shown.strip().lstrip("@").lower() if shown.strip().startswith("@") else None
            people.setdefault(channel_id, channel_person(channel_id, handle=handle))
            if not "".join(parts).strip():
                addressed = channel_id
        parts.append(shown)
    return CommentText(clean("".join(parts)).strip(), tuple(people.values()), addressed)


def _mentioned_channel(segment: JsonObject) -> str | None:
    mention = as_object(segment.get("mention"))
    channel_id = as_text(mention.get("channelId") or mention.get("externalChannelId"))
    return channel_id if CHANNEL_ID.fullmatch(channel_id) else None


def _segments(raw: str) -> list[JsonObject] | None:
    """Return the segments of encodings (a) and (b), None for other texts."""
    text = raw.strip()
    if not text.startswith(("{", "[")) or text.count("{") + text.count("[") > _MOST_BRACKETS:
        return None
    try:
        value: list[object] = json.loads(text if text.startswith("[") else f"[{text}]", strict=False)
    except (ValueError, RecursionError):
        return None
    if len(value) == 1:
        wrapped = as_object(value[0]).get("takeoutSegments")
        value = wrapped if isinstance(wrapped, list) else value
    segments = [item for item in value if isinstance(item, dict) and _SEGMENT_KEYS & item.keys()]
    return segments if len(segments) == len(value) else None
