"""Bluesky's part of the demo: a repository as a CAR file with its Merkle search tree, and the chat export.

The tree is atproto's: a key's layer is half the number of zero bits that its SHA-256 begins with; a node holds the keys of its
layer, and between them the subtrees of the layer below. The commit's signature is 64 zero bytes: nobody's key is invented.
"""

import hashlib
import json
from pathlib import Path

import libipld

from pipeline.demo.shared.files import iso, letters
from pipeline.demo.world import Act, World
from pipeline.sources.bluesky.tid import make_tid

_CID_START = b"\x01\x71\x12\x20"


class Blocks:
    """The blocks of a repository by content id, in the order of writing."""

    def __init__(self) -> None:
        self.found: dict[bytes, bytes] = {}

    def add(self, value: dict[str, object]) -> bytes:
        """Add a block and return its content id."""
        data = libipld.encode_dag_cbor(value)
        cid = _CID_START + hashlib.sha256(data).digest()
        self.found[cid] = data
        return cid


def layer(key: bytes) -> int:
    """Return a key's layer in the tree."""
    digest = int.from_bytes(hashlib.sha256(key).digest(), "big")
    return (256 - digest.bit_length()) // 2


def tree(blocks: Blocks, entries: list[tuple[bytes, bytes]]) -> bytes:
    """Add the nodes of a tree over (key, content id) pairs, sorted by key; return the root's content id."""
    top = max((layer(key) for key, _ in entries), default=0)
    root = _node(blocks, entries, top)
    return root if root is not None else blocks.add({"l": None, "e": []})


def _node(blocks: Blocks, entries: list[tuple[bytes, bytes]], level: int) -> bytes | None:
    if not entries:
        return None
    groups: list[list[tuple[bytes, bytes]]] = [[]]
    own: list[tuple[bytes, bytes]] = []
    for entry in entries:
        if layer(entry[0]) == level:
            own.append(entry)
            groups.append([])
        else:
            groups[-1].append(entry)
    left = _node(blocks, groups[0], level - 1)
    listed: list[object] = []
    former = b""
    for (key, cid), below in zip(own, groups[1:], strict=True):
        shared = next(
            (place for place, (a, b) in enumerate(zip(former, key, strict=False)) if a != b), min(len(former), len(key))
        )
        listed.append({"p": shared, "k": key[shared:], "v": cid, "t": _node(blocks, below, level - 1)})
        former = key
    return blocks.add({"l": left, "e": listed})


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def car_bytes(did: str, rev: str, records: dict[str, dict[str, object]]) -> bytes:
    """Return a CAR file of a repository with these records (`collection/rkey` -> record)."""
    blocks = Blocks()
    entries = [
        (key.encode(), blocks.add(record)) for key, record in sorted(records.items(), key=lambda item: item[0].encode())
    ]
    data = tree(blocks, entries)
    root = blocks.add({"did": did, "version": 3, "data": data, "rev": rev, "prev": None, "sig": bytes(64)})
    header = libipld.encode_dag_cbor({"roots": [root], "version": 1})
    parts = [_varint(len(header)), header]
    leading = list(reversed(blocks.found))[: len(blocks.found) - len({cid for _, cid in entries})]
    order = [
        *leading,
        *(cid for cid in blocks.found if cid not in set(leading)),
    ]  # the commit, the tree from the top, the records
    for cid in order:
        body = blocks.found[cid]
        parts += [_varint(len(cid) + len(body)), cid, body]
    return b"".join(parts)


