"""Bluesky as a source: repository CAR, one JSON file a record, chat export."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import ndjson, one
from pipeline.model.codes import CLASS_OF_KIND
from pipeline.model.durations import DAY
from pipeline.model.records import CoverageNote, ListSeen, Parsed, SetAside, Skipped
from pipeline.model.survey import Account, Context, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Item, Member, Reader, Source
from pipeline.sources.bluesky.car import count_records, earlier_keys, is_record, leaves, read_car
from pipeline.sources.bluesky.chat import BlueskyFacts, owner_among, read_chat, survey_people
from pipeline.sources.bluesky.declaration import BLUESKY
from pipeline.sources.bluesky.rows import Key, parse_uri, read_record
from pipeline.sources.bluesky.tid import tid_us
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import iso_us, one_object, text_of, whole_json

_RECORD: Final = re.compile(r"(?:^|/)((?:app|chat)\.bsky\.[a-z]+(?:\.[A-Za-z]+)+)/([A-Za-z0-9._:~-]+)\.json$")
_DID: Final = re.compile(r"did[:_](plc|web)[:_]([A-Za-z0-9.%-]+)")
_CAR_HEAD: Final = b"eroots"
_CLASS: Final = {
    "app.bsky.feed.post": "comment", "app.bsky.feed.like": CLASS_OF_KIND["like"], "app.bsky.feed.repost": CLASS_OF_KIND["repost"],
    "app.bsky.graph.follow": CLASS_OF_KIND["follow"],
}  # fmt: skip
_LISTS: Final = {
    "app.bsky.graph.follow": "follows", "app.bsky.graph.block": "blocked", "app.bsky.graph.listitem": "listed",
}  # fmt: skip
"""Relations of which a whole repository contains all current ones: a relation that was undone is deleted from it."""


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim CAR files by their header, record files by their path, the chat by the shape of its lines."""
    for member in archive.members:
        name = member.name.rpartition("/")[2].lower()
        if name.endswith(".car") and _CAR_HEAD in member.head(64):
            yield Claim(member.name, "repo", 0.9)
        elif _RECORD.search(member.name):
            yield Claim(member.name, "record", 0.9)
        elif name.endswith((".jsonl", ".ndjson")):
            head = member.head()
            if (b'"sentAt"' in head and b'"did:' in head) or b"chat.bsky." in head:
                yield Claim(member.name, "chat", 0.9)


def _did_in(path: str) -> str:
    found = _DID.search(path)
    return f"did:{found[1]}:{found[2]}" if found else ""


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return the owner: by the commit's DID, the DID in a path, or the one member of every conversation; `rev` dates the commit."""
    readers = {claim.member: claim.reader for claim in claims}
    did, name, rev, people = "", None, None, dict[str, set[str]]()
    answerers: dict[str, set[str]] = {}
    for member in archive.members:
        reader = readers.get(member.name)
        if reader == "repo":
            try:
                repo = read_car(member.read())
            except MemberError:
                continue
            did = text_of(repo.commit.get("did")) or did
            rev = tid_us(text_of(repo.commit.get("rev"))) or rev
            profiles = [
                block
                for block in repo.blocks.values()
                if is_record(block) and block["$type"] == "app.bsky.actor.profile"
            ]
            name = next((text_of(profile.get("displayName")) or None for profile in profiles), name)
        elif reader == "record":
            value = _value_and_uri(whole_json(member))
            uri = parse_uri(value[1])
            did = did or (uri.did if uri else _did_in(member.name))
            if "app.bsky.actor.profile/" in member.name:
                name = text_of(value[0].get("displayName")) or name
        elif reader == "chat":
            there, replies = survey_people(member)
            for convo, found in there.items():
                people.setdefault(convo, set()).update(found)
            for message, found in replies.items():
                answerers.setdefault(message, set()).update(found)
    did = did or owner_among(people) or ""
    facts = BlueskyFacts(
        people={convo: frozenset(found) for convo, found in people.items()},
        answerers={message: frozenset(found) for message, found in answerers.items()},
    )
    account = Account(did, display_name=name) if did else None
    owner = Owner(ids=frozenset({did} - {""}), names=frozenset({name} if name else set()))
    return Survey(account, owner, exported_at=rev, facts=facts)


