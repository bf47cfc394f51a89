"""The owner's posts: acts towards the people whom they tag, mention or share, or on whose timeline they are."""

from typing import NamedTuple

from pipeline.model.naming import name_id
from pipeline.model.records import Interaction, Parsed, Row, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.facebook.people import data_of, is_owner, link_of, mentions, owner_names, person_of, untag
from pipeline.sources.facebook.title_sentences import parse_title
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_text
from pipeline.sources.shared.meta.json_lists import list_reader, without_time
from pipeline.sources.shared.meta.labels import flatten, labelled_text
from pipeline.sources.shared.meta.text_repair import clean_name
from pipeline.sources.shared.meta.times import epoch_micros


class _Addressed(NamedTuple):
    """A person whom a post addresses."""

    name: str
    kind: str
    """Kind of the interaction."""


def post(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read one post: a row for each person it addresses, without any a post without counterpart."""
    at = epoch_micros(record.get("timestamp"))
    if at is None:
        return without_time(pointer, "a post")
    tagged = untag(data_of(record, "post"))
    url = link_of(record)
    addressed: dict[str, _Addressed] = {}
    if in_title := _addressed_in_title(record, context, has_text=bool(tagged.text)):
        addressed[name_id(in_title.name)] = in_title
    for tag in as_list(record.get("tags")):
        name = clean_name(tag.get("name") if isinstance(tag, dict) else tag)
        if name and not is_owner(context, name):
            addressed.setdefault(name_id(name), _Addressed(name, "tag"))
    rows: list[Row] = []
    for native_id, (name, kind) in addressed.items():
        rows += [person_of(name), Interaction(native_id, "outbound", kind, at, text=tagged.text, url=url)]
    rows += mentions(tagged, context, at, beside=set(addressed), url=url)
    return Stored(pointer, tuple(rows) or (Unattributed("post", "outbound", at, text=tagged.text, url=url),))


def _addressed_in_title(record: JsonObject, context: Context, *, has_text: bool) -> _Addressed | None:
    """Return the person whom the title sentence names, None when it names nobody but the owner."""
    target = parse_title(as_text(record.get("title")), owner_names(context))
    if not target or not target.name or is_owner(context, target.name):
        return None
    kind = {"wall": "wall_post", "share": "quote" if has_text else "repost", "with": "tag"}.get(target.verb)
    # "was with A and B" may be two people or one name; the record's tags are unambiguous.
    is_unclear = target.verb == "with" and (" and " in target.name or bool(record.get("tags")))
    return _Addressed(target.name, kind) if kind and not is_unclear else None


def post_elsewhere(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a post on another person's profile or page. Format fact: its target is often empty."""
    at = epoch_micros(record.get("timestamp"))
    if at is None:
        return without_time(pointer, "a post on another profile")
    values = list(flatten(record.get("label_values")))
    tagged = untag(labelled_text(values, "message"))
    name = clean_name(labelled_text(values, "target") or labelled_text(values, "name", inside="target"))
    native_id = as_text(record.get("fbid")) or None
    if name and is_owner(context, name):
        return Skipped(pointer, "self_event")
    if not name:
        rows = mentions(tagged, context, at, beside=set())
        lost = Unattributed("wall_post", "outbound", at, text=tagged.text, native_id=native_id)
        return Stored(pointer, tuple(rows) or (lost,))
    act = Interaction(name_id(name), "outbound", "wall_post", at, native_id=native_id, text=tagged.text)
    person = person_of(name, labelled_text(values, "url", inside="target"))
    return Stored(pointer, (person, act, *mentions(tagged, context, at, beside={act.person})))


READERS = {
    "posts": list_reader(post, r"(?:status_updates|your_posts|posts)(_v\d+)?"),
    "posts_elsewhere": list_reader(post_elsewhere),
}
