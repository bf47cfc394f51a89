"""A repository's CAR file: blocks by their content ids (verified), the signed commit, and the records in the tree.

Facts: CARv1 is a DAG-CBOR header (`roots`) and blocks, each `varint length, CID, bytes`; the root is the commit, whose `data`
is a Merkle search tree. A node is `{l, e: [{p, k, v, t}]}`: keys are `collection/rkey`, `p` bytes of the former key kept.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeGuard

import libipld

from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import JsonObject, objects_of

_CID_LENGTH: Final = 36
"""Version, codec, hash function, length (a byte each) and a SHA-256: the only form atproto uses."""
_SHA256: Final = b"\x12\x20"
_DEEPEST: Final = 64


@dataclass(slots=True)
class Repo:
    """The content of a CAR file. `damaged`: ids of blocks whose bytes don't hash to their id, or are no DAG-CBOR."""

    root: bytes | None = None
    blocks: dict[bytes, object] = field(default_factory=dict)
    damaged: set[bytes] = field(default_factory=set)
    cut_short: bool = False
    missing_nodes: int = 0
    """Nodes of the tree that are missing from the file, as far as `leaves` has walked."""

    @property
    def whole(self) -> bool:
        """Whether the repository is complete; known after `leaves` is exhausted."""
        return bool(self.commit) and not (self.cut_short or self.damaged or self.missing_nodes)

    @property
    def commit(self) -> JsonObject:
        """The signed commit (did, rev, data …); empty when the root is missing or no commit."""
        found = self.blocks.get(self.root or b"")
        return found if isinstance(found, dict) and isinstance(found.get("did"), str) else {}


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 56:
            raise ValueError("number too long")


def read_root(data: bytes) -> bytes | None:
    """Return the content id of the root that the header names; None when it names none."""
    try:
        size, at = _varint(data, 0)
        roots = libipld.decode_dag_cbor(data[at : at + size]).get("roots")
    except (ValueError, IndexError, AttributeError, TypeError):
        return None
    return roots[0] if isinstance(roots, list) and roots and isinstance(roots[0], bytes) else None


def read_car(data: bytes) -> Repo:
    """Read a CAR file as far as possible: a truncated or damaged one gives its whole blocks."""
    repo = Repo()
    try:
        size, at = _varint(data, 0)
        roots = libipld.decode_dag_cbor(data[at : at + size]).get("roots")
        repo.root = roots[0] if roots else None
        at += size
    except (ValueError, IndexError, AttributeError, TypeError):
        repo.cut_short = True
        return repo
    while at < len(data):
        try:
            size, start = _varint(data, at)
        except (ValueError, IndexError):
            repo.cut_short = True
            return repo
        at = start + size
        cid, body = data[start : start + _CID_LENGTH], data[start + _CID_LENGTH : at]
        if at > len(data) or size < _CID_LENGTH:
            repo.cut_short = True
            return repo
        if cid[2:4] != _SHA256 or hashlib.sha256(body).digest() != cid[4:]:
            repo.damaged.add(cid)
            continue
        try:
            repo.blocks[cid] = libipld.decode_dag_cbor(body)
        except ValueError:
            repo.damaged.add(cid)
    return repo


def is_node(block: object) -> TypeGuard[JsonObject]:
    """Return whether a block is a node of the tree."""
    return isinstance(block, dict) and "$type" not in block and isinstance(block.get("e"), list) and "l" in block


def leaves(repo: Repo) -> Iterator[tuple[str, bytes]]:
    """Yield (`collection/rkey`, content id) of each record by the tree, in order of key; missing nodes are left out."""
    seen: set[bytes] = set()
    yield from _walk(repo, repo.commit.get("data"), seen, 0)


def _walk(repo: Repo, cid: object, seen: set[bytes], depth: int) -> Iterator[tuple[str, bytes]]:
    if not isinstance(cid, bytes):
        return
    node = repo.blocks.get(cid)
    repo.missing_nodes += node is None
    if depth > _DEEPEST or cid in seen or not is_node(node):  # a hostile file may point back at itself
        return
    seen.add(cid)
    yield from _walk(repo, node["l"], seen, depth + 1)
    key = b""
    for entry in objects_of(node["e"]):
        suffix, value, shared = entry.get("k"), entry.get("v"), entry.get("p")
        if not isinstance(suffix, bytes) or not isinstance(value, bytes):
            continue
        key = key[: shared if isinstance(shared, int) else 0] + suffix
        yield key.decode("utf-8", "replace"), value
        yield from _walk(repo, entry.get("t"), seen, depth + 1)


def earlier_keys(repo: Repo, current: Collection[str]) -> dict[bytes, bool]:
    """Return the records of earlier versions of the tree: content id -> whether its key has another record now.

    Nodes that the current tree doesn't lead to are of an earlier version only if the current tree is complete; of an
    incomplete one they may be a part.

    Args:
        repo: its `leaves` are exhausted.
        current: keys of the current tree.
    """
    if not repo.commit or repo.cut_short or repo.missing_nodes:
        return {}
    found: dict[bytes, bool] = {}
    for block in repo.blocks.values():
        if is_node(block):
            for key, cid in _entries(block):
                found[cid] = found.get(cid, False) or key in current
    return found


def _entries(node: JsonObject) -> Iterator[tuple[str, bytes]]:
    """Yield the keys of one node with their records' content ids."""
    key = b""
    for entry in objects_of(node["e"]):
        suffix, value, shared = entry.get("k"), entry.get("v"), entry.get("p")
        if isinstance(suffix, bytes) and isinstance(value, bytes):
            key = key[: shared if isinstance(shared, int) else 0] + suffix
            yield key.decode("utf-8", "replace"), value


def is_record(block: object) -> TypeGuard[JsonObject]:
    """Return whether a block is a record."""
    return isinstance(block, dict) and isinstance(block.get("$type"), str)


def count_records(member: Member, _context: Context) -> int:
    """Count the records: entries of all nodes, and records that no node points at. By libipld's own CAR reader if it can.

    Nodes of earlier versions of the tree, which some servers leave in the file, are not counted: their records are, once each.
    This takes no step of the walk that `leaves` takes: no keys, no order.
    """
    data = member.read()
    blocks: Mapping[bytes, object]
    try:
        _header, blocks = libipld.decode_car(data)
    except ValueError:
        blocks = read_car(data).blocks
    targets = [entry.get("v") for node in _current_nodes(data, blocks) for entry in objects_of(node["e"])]
    linked = set(targets)
    number = len(targets) + sum(1 for cid, block in blocks.items() if is_record(block) and cid not in linked)
    return number or 1


def _current_nodes(data: bytes, blocks: Mapping[bytes, object]) -> list[JsonObject]:
    """Return the nodes that the file's root leads to; all nodes of the file when one of those is missing."""
    every = [block for block in blocks.values() if is_node(block)]
    commit = blocks.get(read_root(data) or b"")
    waiting = [commit.get("data")] if isinstance(commit, dict) else []
    found: dict[bytes, JsonObject] = {}
    while waiting:
        cid = waiting.pop()
        if cid is None or cid in found:
            continue
        node = blocks.get(cid) if isinstance(cid, bytes) else None
        if not is_node(node):
            return every
        found[cid] = node
        waiting += [node["l"], *(entry.get("t") for entry in objects_of(node["e"]))]
    return list(found.values()) or every
