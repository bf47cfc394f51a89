"""Comment texts in their encodings, and the mentions inside of them.

Facts: (a) `{"takeoutSegments": [{"text": …}, …]}`; (b) since 2024 a run of objects without brackets, with raw line breaks inside
of their strings; (c) plain text; (d) rarely broken JSON, which is then the text. A segment may be a `mention` of a channel.
"""

import json
import re
from typing import Any, Final, NamedTuple

from pipeline.formats.decoding import clean
from pipeline.model.records import Person

CHANNEL: Final = re.compile(r"UC[A-Za-z0-9_-]{22}")


class Said(NamedTuple):
    """A comment's plain text, the people it mentions (each once), and the one whom it begins with, if any."""

    text: str
    mentioned: tuple[Person, ...] = ()
    first: str | None = None


def channel(native_id: str, name: str | None = None, handle: str | None = None) -> Person:
    """Return the person behind a channel id."""
    return Person(native_id, handle=handle, display_name=name, url=f"https://www.youtube.com/channel/{native_id}")


def said(raw: str) -> Said:
    """Return what a text cell says; a cell that is no segment JSON is its own text."""
    segments = _segments(raw)
    if segments is None:
        return Said(clean(raw).strip())
    parts: list[str] = []
    people: dict[str, Person] = {}
    first = None
    for segment in segments:
        shown = segment.get("text")
        shown = shown if isinstance(shown, str) else ""
        native_id = _mentioned(segment)
        if native_id:
            handle = shown.strip().lstrip("@").lower() if shown.strip().startswith("@") else None
            people.setdefault(native_id, channel(native_id, handle=handle))
            if not "".join(parts).strip():
                first = native_id
        parts.append(shown)
    return Said(clean("".join(parts)).strip(), tuple(people.values()), first)


def _mentioned(segment: dict[str, Any]) -> str | None:
    mention = segment.get("mention")
    if not isinstance(mention, dict):
        return None
    found = mention.get("channelId") or mention.get("externalChannelId")
    return found if isinstance(found, str) and CHANNEL.fullmatch(found) else None


def _segments(raw: str) -> list[dict[str, Any]] | None:
    """Return the segments of forms (a) and (b), None for other texts."""
    text = raw.strip()
    if not text.startswith(("{", "[")) or text.count("{") + text.count("[") > 100_000:
        return None
    try:
        value = json.loads(text if text.startswith("[") else f"[{text}]", strict=False)
    except (ValueError, RecursionError):
        return None
    if len(value) == 1 and isinstance(value[0], dict) and isinstance(value[0].get("takeoutSegments"), list):
        value = value[0]["takeoutSegments"]
    keys = {"text", "link", "mention", "emoji"}
    if not all(isinstance(item, dict) and keys & item.keys() for item in value):
        return None
    return list(value)
