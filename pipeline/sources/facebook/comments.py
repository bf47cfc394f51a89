"""The owner's comments and replies, on profiles and in groups.

Format fact: a comment's counterpart is named in the title sentence only. A comment in a group may be in two files.
"""

import hashlib
from collections.abc import Iterator

from pipeline.model.naming import name_id
from pipeline.model.records import Interaction, Parsed, Row, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.facts import FacebookFacts
from pipeline.sources.facebook.people import PLATFORM, data_of, is_owner, mentions, owner_names, person_of, untag
from pipeline.sources.facebook.title_sentences import parse_title
from pipeline.sources.shared.json_values.access import JsonObject, as_object, as_text
from pipeline.sources.shared.meta.json_lists import element_counter, list_reader, read_list, without_time
from pipeline.sources.shared.meta.times import epoch_micros


def comment_key(record: JsonObject) -> str:
    """Return the key by which a comment is the same in both files that may hold it: its time and text."""
    comment = as_object(data_of(record, "comment"))
    at = epoch_micros(comment.get("timestamp")) or epoch_micros(record.get("timestamp"))
    text = str(comment.get("comment") or "").encode("utf-8", "replace")
    return f"{at}|{hashlib.blake2b(text, digest_size=8).hexdigest()}"


def read_comment(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read one comment. A comment on the owner's own post is a self-event."""
    comment = as_object(data_of(record, "comment"))
    at = epoch_micros(comment.get("timestamp")) or epoch_micros(record.get("timestamp"))
    if at is None:
        return without_time(pointer, "a comment")
    author = as_text(comment.get("author"))
    if author and context.owner(PLATFORM).names and not is_owner(context, author):
        # Written as a page or as a group that the owner manages, not in the owner's own name.
        return Skipped(pointer, "between_others")
    tagged = untag(comment.get("comment"))
    target = parse_title(
        as_text(record.get("title")), owner_names(context, author), group=as_text(comment.get("group"))
    )
    kind = "reply" if target and target.verb == "reply" else "comment"
    is_own = bool(target and (target.is_owners or (target.name and is_owner(context, target.name))))
    rows: list[Row] = []
    addressed: set[str] = set()
    if target and target.name and not is_own:
        person = person_of(target.name)
        addressed.add(person.native_id)
        rows += [person, Interaction(name_id(target.name), "outbound", kind, at, text=tagged.text)]
    rows += mentions(tagged, context, at, beside=addressed)
    if rows:
        return Stored(pointer, tuple(rows))
    if is_own:
        return Skipped(pointer, "self_event")
    return Stored(pointer, (Unattributed(kind, "outbound", at, text=tagged.text),))


def read_group_comments(member: Member, context: Context) -> Iterator[Item]:
    """Yield the posts and comments in groups; comments that `comments.json` holds too are left out here."""
    elsewhere = dict(context.facts(FacebookFacts).comment_counts)

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        if "post" in record or data_of(record, "comment") is None:
            return _group_post(record, pointer)
        key = comment_key(record)
        if elsewhere.get(key, 0) > 0:
            elsewhere[key] -= 1
            return Skipped(pointer, "duplicate_of_other_file")
        return read_comment(record, pointer, context)

    yield from read_list(member, context, read)


def _group_post(record: JsonObject, pointer: str) -> Parsed:
    """Read a post in a group, which addresses no single person."""
    at = epoch_micros(record.get("timestamp"))
    if at is None:
        return without_time(pointer, "a post in a group")
    return Stored(pointer, (Unattributed("post", "outbound", at, text=untag(data_of(record, "post")).text),))


READERS = {
    "comments": list_reader(read_comment, r"comments(_v\d+)?"),
    "group_comments": Reader(read_group_comments, element_counter()),
}
