"""What others did towards the owner: posts on the timeline, comments on albums, tags, pokes, invitations.

Format fact: exports before 2023 hold others' posts on the timeline; older ones, others' comments on albums.
"""

from collections.abc import Iterator

from pipeline.formats.decoding import BadJson, loads
from pipeline.model.codes import Direction
from pipeline.model.records import Parsed, SetAside
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.acts import NamedAct, store_act
from pipeline.sources.facebook.people import data_of, is_owner, owner_in_url, untag
from pipeline.sources.facebook.title_sentences import timeline_writer
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_object, as_text
from pipeline.sources.shared.meta.json_lists import Element, ReadRecord, list_reader, not_an_object, without_time
from pipeline.sources.shared.meta.labels import flatten, labelled_text
from pipeline.sources.shared.meta.text_repair import clean_name, repair_object
from pipeline.sources.shared.meta.times import epoch_micros


def timeline_post(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a post by another person on the owner's timeline (exports of 2018-22)."""
    at = epoch_micros(record.get("timestamp"))
    if at is None:
        return without_time(pointer, "a post on your timeline")
    name = timeline_writer(as_text(record.get("title")))
    text = untag(data_of(record, "post")).text
    return store_act(NamedAct(name, "inbound", "wall_post", at, text=text), pointer, context)


def tag(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a photo, video or place in which the owner was tagged. Format fact: not every record names who tagged."""
    values = list(flatten(record.get("label_values")))
    numbers = (
        item.value for item in values if isinstance(item.value, (int, float)) and not isinstance(item.value, bool)
    )
    at = epoch_micros(record.get("timestamp")) or epoch_micros(next(numbers, None))
    url = labelled_text(values, "url")
    name = labelled_text(values, "name", inside="owner") or (labelled_text(values, "name") if owner_in_url(url) else "")
    return store_act(NamedAct(clean_name(name), "inbound", "tag", at, url=url), pointer, context)


def poke(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a poke, given or received."""
    poker, poked = clean_name(record.get("poker")), clean_name(record.get("pokee"))
    at = epoch_micros(record.get("timestamp"))
    if at is None:
        return without_time(pointer, "a poke")
    is_outbound = is_owner(context, poker)
    if is_outbound == is_owner(context, poked):
        return SetAside(pointer, "owner_unknown", "neither or both sides of this poke have your name")
    act = NamedAct(poked, "outbound", "poke", at) if is_outbound else NamedAct(poker, "inbound", "poke", at)
    return store_act(act, pointer, context)


def invitation(direction: Direction) -> ReadRecord:
    """Return the reader of invitations to groups, chats and events.

    Format facts: the inviter is seldom named; the time of an event is not the invitation's.
    """
    side = "inviter" if direction == "inbound" else "invitee"

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        values = list(flatten(record.get("label_values")))
        name = clean_name(labelled_text(values, side) or labelled_text(values, "name", inside=side))
        at = epoch_micros(record.get("timestamp"))
        return store_act(NamedAct(name, direction, "invitation", at), pointer, context)

    return read


def _album_comments(data: object) -> Iterator[Element]:
    """Yield the comments on an album, then those on its photos."""
    if not isinstance(data, dict):
        return
    blocks = [("", data)]
    blocks += [(f"/photos/{index}", as_object(photo)) for index, photo in enumerate(as_list(data.get("photos")))]
    for pointer, block in blocks:
        for index, comment in enumerate(as_list(block.get("comments"))):
            yield Element(f"{pointer}/comments/{index}", comment)


def count_album(member: Member, _context: Context) -> int:
    """Count the comments on an album and its photos; a file that is no JSON is one record."""
    try:
        return sum(1 for _ in _album_comments(loads(member.read())))
    except BadJson:
        return 1


def read_album(member: Member, context: Context) -> Iterator[Item]:
    """Yield the comments on an album and its photos."""
    try:
        data = loads(member.read())
    except BadJson as problem:
        yield SetAside("", problem.code, problem.reason)
        return
    for element in _album_comments(data):
        yield (
            _album_comment(repair_object(element.value), element.pointer, context)
            if isinstance(element.value, dict)
            else not_an_object(element.pointer)
        )


def _album_comment(comment: JsonObject, pointer: str, context: Context) -> Parsed:
    at = epoch_micros(comment.get("timestamp"))
    if at is None:
        return without_time(pointer, "a comment on a photo")
    text = untag(comment.get("comment")).text
    act = NamedAct(clean_name(comment.get("author")), "inbound", "comment", at, text=text)
    return store_act(act, pointer, context)


READERS = {
    "wall_posts": list_reader(timeline_post, r"wall_posts_sent_to_you(_v\d+)?"),
    "albums": Reader(read_album, count_album),
    "tagged_in": list_reader(tag),
    "pokes": list_reader(poke, r"pokes(_v\d+)?"),
    "invites_received": list_reader(invitation("inbound"), r"events_invited(_v\d+)?"),
    "invites_sent": list_reader(invitation("outbound")),
}
