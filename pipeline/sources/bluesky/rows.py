"""Records of a Bluesky repository as rows. Counterparts are DIDs; handles are known from mention facets only.

A post is one row a person: the author it replies to, else the author it quotes, else a mention.
"""

from typing import Final, NamedTuple

from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.bluesky.tid import tid_us
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_object, as_text, objects_of
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unknown_kind, unreadable_time

NOT_SOCIAL: Final = frozenset({
    "app.bsky.graph.list", "app.bsky.graph.listblock", "app.bsky.graph.starterpack", "app.bsky.feed.generator",
    "app.bsky.labeler.service", "app.bsky.actor.status", "app.bsky.notification.declaration", "chat.bsky.actor.declaration",
})  # fmt: skip
"""Records of no act between the owner and another person."""
_KIND_OF_ACT: Final = {"app.bsky.feed.like": "like", "app.bsky.feed.repost": "repost"}


OWN: Final = ("app.bsky.", "chat.bsky.")
"""Starts of the names of Bluesky's own kinds of record; a repository also holds those of other applications on atproto."""


class Uri(NamedTuple):
    """An at-uri: authority (a DID), collection, record key."""

    did: str
    collection: str
    rkey: str


class Key(NamedTuple):
    """Key of a record: the owner's DID, its collection and its record key; empty where unknown."""

    did: str
    collection: str
    rkey: str

    @property
    def uri(self) -> str | None:
        """The record's at-uri, None without DID or key."""
        return f"at://{self.did}/{self.collection}/{self.rkey}" if self.did and self.rkey else None


def parse_uri(value: object) -> Uri | None:
    """Return the parts of `at://did/collection/rkey`; None for anything else."""
    if not isinstance(value, str) or not value.startswith("at://did:"):
        return None
    did, _, rest = value[5:].partition("/")
    collection, _, rkey = rest.partition("/")
    return Uri(did, collection, rkey)


def web_url(uri: str | None) -> str | None:
    """Return the page of a post on the web, None for other records."""
    parts = parse_uri(uri)
    if parts is None or parts.collection != "app.bsky.feed.post":
        return None
    return f"https://bsky.app/profile/{parts.did}/post/{parts.rkey}"


def _ref(value: object) -> str:
    """Return the `uri` of a strong reference `{uri, cid}`."""
    return text_of(value.get("uri")) if isinstance(value, dict) else ""


def mentions(record: JsonObject) -> list[Person]:
    """Return the people whom a text's facets mention, each once; the handle is taken out by UTF-8 byte offsets."""
    raw = text_of_raw(record).encode("utf-8", "replace")
    found: dict[str, Person] = {}
    for facet in objects_of(record.get("facets")):
        for feature in objects_of(facet.get("features")):
            did = text_of(feature.get("did"))
            if did.startswith("did:") and feature.get("$type") == "app.bsky.richtext.facet#mention":
                found.setdefault(did, Person(did, handle=_handle(raw, as_object(facet.get("index")))))
    return list(found.values())


def text_of_raw(record: JsonObject) -> str:
    """Return a record's text as it is: facets count its bytes."""
    text = record.get("text")
    return text if isinstance(text, str) else ""


def _handle(raw: bytes, index: JsonObject) -> str | None:
    start, end = index.get("byteStart"), index.get("byteEnd")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(raw):
        return None
    shown = raw[start:end].decode("utf-8", "replace").strip()
    return shown[1:].lower() if shown.startswith("@") and "." in shown and "\ufffd" not in shown else None


def quoted(record: JsonObject) -> str:
    """Return the at-uri of the record that a post embeds, empty when it embeds none."""
    embed = as_object(record.get("embed"))
    inner = embed.get("record")
    return _ref(as_object(inner).get("record") if embed.get("$type") == "app.bsky.embed.recordWithMedia" else inner)


def read_record(record: JsonObject, key: Key, place: str, context: Context) -> Parsed:
    """Turn one record into rows."""
    kind = text_of(record.get("$type")) or key.collection
    if kind == "app.bsky.actor.profile":
        return Skipped(place, "own_item")
    if not kind.startswith(OWN) and "." in kind:
        return Skipped(place, "other_app")
    if kind in NOT_SOCIAL:
        return Skipped(place, "not_social")
    if kind == "app.bsky.graph.verification":
        did = text_of(record.get("subject"))
        person = Person(did, text_of(record.get("handle")) or None, text_of(record.get("displayName")) or None)
        return Skipped(place, "not_social", (person,) if did.startswith("did:") else ())
    if kind in {"app.bsky.feed.threadgate", "app.bsky.feed.postgate"}:
        return _gate(record, place, key.did)
    at = iso_us(record.get("createdAt"))
    if kind == "app.bsky.feed.post":
        return unreadable_time(place) if at is None else _post(record, key, place, at, context=context)
    if kind in _KIND_OF_ACT:
        return unreadable_time(place) if at is None else _act(_KIND_OF_ACT[kind], record, key, place, at=at)
    if kind in {"app.bsky.graph.follow", "app.bsky.graph.block", "app.bsky.graph.listitem"}:
        return _relation(kind.rpartition(".")[2], record, key, place, at=at)
    return unknown_kind(place, kind)