def read_repo(member: Member, context: Context) -> Iterator[Item]:
    """Read all records of a repository by its tree; damaged or missing records and those outside any tree are set aside.

    Records of earlier versions of the tree are skipped: as an earlier version where their key has another record now, else as
    deleted by the owner.
    """
    repo = read_car(member.read())
    did = text_of(repo.commit.get("did"))
    linked: set[bytes] = set()
    keys: set[str] = set()
    doubtful: dict[str, int] = {}
    found, whole = False, True
    for path, cid in leaves(repo):
        found = True
        linked.add(cid)
        keys.add(path)
        collection, _, rkey = path.rpartition("/")
        record = repo.blocks.get(cid)
        if cid in repo.damaged:
            yield SetAside(f"/{path}", "damaged_block", "the bytes of this record don't match their checksum")
        elif not isinstance(record, dict):
            whole = False
            yield SetAside(f"/{path}", "missing_block", "the tree names this record, but it is missing from the file")
        else:
            if _far_apart(record, rkey) and collection in _CLASS:
                doubtful[_CLASS[collection]] = doubtful.get(_CLASS[collection], 0) + 1
            item = read_record(record, Key(did, collection, rkey), f"/{path}", context)
            whole &= not (isinstance(item, SetAside) and collection in _LISTS)
            yield item
    if whole and repo.whole:
        yield from (ListSeen(kind, complete=True) for kind in _LISTS.values())
    earlier = earlier_keys(repo, keys)
    for cid, block in repo.blocks.items():
        if is_record(block) and cid not in linked:
            found = True
            if cid in earlier:
                yield Skipped(f"cid:{cid.hex()}", "edit_version" if earlier[cid] else "deleted_placeholder")
                continue
            reason = "the repository's tree doesn't lead to this record: it may be deleted, or the file is not whole"
            yield SetAside(f"cid:{cid.hex()}", "unlinked_record", reason)
    if not found:
        yield SetAside(
            "byte:0", "no_records", "no record can be reached in this repository file: please export it again"
        )
    for cls, number in sorted(doubtful.items()):
        reason = f"{number} records state a time that is over a day away from the time in their key"
        yield CoverageNote(cls, "outbound", "full", "public", reason=reason)


def _far_apart(record: JsonObject, rkey: str) -> bool:
    """Return whether the stated time and the key's time differ by over a day (imports are backdated, clocks are wrong)."""
    stated, keyed = iso_us(record.get("createdAt")), tid_us(rkey)
    return stated is not None and keyed is not None and abs(stated - keyed) > DAY


def _value_and_uri(value: object) -> tuple[JsonObject, str]:
    """Return a record and its at-uri: tools write the bare record, or `{uri, cid, value}` as the API lists it."""
    if not isinstance(value, dict):
        return {}, ""
    inner = value.get("value")
    return (inner, text_of(value.get("uri"))) if isinstance(inner, dict) and "$type" not in value else (value, "")


def read_file(member: Member, context: Context) -> Iterator[Parsed]:
    """Read a file with one record."""
    found = _RECORD.search(member.name)
    collection, rkey = (found[1], found[2]) if found else ("", "")
    ids = context.owner("bluesky").ids
    surveyed = context.survey.account.native_id if context.survey.account else ""
    fallback = _did_in(member.name) or surveyed or (min(ids) if ids else "")

    def handle(value: JsonObject, place: str) -> Parsed:
        record, uri = _value_and_uri(value)
        parts = parse_uri(uri)
        return read_record(record, Key(parts.did if parts else fallback, collection, rkey), place, context)

    raw = member.read()
    if raw:
        yield one_object(raw, "", handle)


SOURCE = Source(
    name="bluesky",
    version=4,
    platforms=(BLUESKY,),
    recognise=recognise,
    readers={
        "repo": Reader(read_repo, count_records),
        "record": Reader(read_file, one()),
        "chat": Reader(read_chat, ndjson()),
    },
    survey=survey,
    facts=BlueskyFacts,
)
