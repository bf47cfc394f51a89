"""The owner's comments and replies, on profiles and in groups."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from pipeline.model.naming import name_id
from pipeline.model.records import Context, Interaction, Parsed, Row, Skipped, Stored, Unattributed
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.people import data_of, is_owner, mentions, owner_names, person_of, untag
from pipeline.sources.facebook.titles import parse_title
from pipeline.sources.shared.meta.values import count_elements, list_reader, micros, untimed, walk

MAP: Final = "comments"
"""Survey map: `comment_key` of each comment in comments.json -> how many."""


def comment_key(record: dict[str, Any]) -> str:
    """Return what a comment is known by in both files that may hold it: time and text."""
    comment = data_of(record, "comment")
    inner = comment if isinstance(comment, dict) else {}
    at = micros(inner.get("timestamp")) or micros(record.get("timestamp"))
    text = inner.get("comment")
    return f"{at}|{hashlib.blake2b(str(text or '').encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def comment(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read one comment. The counterpart stands in the title sentence only; the owner's own things are no gestures."""
    found = data_of(record, "comment")
    inner: dict[str, Any] = found if isinstance(found, dict) else {}
    at = micros(inner.get("timestamp")) or micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a comment")
    author = inner.get("author")
    owner_known = bool(context.owner("facebook").names)
    if isinstance(author, str) and author and owner_known and not is_owner(context, author):
        # A page or group identity of somebody who runs one: not the owner's own voice.
        return Skipped(pointer, "between_others")
    tagged = untag(inner.get("comment"))
    group = inner.get("group")
    title = record.get("title")
    target = parse_title(
        title if isinstance(title, str) else "",
        owner_names(context, author),
        group if isinstance(group, str) else None,
    )
    kind = "reply" if target and target.verb == "reply" else "comment"
    rows: list[Row] = []
    own = bool(target and (target.mine or (target.name and is_owner(context, target.name))))
    if target and target.name and not own:
        rows += [person_of(target.name), Interaction(name_id(target.name), "outbound", kind, at, text=tagged.text)]
    rows += mentions(tagged, context, at, beside={row.person for row in rows if isinstance(row, Interaction)})
    if rows:
        return Stored(pointer, tuple(rows))
    if own:
        return Skipped(pointer, "self_event")
    return Stored(pointer, (Unattributed(kind, "outbound", at, tagged.text),))


def group_comments(member: Member, context: Context) -> Iterator[Item]:
    """Yield the comments in groups; those that stand in comments.json too are passed over there and then."""
    left = {key: int(count) for key, count in context.survey.maps.get(MAP, {}).items()}

    def once(record: dict[str, Any], pointer: str, inner: Context) -> Parsed:
        if "post" in record or data_of(record, "comment") is None:
            return group_post(record, pointer, inner)
        key = comment_key(record)
        if left.get(key, 0) > 0:
            left[key] -= 1
            return Skipped(pointer, "duplicate_of_other_file")
        return comment(record, pointer, inner)

    yield from walk(member, context, once)


def group_post(record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
    """Read a post in a group: addressed to nobody."""
    at = micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a post in a group")
    return Stored(pointer, (Unattributed("post", "outbound", at, untag(data_of(record, "post")).text),))


READERS = {
    "comments": list_reader(comment, r"comments(_v\d+)?"),
    "group_comments": Reader(group_comments, count_elements()),
}