class _Writer:
    def __init__(self, world: World) -> None:
        self.world = world
        self.did = world.owner.native_ids["bluesky"]
        self.acts = {act.id: act for act in world.acts if act.platform == "bluesky"}

    def rkey(self, key: str, at: int) -> str:
        """Return a record key: the time, and a clock id that keeps records of one moment apart."""
        return make_tid(at, int.from_bytes(hashlib.blake2b(key.encode(), digest_size=2).digest(), "big") % 1024)

    def uri(self, act: Act) -> str:
        """Return the at-uri of what an act is for: the act that it answers, else some post of the person's."""
        answered = self.acts.get(act.reply_to or "")
        theirs = self.world.person(act.person).native_ids["bluesky"]
        if answered is None:
            return f"at://{theirs}/app.bsky.feed.post/{self.rkey(f'what {act.id} is for', act.at - 60_000_000)}"
        author = self.did if answered.direction == "outbound" else theirs
        return f"at://{author}/app.bsky.feed.post/{self.rkey(answered.id, answered.at)}"

    def record(self, act: Act) -> tuple[str, dict[str, object]]:
        """Return key and record of an act of the owner's."""
        person = self.world.person(act.person)
        did, handle = person.native_ids["bluesky"], person.handles["bluesky"]
        subject = {"uri": self.uri(act), "cid": f"bafyrei{letters(act.id, 52, 'abcdefghijklmnopqrstuvwxyz234567')}"}
        created = iso(act.at)
        key = self.rkey(act.id, act.at)
        if act.kind in {"like", "repost"}:
            kind = f"app.bsky.feed.{act.kind}"
            return f"{kind}/{key}", {"$type": kind, "subject": subject, "createdAt": created}
        if act.kind == "follow":
            return f"app.bsky.graph.follow/{key}", {
                "$type": "app.bsky.graph.follow",
                "subject": did,
                "createdAt": created,
            }
        post: dict[str, object] = {
            "$type": "app.bsky.feed.post",
            "text": act.text,
            "createdAt": created,
            "langs": [act.language or "en"],
        }
        if act.kind == "reply":
            root = (
                f"at://{did}/app.bsky.feed.post/{self.rkey(act.thread, self.world.starts_at)}"
                if act.thread
                else subject["uri"]
            )
            post["reply"] = {"root": {**subject, "uri": root}, "parent": subject}
        elif act.kind == "quote":
            post["embed"] = {"$type": "app.bsky.embed.record", "record": subject}
        else:
            name, text = f"@{handle}", act.text
            if name not in act.text:
                post["text"] = text = f"{act.text} {name}" if act.text else name
            start = len(text.partition(name)[0].encode())
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": did}
            index = {"byteStart": start, "byteEnd": start + len(name.encode())}
            post["facets"] = [{"index": index, "features": [feature]}]
        return f"app.bsky.feed.post/{key}", post


def write(world: World, folder: Path) -> list[Path]:
    """Write `repo.car` (acts of the owner's, blocks, lists, posts) and, if there are messages, `chat.jsonl`; return the paths."""
    writer = _Writer(world)
    acts = world.visible("bluesky")
    records = dict(writer.record(act) for act in acts if act.direction == "outbound" and act.kind != "message")
    profile: dict[str, object] = {
        "$type": "app.bsky.actor.profile",
        "displayName": world.owner.name,
        "createdAt": iso(world.starts_at),
    }
    records["app.bsky.actor.profile/self"] = profile
    for bond in world.bonds:
        kind = {"blocked": "block", "listed": "listitem"}.get(bond.kind)
        if bond.platform == "bluesky" and kind:
            at = bond.since or world.starts_at
            name = f"app.bsky.graph.{kind}"
            record: dict[str, object] = {
                "$type": name,
                "subject": world.person(bond.person).native_ids["bluesky"],
                "createdAt": iso(at),
            }
            if kind == "listitem":
                record["list"] = f"at://{writer.did}/app.bsky.graph.list/{writer.rkey('list', world.starts_at)}"
            records[f"{name}/{writer.rkey(f'{kind} {bond.person}', at)}"] = record
    for post in world.posts:
        if post.platform == "bluesky":
            record = {"$type": "app.bsky.feed.post", "text": post.text, "createdAt": iso(post.at), "langs": ["en"]}
            records[f"app.bsky.feed.post/{writer.rkey(post.id, post.at)}"] = record
    path = folder / "repo.car"
    path.write_bytes(car_bytes(writer.did, writer.rkey("commit", world.exported_at), records))
    written = [path]
    lines = []
    for act in acts:
        if act.kind == "message":
            did = world.person(act.person).native_ids["bluesky"]
            sender = writer.did if act.direction == "outbound" else did
            message: dict[str, object] = {
                "$type": "chat.bsky.convo.defs#messageView",
                "id": writer.rkey(act.id, act.at),
                "text": act.text,
            }
            message |= {"rev": message["id"], "sender": {"did": sender}, "sentAt": iso(act.at)}
            lines.append(json.dumps({"convoId": act.thread or f"convo-{act.person}", **message}, ensure_ascii=False))
    if lines:
        written.append(folder / "chat.jsonl")
        written[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return written
