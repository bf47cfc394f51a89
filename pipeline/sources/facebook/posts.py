"""The owner's posts: towards people when they tag, mention, share or stand on somebody's timeline, else to nobody."""

from typing import Any

from pipeline.model.naming import name_id
from pipeline.model.records import Context, Interaction, Parsed, Row, Skipped, Stored, Unattributed
from pipeline.sources.facebook.people import data_of, is_owner, link_of, mentions, owner_names, person_of, untag
from pipeline.sources.facebook.titles import parse_title
from pipeline.sources.shared.meta.labels import flatten, pick
from pipeline.sources.shared.meta.values import list_reader, micros, tidy_name, untimed


def post(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read one post; each person that it addresses gets a row of their own."""
    at = micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a post")
    tagged = untag(data_of(record, "post"))
    url = link_of(record)
    title = record.get("title")
    target = parse_title(title, owner_names(context)) if isinstance(title, str) else None
    acts: dict[str, tuple[str, str]] = {}
    if target and target.name and not is_owner(context, target.name):
        shared = "quote" if tagged.text else "repost"
        kind = {"wall": "wall_post", "share": shared, "with": "tag"}.get(target.verb)
        # "was with A and B": two people or one name, the tags tell.
        unclear = target.verb == "with" and (" and " in target.name or bool(record.get("tags")))
        if kind and not unclear:
            acts[name_id(target.name)] = (kind, target.name)
    tags = record.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        name = tidy_name(tag.get("name") if isinstance(tag, dict) else tag)
        if name and not is_owner(context, name):
            acts.setdefault(name_id(name), ("tag", name))
    rows: list[Row] = []
    for person, (kind, name) in acts.items():
        rows += [person_of(name), Interaction(person, "outbound", kind, at, text=tagged.text, url=url)]
    rows += mentions(tagged, context, at, beside=set(acts), url=url)
    return Stored(pointer, tuple(rows) or (Unattributed("post", "outbound", at, text=tagged.text, url=url),))


def post_elsewhere(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a post on somebody else's profile or page; its target is often left empty."""
    at = micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a post on another profile")
    flat = list(flatten(record.get("label_values")))
    tagged = untag(pick(flat, "message"))
    name = tidy_name(pick(flat, "target") or pick(flat, "name", inside="target"))
    url = pick(flat, "url", inside="target")
    fbid = record.get("fbid")
    identity = fbid if isinstance(fbid, str) and fbid else None
    if name and is_owner(context, name):
        return Skipped(pointer, "self_event")
    if not name:
        rows = mentions(tagged, context, at, beside=set())
        return Stored(
            pointer, tuple(rows) or (Unattributed("wall_post", "outbound", at, tagged.text, native_id=identity),)
        )
    act = Interaction(name_id(name), "outbound", "wall_post", at, native_id=identity, text=tagged.text)
    return Stored(pointer, (person_of(name, url), act, *mentions(tagged, context, at, beside={act.person})))


READERS = {
    "posts": list_reader(post, r"(?:status_updates|your_posts|posts)(_v\d+)?"),
    "posts_elsewhere": list_reader(post_elsewhere),
}
