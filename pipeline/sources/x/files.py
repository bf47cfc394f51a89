"""Which file of an X export is what, in every generation of layout, and its records."""

import re
from collections.abc import Iterator
from typing import Any, Final

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.sources.base import Member

READERS: Final[dict[str, str]] = {
    "tweet": "tweets", "tweets": "tweets", "deleted_tweet": "tweets", "deleted_tweets": "tweets",
    "community_tweet": "tweets", "community_tweets": "tweets", "note_tweet": "notes", "note_tweets": "notes",
    "like": "likes", "likes": "likes", "following": "following", "follower": "follower", "block": "block",
    "direct_message": "dm", "direct_messages": "dm", "direct_message_group": "dm_group", "direct_messages_group": "dm_group",
    "audio_video_calls_in_dm": "calls_placed", "audio_video_calls_in_dm_recipient_sessions": "calls_received",
    "lists_member": "lists_member", "contact": "contacts", "periscope_comments_made_by_user": "broadcast_comments",
    "lists_created": "not_social", "lists_subscribed": "not_social", "mute": "not_social", "direct_message_mute": "not_social",
    "spaces_metadata": "not_social", "grok_chat_item": "ai_chats", "grok_chat_items": "ai_chats", "tweet_headers": "headers", "deleted_tweet_headers": "headers",
    "direct_message_headers": "dm_headers", "direct_message_group_headers": "dm_headers", "direct_messages_headers": "dm_headers",
    "account": "account", "screen_name_change": "account",
}  # fmt: skip
"""Global name inside of the file (or base name with `_`), part number dropped -> reader. Names are compared whole."""

_GLOBAL: Final = re.compile(rb"window\.YTD\.(\w+?)(?:\.part\d+)?\s*=")
_BASE: Final = re.compile(r"([a-z_-]+?)(?:-part\d+)?\.js", re.IGNORECASE)
_CLASSIC: Final = re.compile(rb"\s*Grailbird\.data\.tweets?_\d{4}_\d\d\s*=")
_CSV_COLUMNS: Final = (b"tweet_id", b"in_reply_to_status_id", b"timestamp", b"text")


def reader_of(member: Member) -> str | None:
    """Return the reader for a member by what is inside of it, None for what isn't read."""
    base = member.name.rpartition("/")[2]
    lower = base.lower()
    if lower == "tweets.csv":
        first = member.head(512).split(b"\n", 1)[0].lower()
        return "classic_csv" if all(column in first for column in _CSV_COLUMNS) else None
    if not lower.endswith(".js"):
        return None
    head = member.head(512)
    if _CLASSIC.search(head):
        return "tweets"
    if re.search(rb"window\.__THAR_CONFIG\s*=", head):
        return "account"
    if lower in {"user_details.js", "payload_details.js"} and re.search(rb"var \w+_details\s*=", head):
        return "account"
    found = _GLOBAL.search(head)
    if found is None:
        return None
    named = found[1].decode().lower()
    by_file = _BASE.fullmatch(lower)
    return READERS.get(named) or (READERS.get(by_file[1].replace("-", "_")) if by_file else None)


def records(member: Member, wrapper: str) -> Iterator[tuple[str, dict[str, Any] | None, BadJson | None]]:
    """Yield (pointer, record, problem) of each element, without its wrapper (`{"tweet": {…}}`; the oldest have none)."""
    with member.open() as stream:
        for index, raw in split_array(stream):
            try:
                value = loads(raw)
            except BadJson as error:
                yield f"/{index}", None, error
                continue
            if isinstance(value, dict) and isinstance(value.get(wrapper), dict):
                value = value[wrapper]
            if isinstance(value, dict):
                yield f"/{index}", value, None
            else:
                yield f"/{index}", None, BadJson("not_an_object", "a record here should be a JSON object")
