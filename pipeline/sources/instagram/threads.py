"""Threads: posts, replies and likes (its follows have Instagram's form: `follows`)."""

from typing import Any

from pipeline.model.records import Context, Interaction, Parsed, Skipped, Stored, Tie, Unattributed
from pipeline.sources.instagram.activity import caption_of
from pipeline.sources.instagram.people import THREADS, facts_of, is_owner, mentions, person_of
from pipeline.sources.shared.meta.values import list_reader, untimed


def post(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a post or reply. Whom a reply went to is not in the export: only `@username` in the text names somebody."""
    text, at, first = caption_of(record)
    if at is None:
        return untimed(pointer, "a post")
    about = record.get("text_app_post") or first.get("text_app_post")
    kind = "reply" if isinstance(about, dict) and about.get("is_reply") is True else "post"
    named = mentions(text, context, at, platform=THREADS)
    return Stored(pointer, tuple(named) or (Unattributed(kind, "outbound", at, text, platform=THREADS),))


def like(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a like: the title is the author's username."""
    facts = facts_of(record, title_first=True)
    handle = facts.handle
    if not handle:
        return Stored(pointer, (Unattributed("like", "outbound", facts.at, url=facts.url, platform=THREADS),))
    if is_owner(context, handle, THREADS):
        return Skipped(pointer, "self_event")
    person = person_of(handle, platform=THREADS)
    if facts.at is None:
        return Stored(pointer, (person, Tie(handle, "liked", platform=THREADS)))
    return Stored(pointer, (person, Interaction(handle, "outbound", "like", facts.at, url=facts.url, platform=THREADS)))


READERS = {
    "threads_posts": list_reader(post, r"text_post_app_text_posts"),
    "threads_likes": list_reader(like, r"text_post_app_media_likes"),
}
