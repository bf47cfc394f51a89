"""The owner's likes, comments, story interactions, reposts and captions on Instagram."""

from typing import NamedTuple

from pipeline.model.records import Interaction, Parsed, Row, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.instagram.people import entry_fields, first_time, handle_of, is_owner, mentions, person_of
from pipeline.sources.shared.json_values.access import JsonObject, as_text, first_object
from pipeline.sources.shared.meta.json_lists import ReadRecord, list_reader, skipped_list, without_time
from pipeline.sources.shared.meta.labels import (
    USERNAME,
    flatten,
    is_label,
    labelled_text,
    map_entries,
    map_entry,
)
from pipeline.sources.shared.meta.times import epoch_micros


class CommentFields(NamedTuple):
    """The fields of a comment, each empty or None when the record lacks it."""

    text: str | None
    media_owner: str
    """Username of the owner of the post. Format fact: missing for an own or a deleted post."""
    at: int | None


class Caption(NamedTuple):
    """The caption of an own post."""

    text: str | None
    at: int | None
    first_medium: JsonObject


def act_towards(kind: str, tie: str = "reacted") -> ReadRecord:
    """Return the reader of a list of acts towards a named person: an interaction when dated, else a tie."""

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        entry = entry_fields(record, title_first=True)
        text = _story_answer(record) if kind == "story_reply" else None
        if entry.handle and is_owner(context, entry.handle):
            return Skipped(pointer, "self_event")
        if not entry.handle:
            return Stored(pointer, (Unattributed(kind, "outbound", entry.at, text=text, url=entry.url),))
        person = person_of(entry.handle, entry.name)
        if entry.at is None:
            return Stored(pointer, (person, Tie(entry.handle, tie)))
        act = Interaction(entry.handle, "outbound", kind, entry.at, text=text, url=entry.url)
        return Stored(pointer, (person, act))

    return read


def _story_answer(record: JsonObject) -> str | None:
    """Return the text of an answer to a story's question; the title is the username, the value the answer."""
    answer = as_text(first_object(record.get("string_list_data")).get("value"))
    return answer if answer and record.get("title") else None


def comment(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a comment: an act towards the media owner, and a mention for each other `@username` in its text."""
    text, media_owner, at = comment_fields(record)
    if at is None:
        return without_time(pointer, "a comment")
    is_own = bool(media_owner) and is_owner(context, media_owner)
    rows: list[Row] = []
    if media_owner and not is_own:
        rows += [person_of(media_owner), Interaction(media_owner, "outbound", "comment", at, text=text)]
    rows += mentions(text, context, at, beside=frozenset({media_owner}))
    if rows:
        return Stored(pointer, tuple(rows))
    if is_own:
        return Skipped(pointer, "self_event")
    return Stored(pointer, (Unattributed("comment", "outbound", at, text=text),))


def comment_fields(record: JsonObject) -> CommentFields:
    """Return a comment's fields, by their labels, in an unknown language by the shape of the values."""
    if "label_values" in record:
        values = list(flatten(record["label_values"]))
        media_owner = labelled_text(values, "username", inside="owner") or labelled_text(values, "owner")
        text = labelled_text(values, "comment") or None
        return CommentFields(text, handle_of(media_owner), entry_fields(record).at)
    text_entry, owner_entry = map_entry(record, "comment"), map_entry(record, "owner")
    at = epoch_micros(map_entry(record, "time").get("timestamp"))
    at = at or first_time([entry for _, entry in map_entries(record)])
    written, media_owner = as_text(text_entry.get("value")), handle_of(owner_entry.get("value"))
    unlabelled = _texts_with_unknown_label(record)
    if not text_entry and unlabelled:
        # A value that is no username is the text. Of several usernames the first is: the text comes before the owner.
        written = max(unlabelled, key=lambda value: 0 if USERNAME.fullmatch(value.strip()) else len(value) or 1)
        unlabelled.remove(written)
    if not owner_entry and unlabelled:
        media_owner = next((handle for value in unlabelled if (handle := handle_of(value))), "")
    return CommentFields(written or None, media_owner, at)


def _texts_with_unknown_label(record: JsonObject) -> list[str]:
    """Return the values that no known label identifies, without times."""
    return [
        value
        for label, entry in map_entries(record)
        for value in (entry.get("value"),)
        if isinstance(value, str)
        and not is_label(label, "comment", "owner", "time")
        and not epoch_micros(entry.get("timestamp"))
    ]


def repost(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a repost. Format fact: most records lack its author."""
    entry = entry_fields(record, title_first=True)
    author = handle_of(map_entry(record, "owner").get("value")) or entry.handle
    text = as_text(map_entry(record, "message").get("value")) or None
    if author and is_owner(context, author):
        return Skipped(pointer, "self_event")
    at = entry.at or first_time([found for _, found in map_entries(record)])
    if author and at is not None:
        act = Interaction(author, "outbound", "repost", at, text=text, url=entry.url)
        return Stored(pointer, (person_of(author), act))
    return Stored(pointer, (Unattributed("repost", "outbound", at, text=text, url=entry.url),))


def caption_of(record: JsonObject) -> Caption:
    """Return the caption of an own post. Format fact: a post with one medium has text and time on that medium."""
    first = first_object(record.get("media"))
    at = epoch_micros(record.get("creation_timestamp")) or epoch_micros(first.get("creation_timestamp"))
    return Caption(as_text(record.get("title") or first.get("title")) or None, at, first)


def post(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read an own post, reel or story: a mention for each `@username` in its caption, else a post without counterpart."""
    caption = caption_of(record)
    if caption.at is None:
        return without_time(pointer, "a post")
    rows = mentions(caption.text, context, caption.at)
    return Stored(pointer, tuple(rows) or (Unattributed("post", "outbound", caption.at, text=caption.text),))


READERS = {
    "liked_posts": list_reader(act_towards("like", "liked"), r"likes_media_likes"),
    "liked_comments": list_reader(act_towards("like", "liked"), r"likes_comment_likes"),
    "comments": list_reader(comment, r"comments_\w+"),
    "story_likes": list_reader(act_towards("story_like", "liked"), r"story_activities_\w+"),
    "story_votes": list_reader(act_towards("vote"), r"story_activities_\w+"),
    "story_answers": list_reader(act_towards("story_reply"), r"story_activities_\w+"),
    "story_reactions": list_reader(act_towards("reaction"), r"story_activities_\w+"),
    "reposts": list_reader(repost, r"profile_media_reposts"),
    "posts": list_reader(post, r"ig_\w+"),
    "not_social": skipped_list("not_social", r"(saved|relationships|text_post_app)_\w+"),
}
