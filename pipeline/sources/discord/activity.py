"""Read the analytics of `activity/*/events-*.json`: of all its lines only reactions are acts; whose message it was is unknown."""

from collections.abc import Iterator

from pipeline.formats.decoding import BadJson, loads, utf8_stream
from pipeline.model.records import Parsed, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.discord.ids import snowflake
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import iso_us, text_of, unreadable_time


def read_events(member: Member, _context: Context) -> Iterator[Item]:
    """Read the lines; most are skipped without being parsed, because such a file may have millions."""
    with member.open() as stream:
        for number, raw in enumerate(utf8_stream(stream), start=1):
            if raw.strip():
                yield _event(raw, f"line:{number}")


def _event(raw: bytes, place: str) -> Parsed:
    if b"add_reaction" not in raw:
        return Skipped(place, "not_social")
    try:
        event = loads(raw.strip())
    except BadJson as error:
        return SetAside(place, error.code, error.reason)
    if not isinstance(event, dict) or event.get("event_type") != "add_reaction":
        return Skipped(place, "not_social")
    at = iso_us(text_of(event.get("timestamp")).strip('"'))
    if at is None:
        return unreadable_time(place)
    message, emoji = snowflake(event.get("message_id")), _emoji(event)
    key = f"reaction/{message}/{emoji}" if message else None
    channel = snowflake(event.get("channel_id")) or None
    return Stored(
        place,
        (Unattributed("message_reaction", "outbound", at, emoji or None, native_id=key, thread=channel),),
    )


def _emoji(event: JsonObject) -> str:
    return text_of(event.get("emoji_name"))
