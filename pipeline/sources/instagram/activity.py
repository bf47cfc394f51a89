"""The owner's likes, comments, story interactions, reposts and captions on Instagram."""

from collections.abc import Callable
from typing import Any

from pipeline.model.records import Context, Interaction, Parsed, Row, Skipped, Stored, Tie, Unattributed
from pipeline.sources.instagram.people import facts_of, handle_of, is_owner, mentions, person_of
from pipeline.sources.shared.meta.labels import HANDLE, entries_of, flatten, is_label, mapped, pick
from pipeline.sources.shared.meta.values import Handle as Handler
from pipeline.sources.shared.meta.values import list_reader, micros, untimed


def towards(kind: str, tie: str = "reacted") -> Handler:
    """Return a handler of a list of acts towards a named person: dated it is an act, undated a tie."""

    def read(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
        facts = facts_of(record, title_first=True)
        text = _answer(record) if kind == "story_reply" else None
        if facts.handle and is_owner(context, facts.handle):
            return Skipped(pointer, "self_event")
        if not facts.handle:
            return Stored(pointer, (Unattributed(kind, "outbound", facts.at, text=text, url=facts.url),))
        person = person_of(facts.handle, facts.name)
        if facts.at is None:
            return Stored(pointer, (person, Tie(facts.handle, tie)))
        return Stored(
            pointer, (person, Interaction(facts.handle, "outbound", kind, facts.at, text=text, url=facts.url))
        )

    return read


def _answer(record: dict[str, Any]) -> str | None:
    """Return the words of an answer to a story's question."""
    listed = record.get("string_list_data")
    value = listed[0].get("value") if isinstance(listed, list) and listed and isinstance(listed[0], dict) else None
    return value if isinstance(value, str) and value and record.get("title") else None


def comment(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a comment; without the medium's owner it stood on an own or a deleted post."""
    text, owner, at = comment_parts(record)
    if at is None:
        return untimed(pointer, "a comment")
    own = bool(owner) and is_owner(context, owner)
    rows: list[Row] = []
    if owner and not own:
        rows += [person_of(owner), Interaction(owner, "outbound", "comment", at, text=text)]
    rows += mentions(text, context, at, beside=frozenset({owner}))
    if rows:
        return Stored(pointer, tuple(rows))
    return Skipped(pointer, "self_event") if own else Stored(pointer, (Unattributed("comment", "outbound", at, text),))


def comment_parts(record: dict[str, Any]) -> tuple[str | None, str, int | None]:
    """Return (text, username of the medium's owner, time) of a comment, by its labels, else by the shape of the values."""
    if "label_values" in record:
        flat = list(flatten(record["label_values"]))
        owner = handle_of(pick(flat, "username", inside="owner") or pick(flat, "owner"))
        return pick(flat, "comment") or None, owner, facts_of(record).at
    text, owner_entry, time = (mapped(record, meaning) for meaning in ("comment", "owner", "time"))
    entries = entries_of(record)
    at = micros(time.get("timestamp")) or next(
        (found for _, entry in entries if (found := micros(entry.get("timestamp")))), None
    )
    words = text.get("value")
    owner = handle_of(owner_entry.get("value"))
    known = {label for label, _ in entries if is_label(label, "comment", "owner", "time")}
    rest = [
        entry["value"] for label, entry in entries if label not in known and isinstance(entry.get("value"), str) and not micros(entry.get("timestamp"))
    ]  # fmt: skip
    if not text and rest:
        # Of values that all look like usernames the first is the comment: it stands before the owner in every language.
        words = max(rest, key=lambda value: 0 if HANDLE.fullmatch(value.strip()) else len(value) or 1)
        rest.remove(words)
    if not owner_entry and rest:
        owner = next((handle for value in rest if (handle := handle_of(value))), "")
    return words if isinstance(words, str) and words else None, owner, at


def repost(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a repost; its author is mostly not given."""
    facts = facts_of(record, title_first=True)
    author = handle_of(mapped(record, "owner").get("value")) or facts.handle
    text = mapped(record, "message").get("value")
    words = text if isinstance(text, str) and text else None
    if author and is_owner(context, author):
        return Skipped(pointer, "self_event")
    at = facts.at or next((found for _, entry in entries_of(record) if (found := micros(entry.get("timestamp")))), None)
    if author and at is not None:
        return Stored(
            pointer, (person_of(author), Interaction(author, "outbound", "repost", at, text=words, url=facts.url))
        )
    return Stored(pointer, (Unattributed("repost", "outbound", at, text=words, url=facts.url),))


def caption_of(record: dict[str, Any]) -> tuple[str | None, int | None, dict[str, Any]]:
    """Return (caption, time, first medium) of an own post; with one medium both stand on that."""
    media = record.get("media")
    first: dict[str, Any] = media[0] if isinstance(media, list) and media and isinstance(media[0], dict) else {}
    title = record.get("title") or first.get("title")
    at = micros(record.get("creation_timestamp")) or micros(first.get("creation_timestamp"))
    return title if isinstance(title, str) and title else None, at, first


def post(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read an own post, reel or story: a mention for each `@username` in its caption, else a post to nobody."""
    text, at, _ = caption_of(record)
    if at is None:
        return untimed(pointer, "a post")
    return Stored(pointer, tuple(mentions(text, context, at)) or (Unattributed("post", "outbound", at, text),))


def left_out(rule: str) -> Callable[[dict[str, Any], str, Context], Parsed]:
    """Return a handler that passes over every record by one rule of vocabulary.SKIP_RULES."""

    def skip(_record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
        return Skipped(pointer, rule)

    return skip


READERS = {
    "liked_posts": list_reader(towards("like", "liked"), r"likes_media_likes"),
    "liked_comments": list_reader(towards("like", "liked"), r"likes_comment_likes"),
    "comments": list_reader(comment, r"comments_\w+"),
    "story_likes": list_reader(towards("story_like", "liked"), r"story_activities_\w+"),
    "story_votes": list_reader(towards("vote"), r"story_activities_\w+"),
    "story_answers": list_reader(towards("story_reply"), r"story_activities_\w+"),
    "story_reactions": list_reader(towards("reaction"), r"story_activities_\w+"),
    "reposts": list_reader(repost, r"profile_media_reposts"),
    "posts": list_reader(post, r"ig_\w+"),
    "not_social": list_reader(left_out("not_social"), r"(saved|relationships|text_post_app)_\w+"),
}