def _post(record: JsonObject, key: Key, place: str, at: int, context: Context) -> Parsed:
    text = kept(text_of_raw(record).strip(), context)
    uri, url = key.uri, web_url(key.uri)
    reply = as_object(record.get("reply"))
    parent, root = _ref(reply.get("parent")), _ref(reply.get("root"))
    if reply and parse_uri(parent) is None:
        return SetAside(place, "missing_field", "a reply without a usable address of the post that it answers")
    thread = root or parent or uri
    rows: list[Row] = []
    taken = {key.did}
    aims = [("reply", parse_uri(parent), parent), ("quote", parse_uri(quoted(record)), quoted(record))]
    for kind, target, link in aims:
        if target is not None and target.did not in taken:
            taken.add(target.did)
            rows.append(Person(target.did))
            rows.append(
                Interaction(
                    target.did,
                    "outbound",
                    kind,
                    at,
                    native_id=uri,
                    thread=thread,
                    reply_to=link,
                    text=text,
                    url=url,
                )
            )
    for person in mentions(record):
        if person.native_id != key.did:
            rows.append(person)
        if person.native_id not in taken:
            taken.add(person.native_id)
            rows.append(
                Interaction(
                    person.native_id,
                    "outbound",
                    "mention",
                    at,
                    native_id=uri,
                    thread=thread,
                    text=text,
                    url=url,
                )
            )
    if any(isinstance(row, Interaction) for row in rows):
        return Stored(place, tuple(rows))
    own_target = any(target is not None for _kind, target, _link in aims)
    if own_target:
        return Skipped(place, "self_event")
    return Stored(place, (*rows, Unattributed("post", "outbound", at, text, url=url, native_id=uri, thread=thread)))


def _act(kind: str, record: JsonObject, key: Key, place: str, at: int) -> Parsed:
    subject = _ref(record.get("subject"))
    target = parse_uri(subject)
    if target is None:
        return SetAside(place, "missing_field", f"a {kind} without a usable address of what it is for")
    if target.did == key.did:
        return Skipped(place, "self_event")
    act = Interaction(target.did, "outbound", kind, at, native_id=key.uri, reply_to=subject, url=web_url(subject))
    return Stored(place, (Person(target.did), act))


def _relation(kind: str, record: JsonObject, key: Key, place: str, at: int | None) -> Parsed:
    did = text_of(record.get("subject"))
    if not did.startswith("did:"):
        return SetAside(place, "missing_field", f"a {kind} without the id of an account")
    if did == key.did:
        return Skipped(place, "self_event")
    if kind == "follow":
        if at is None:
            return unreadable_time(place)
        act = Interaction(did, "outbound", "follow", at, native_id=key.uri)
        return Stored(place, (Person(did), act, Tie(did, "follows", at)))
    return Stored(place, (Person(did), Tie(did, "blocked" if kind == "block" else "listed", at)))


def _gate(record: JsonObject, place: str, owner: str) -> Parsed:
    """Read replies that the owner hid, or quotes that the owner detached: the only inbound acts in a repository.

    Their time is in their own key (a TID); a key that is none leaves them without a time, in `unattributed`.
    """
    rows: list[Row] = []
    for field, kind in (("hiddenReplies", "reply"), ("detachedEmbeddingUris", "quote")):
        for uri in map(as_text, as_list(record.get(field))):
            source = parse_uri(uri)
            if source is None or source.did == owner:
                continue
            at = tid_us(source.rkey)
            post = text_of(record.get("post"))
            if at is None:
                rows += [Person(source.did), Unattributed(kind, "inbound", None, url=web_url(uri), native_id=uri)]
            else:
                link = (
                    post if kind == "quote" and post else None
                )  # a hidden reply may answer another reply in the thread
                act = Interaction(
                    source.did,
                    "inbound",
                    kind,
                    at,
                    native_id=uri,
                    thread=post or None,
                    reply_to=link,
                    url=web_url(uri),
                )
                rows += [Person(source.did), act]
    return Stored(place, tuple(rows)) if rows else Skipped(place, "not_social")
