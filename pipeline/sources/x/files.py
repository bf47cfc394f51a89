"""The files of an X export in every generation of layout, and their records.

Format facts: a script sets a global (`window.YTD.tweets.part0 = [`, in classic archives `Grailbird.data.tweets_2013_05 = [`),
whose name states what it holds whatever the file is called; since 2020 a record has a wrapper (`{"tweet": {…}}`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Parse
from pipeline.sources.shared.json_values.access import JsonObject

READER_OF: Final[dict[str, str]] = {
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
"""Name of the global, or of the file with `_` for `-`, without part number -> reader. Names are compared whole."""

_GLOBAL: Final = re.compile(rb"window\.YTD\.(\w+?)(?:\.part\d+)?\s*=")
_FILE: Final = re.compile(r"([a-z_-]+?)(?:-part\d+)?\.js", re.IGNORECASE)
_CLASSIC_TWEETS: Final = re.compile(rb"\s*Grailbird\.data\.tweets?_\d{4}_\d\d\s*=")
_MANIFEST: Final = re.compile(rb"window\.__THAR_CONFIG\s*=")
_CLASSIC_DETAILS: Final = re.compile(rb"var \w+_details\s*=")
_CSV_COLUMNS: Final = (b"tweet_id", b"in_reply_to_status_id", b"timestamp", b"text")


class Record(NamedTuple):
    """An element of a file's array."""

    pointer: str
    value: JsonObject | BadJson
    """The record without its wrapper, or what is wrong with it."""


ReadRecord: TypeAlias = Callable[[JsonObject, str, Context], Parsed]
"""Turns a record, its pointer and the context into its outcome."""


def reader_of(member: Member) -> str | None:
    """Return the reader of a member by its content, None for a file that is not read."""
    base = member.name.rpartition("/")[2].lower()
    if base == "tweets.csv":
        first_line = member.head(512).split(b"\n", 1)[0].lower()
        return "classic_csv" if all(column in first_line for column in _CSV_COLUMNS) else None
    if not base.endswith(".js"):
        return None
    head = member.head(512)
    if _CLASSIC_TWEETS.search(head):
        return "tweets"
    if _MANIFEST.search(head):
        return "account"
    if base in {"user_details.js", "payload_details.js"} and _CLASSIC_DETAILS.search(head):
        return "account"
    found = _GLOBAL.search(head)
    if found is None:
        return None
    by_file = _FILE.fullmatch(base)
    return READER_OF.get(found[1].decode().lower()) or (
        READER_OF.get(by_file[1].replace("-", "_")) if by_file else None
    )


def records(member: Member, wrapper: str) -> Iterator[Record]:
    """Yield the elements of a file's array, without the wrapper where they have it."""
    with member.open() as stream:
        for index, raw in split_array(stream):
            try:
                value = loads(raw)
            except BadJson as problem:
                yield Record(f"/{index}", problem)
                continue
            if isinstance(value, dict) and isinstance(value.get(wrapper), dict):
                value = value[wrapper]
            if isinstance(value, dict):
                yield Record(f"/{index}", value)
            else:
                yield Record(f"/{index}", BadJson("not_an_object", "a record here should be a JSON object"))


def record_parser(wrapper: str, read_record: ReadRecord) -> Parse:
    """Return a parser that passes each record to `read_record` and sets aside those that cannot be read."""

    def parse(member: Member, context: Context) -> Iterator[Item]:
        for pointer, value in records(member, wrapper):
            if isinstance(value, BadJson):
                yield SetAside(pointer, value.code, value.reason)
            else:
                yield read_record(value, pointer, context)

    return parse


def skip_records(rule: str) -> Parse:
    """Return a parser that leaves out every record by one of `pipeline.model.codes.SKIP_RULES`."""

    def parse(member: Member, _context: Context) -> Iterator[Item]:
        for record in records(member, ""):
            yield Skipped(record.pointer, rule)

    return parse
