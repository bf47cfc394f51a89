"""The archive's outbox: `Create` (own posts) and `Announce` (boosts); its likes, which are bare URIs without a time."""

from collections.abc import Iterator

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import split_array
from pipeline.model.records import Alias, Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.mastodon.people import (
    PUBLIC,
    acct_of_uri,
    addressed,
    host_of,
    id_of_uri,
    is_owner,
    mentioned,
    person_of,
    strings,
)  # fmt: skip
from pipeline.sources.shared.json_values.access import JsonObject, as_object
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us, kept, objects, text_of, unknown_kind, unreadable_time


def read_outbox(member: Member, context: Context) -> Iterator[Parsed]:
    """Read the activities of `orderedItems`."""
    return objects(member, ("orderedItems",), "/orderedItems", lambda item, place: _activity(item, place, context))


def _activity(activity: JsonObject, place: str, context: Context) -> Parsed:
    kind = text_of(activity.get("type"))
    if kind not in {"Create", "Announce"}:
        return unknown_kind(place, kind or "activity without a type")
    at = iso_us(activity.get("published"))
    if at is None and kind == "Create":
        at = iso_us(as_object(activity.get("object")).get("published"))
    if at is None:
        return unreadable_time(place)
    return _boost(activity, place, at, context) if kind == "Announce" else _post(activity, place, at, context)


def _mine(activity: JsonObject, native_id: str, context: Context) -> bool:
    return is_owner(native_id, context.owner("mastodon")) or native_id == id_of_uri(text_of(activity.get("actor")))


def _boost(activity: JsonObject, place: str, at: int, context: Context) -> Parsed:
    target = activity.get("object")
    uri = text_of(as_object(target).get("id")) or text_of(target)
    if not uri:
        return SetAside(place, "missing_field", "a boost without the address of the boosted post")
    authors = addressed(strings(activity.get("cc")), strings(activity.get("to")))
    others = [found for found in authors if not _mine(activity, id_of_uri(found), context)]
    written = acct_of_uri(uri)
    if (written and _mine(activity, written, context)) or (authors and not others):
        return Skipped(place, "self_event")
    key = text_of(activity.get("id")) or None
    person = person_of(others[0]) if others else Person(written, handle=written) if written else None
    if person is None:
        return Stored(place, (Unattributed("repost", "outbound", at, url=uri, native_id=key),))
    act = Interaction(person.native_id, "outbound", "repost", at, native_id=key, reply_to=uri, url=uri)
    return Stored(place, (person, act))


def _post(activity: JsonObject, place: str, at: int, context: Context) -> Parsed:
    note = activity.get("object")
    if not isinstance(note, dict):
        return SetAside(place, "missing_field", "a post of which the archive has only the address")
    key = text_of(note.get("id")) or text_of(activity.get("id")) or None
    url = text_of(note.get("url")) or key
    thread = text_of(note.get("conversation")) or text_of(note.get("context")) or None
    content = "\n".join(filter(None, (text_of(note.get("summary")), plain(text_of(note.get("content"))))))
    text = kept(content, context)
    to, cc = strings(activity.get("to") or note.get("to")), strings(activity.get("cc") or note.get("cc"))
    tagged = mentioned(note.get("tag"))
    by_uri = {uri: person for person, uri, _alias in tagged}
    rows: list[Row] = [row for person, _uri, alias in tagged for row in (person, alias) if row is not None]
    parent = text_of(note.get("inReplyTo"))
    author = _parent_author(parent, tagged)
    named = {person.native_id: person for person, _uri, _alias in tagged}
    if not PUBLIC & {*to, *cc} and not any(uri.endswith("/followers") for uri in (*to, *cc)):
        for uri in addressed(to, cc):
            person = by_uri.get(uri) or person_of(uri)
            named.setdefault(person.native_id, person)
        others = [person for person in named.values() if not _mine(activity, person.native_id, context)]
        rows += others
        for person in others:
            link = parent if parent and (person.native_id == author or len(others) == 1) else None
            group = len(others) > 1
            act = Interaction(
                person.native_id,
                "outbound",
                "message",
                at,
                native_id=key,
                thread=thread,
                reply_to=link,
                is_group=group,
                text=text,
                url=url,
            )
            rows.append(act)
        if not others:
            rows.append(Unattributed("post", "outbound", at, text, url=url, native_id=key, thread=thread))
        return Stored(place, tuple(rows))
    aims = [("reply", author, parent)] if author else []
    quote = next(
        filter(None, (text_of(note.get(name)) for name in ("quote", "quoteUrl", "quoteUri", "_misskey_quote"))), ""
    )
    if quote and (quoted := acct_of_uri(quote)):
        aims.append(("quote", quoted, quote))
    aims += [("mention", native_id, "") for native_id in named]
    taken: set[str] = set()
    for kind, native_id, link in aims:
        if native_id in taken or _mine(activity, native_id, context):
            continue
        taken.add(native_id)
        rows.append(named.get(native_id) or Person(native_id, handle=native_id if "@" in native_id else None))
        rows.append(
            Interaction(
                native_id,
                "outbound",
                kind,
                at,
                native_id=key,
                thread=thread,
                reply_to=link or None,
                text=text,
                url=url,
            )
        )
    if taken:
        return Stored(place, tuple(rows))
    if author and _mine(activity, author, context):
        return Skipped(place, "self_event")
    lost = "reply" if parent else "post"
    return Stored(place, (*rows, Unattributed(lost, "outbound", at, text, url=url, native_id=key, thread=thread)))


def _parent_author(parent: str, tagged: list[tuple[Person, str, Alias | None]]) -> str | None:
    """Return the author of the answered post: by its URI, else the one person mentioned from that server."""
    if not parent:
        return None
    written = acct_of_uri(parent)
    for person, uri, _alias in tagged:
        if written and written in {person.native_id, id_of_uri(uri)}:
            return person.native_id
    if written:
        return written
    near = [person.native_id for person, uri, _alias in tagged if host_of(uri) == host_of(parent)]
    return near[0] if len(near) == 1 else None


def read_likes(member: Member, context: Context) -> Iterator[Parsed]:
    """Read favourites, which are undated: a tie if the URI contains the author, else unattributed."""
    with member.open() as stream:
        for index, raw in split_array(stream, ("orderedItems",)):
            place = f"/orderedItems/{index}"
            try:
                value = loads(raw)
            except BadJson as error:
                yield SetAside(place, error.code, error.reason)
                continue
            uri = text_of(value.get("id")) if isinstance(value, dict) else text_of(value)
            if not uri:
                yield SetAside(place, "missing_field", "a favourite without the address of its post")
                continue
            author = acct_of_uri(uri)
            if author is None:
                yield Stored(place, (Unattributed("like", "outbound", None, url=uri),))
            elif is_owner(author, context.owner("mastodon")):
                yield Skipped(place, "self_event")
            else:
                yield Stored(place, (Person(author, handle=author), Tie(author, "liked")))


def skip_items(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out bookmarks: private notes to oneself."""
    with member.open() as stream:
        for index, _raw in split_array(stream, ("orderedItems",)):
            yield Skipped(f"/orderedItems/{index}", "not_social")
