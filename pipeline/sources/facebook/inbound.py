"""What others did towards the owner, as far as exports hold it: old wall posts and album comments, tags, pokes, invitations."""

from collections.abc import Iterator
from typing import Any

from pipeline.formats.decoding import BadJson, loads
from pipeline.model.codes import Direction
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Interaction, Parsed, SetAside, Skipped, Stored, Unattributed
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.people import data_of, is_owner, owner_in_url, person_of, untag
from pipeline.sources.facebook.titles import wall_writer
from pipeline.sources.shared.meta.labels import flatten, pick
from pipeline.sources.shared.meta.messages import GONE
from pipeline.sources.shared.meta.values import list_reader, micros, repair_tree, tidy_name, untimed


def act_of(
    name: str | None, direction: Direction, kind: str, at: int | None, pointer: str, context: Context, **more: Any
) -> Parsed:
    """Return the row of an act by or towards a named person; without a name or a time it has no counterpart or no moment."""
    if name and is_owner(context, name):
        return Skipped(pointer, "self_event")
    text, url = more.get("text"), more.get("url")
    if not name or at is None or normalise_name(name) in GONE:
        return Stored(pointer, (Unattributed(kind, direction, at, text=text, url=url or None),))
    native_id, reply_to = more.get("native_id"), more.get("reply_to")
    act = Interaction(
        name_id(name), direction, kind, at, native_id=native_id, reply_to=reply_to, text=text, url=url or None
    )
    return Stored(pointer, (person_of(name), act))


def wall_post(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a post by somebody on the owner's timeline (2018-22)."""
    at = micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a post on your timeline")
    title = record.get("title")
    name = wall_writer(title) if isinstance(title, str) else None
    return act_of(name, "inbound", "wall_post", at, pointer, context, text=untag(data_of(record, "post")).text)


def tagged_in(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a photo, video or place in which somebody tagged the owner; who did is not always told."""
    flat = list(flatten(record.get("label_values")))
    written = next(
        (value for path, value in flat if isinstance(value, (int, float)) and not isinstance(value, bool)), None
    )
    at = micros(record.get("timestamp")) or micros(written)
    url = pick(flat, "url")
    name = tidy_name(pick(flat, "name", inside="owner") or (pick(flat, "name") if owner_in_url(url) else ""))
    return act_of(name, "inbound", "tag", at, pointer, context, url=url)


def poke(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a poke, either way."""
    poker, poked = tidy_name(record.get("poker")), tidy_name(record.get("pokee"))
    at = micros(record.get("timestamp"))
    if at is None:
        return untimed(pointer, "a poke")
    if is_owner(context, poker) == is_owner(context, poked):
        return SetAside(pointer, "owner_unknown", "neither or both sides of this poke have your name")
    outbound = is_owner(context, poker)
    return act_of(poked if outbound else poker, "outbound" if outbound else "inbound", "poke", at, pointer, context)


def _invited(record: dict[str, Any], pointer: str, context: Context, direction: Direction) -> Parsed:
    flat = list(flatten(record.get("label_values")))
    side = "inviter" if direction == "inbound" else "invitee"
    name = tidy_name(pick(flat, side) or pick(flat, "name", inside=side))
    return act_of(name, direction, "invitation", micros(record.get("timestamp")), pointer, context)


def invite_received(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read an invitation to a group, chat or event; the inviter is seldom named, an event's own time is not the invitation's."""
    return _invited(record, pointer, context, "inbound")


def invite_sent(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read an invitation of the owner's to a group."""
    return _invited(record, pointer, context, "outbound")


def _album(data: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(data, dict):
        return
    photos = data.get("photos")
    blocks = [
        ("", data),
        *((f"/photos/{index}", photo) for index, photo in enumerate(photos if isinstance(photos, list) else ())),
    ]
    for place, block in blocks:
        comments = block.get("comments") if isinstance(block, dict) else None
        for index, comment in enumerate(comments if isinstance(comments, list) else ()):
            yield f"{place}/comments/{index}", comment


def _count_album(member: Member, _context: Context) -> int:
    try:
        return sum(1 for _ in _album(loads(member.read())))
    except BadJson:
        return 1


def album(member: Member, context: Context) -> Iterator[Item]:
    """Yield the comments on an album and its photos (older exports): the one place with others' comments."""
    try:
        data = loads(member.read())
    except BadJson as problem:
        yield SetAside("", problem.code, problem.reason)
        return
    for pointer, raw in _album(data):
        comment = repair_tree(raw)
        if not isinstance(comment, dict):
            yield SetAside(pointer, "not_an_object", "an entry of this list has no fields")
            continue
        at = micros(comment.get("timestamp"))
        if at is None:
            yield untimed(pointer, "a comment on a photo")
            continue
        yield act_of(
            tidy_name(comment.get("author")),
            "inbound",
            "comment",
            at,
            pointer,
            context,
            text=untag(comment.get("comment")).text,
        )


READERS = {
    "wall_posts": list_reader(wall_post, r"wall_posts_sent_to_you(_v\d+)?"),
    "albums": Reader(album, _count_album),
    "tagged_in": list_reader(tagged_in),
    "pokes": list_reader(poke, r"pokes(_v\d+)?"),
    "invites_received": list_reader(invite_received, r"events_invited(_v\d+)?"),
    "invites_sent": list_reader(invite_sent),
}
