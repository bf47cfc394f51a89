"""Threads: posts, replies and likes. Its follows have Instagram's form, see `follows_and_requests`."""

from pipeline.model.records import Interaction, Parsed, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.instagram.activity import caption_of
from pipeline.sources.instagram.people import THREADS, entry_fields, is_owner, mentions, person_of
from pipeline.sources.shared.json_values.access import JsonObject, as_object
from pipeline.sources.shared.meta.json_lists import list_reader, without_time


def post(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a post or reply. Format fact: a reply names no one; only `@username` in its text does."""
    caption = caption_of(record)
    if caption.at is None:
        return without_time(pointer, "a post")
    about = as_object(record.get("text_app_post") or caption.first_medium.get("text_app_post"))
    kind = "reply" if about.get("is_reply") is True else "post"
    rows = mentions(caption.text, context, caption.at, platform=THREADS)
    lost = Unattributed(kind, "outbound", caption.at, text=caption.text, platform=THREADS)
    return Stored(pointer, tuple(rows) or (lost,))


def like(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a like. Format fact: its title is the author's username."""
    entry = entry_fields(record, title_first=True)
    handle = entry.handle
    if not handle:
        return Stored(pointer, (Unattributed("like", "outbound", entry.at, url=entry.url, platform=THREADS),))
    if is_owner(context, handle, THREADS):
        return Skipped(pointer, "self_event")
    person = person_of(handle, platform=THREADS)
    if entry.at is None:
        return Stored(pointer, (person, Tie(handle, "liked", platform=THREADS)))
    act = Interaction(handle, "outbound", "like", entry.at, url=entry.url, platform=THREADS)
    return Stored(pointer, (person, act))


READERS = {
    "threads_posts": list_reader(post, r"text_post_app_text_posts"),
    "threads_likes": list_reader(like, r"text_post_app_media_likes"),
}
