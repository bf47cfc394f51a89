"""Bluesky: the tree, damaged files, facets by bytes, record keys, and the demo read back."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond, Post
from pipeline.demo.writers import bluesky as writer
from pipeline.model.records import ListSeen, SetAside, Skipped, Stored
from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources.bluesky.car import count_records, leaves, read_car
from pipeline.sources.bluesky.rows import mentions
from pipeline.sources.bluesky.source import read_repo
from pipeline.sources.bluesky.tid import make_tid, tid_us
from pipeline.sources.shared.json_values.access import as_object
from tests.sources.harness import TinyMember
from tests.sources.planted import AT, MINUTE, interactions, linked, posts, read_back, ties, world

CONTEXT = Context(ReadSettings(), Survey(), {})
DID = "did:plc:ownerownerownerowner2345"


def _likes(number: int) -> dict[str, dict[str, Any]]:
    subject = {"uri": "at://did:plc:nilsnilsnilsnilsnils2345/app.bsky.feed.post/3kabc", "cid": "bafy"}
    return {
        f"app.bsky.feed.like/{make_tid(AT + n * MINUTE, n % 1024)}": {
            "$type": "app.bsky.feed.like", "subject": subject, "createdAt": f"2024-05-01T08:00:00.{n:03d}Z",
        }
        for n in range(number)
    }  # fmt: skip


@given(at=st.integers(0, 2**53 - 1), clock=st.integers(0, 1023))
def test_record_keys_hold_their_time(at: int, clock: int) -> None:
    assert tid_us(make_tid(at, clock)) == at


@pytest.mark.parametrize(
    "key, expected",
    [("3jzfcijpj2z2a", 1_688_137_381_887_007), ("self", None), ("3JZFCIJPJ2Z2A", None), ("zzzzzzzzzzzzz", None)],
)
def test_known_record_keys(key: str, expected: int | None) -> None:
    assert tid_us(key) == expected


@settings(max_examples=25, deadline=None)
@given(number=st.integers(0, 200))
def test_tree_gives_all_records_in_order(number: int) -> None:
    records = _likes(number)
    repo = read_car(writer.car_bytes(DID, make_tid(AT), records))
    found = dict(leaves(repo))
    assert list(found) == sorted(records)
    assert [repo.blocks[cid] for cid in found.values()] == [records[key] for key in sorted(records)]


@settings(max_examples=40, deadline=None)
@given(cut=st.floats(0, 1), number=st.integers(1, 60))
def test_cut_file_accounts_for_every_record(cut: float, number: int) -> None:
    car = writer.car_bytes(DID, make_tid(AT), _likes(number))
    member = TinyMember("repo.car", car[: int(len(car) * cut)])
    items = [item for item in read_repo(member, CONTEXT) if not isinstance(item, ListSeen)]
    assert len(items) == count_records(member, CONTEXT)


def test_flipped_byte_is_set_aside_and_the_others_are_read() -> None:
    car = bytearray(writer.car_bytes(DID, make_tid(AT), _likes(5)))
    place = car.rindex(b"08:00:00.002Z")
    car[place] ^= 1
    items = list(read_repo(TinyMember("repo.car", bytes(car)), CONTEXT))
    assert sum(isinstance(item, Stored) for item in items) == 4
    assert [item.code for item in items if isinstance(item, SetAside)] == ["damaged_block"]


def test_only_a_whole_repository_proves_that_a_follow_was_taken_back() -> None:
    car = writer.car_bytes(DID, make_tid(AT), _likes(40))
    whole = [ListSeen(kind, complete=True) for kind in ("follows", "blocked", "listed")]
    assert [item for item in read_repo(TinyMember("repo.car", car), CONTEXT) if isinstance(item, ListSeen)] == whole
    assert not any(isinstance(item, ListSeen) for item in read_repo(TinyMember("repo.car", car[:-9]), CONTEXT))


def test_tree_that_bites_its_tail_ends() -> None:
    repo = read_car(writer.car_bytes(DID, make_tid(AT), _likes(3)))
    top = repo.commit["data"]
    assert isinstance(top, bytes)
    repo.blocks[top] = {**as_object(repo.blocks[top]), "l": top}
    assert len(list(leaves(repo))) == 3


@given(before=st.text(max_size=20), name=st.from_regex(r"[a-z]{1,8}\.[a-z]{2,6}", fullmatch=True))
def test_handles_are_cut_out_by_bytes(before: str, name: str) -> None:
    raw = before.encode("utf-8", "replace").decode()
    start = len(raw.encode())
    index = {"byteStart": start, "byteEnd": start + len(name) + 1}
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:x"}
    [person] = mentions({"text": f"{raw}@{name} hi", "facets": [{"index": index, "features": [feature]}]})
    assert (person.native_id, person.handle) == ("did:plc:x", name)


def test_facet_outside_of_the_text_gives_no_handle() -> None:
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:x"}
    [person] = mentions({"text": "@a.b", "facets": [{"index": {"byteStart": 0, "byteEnd": 99}, "features": [feature]}]})
    assert person.handle is None


HANDLES = {key: (f"{key}.sky.example", f"did:plc:{key.ljust(24, 'x')}") for key in ("owner", "p1", "p2")}


def test_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "bluesky", "p1", "outbound", kind="mention", at=AT, text="look Zoë @p1.sky.example"),
        Act("a2", "bluesky", "p1", "outbound", kind="reply", at=AT + MINUTE, text="and this"),
        Act("a3", "bluesky", "p2", "outbound", kind="like", at=AT + 2 * MINUTE),
        Act("a4", "bluesky", "p2", "outbound", kind="repost", at=AT + 3 * MINUTE),
        Act("a5", "bluesky", "p2", "outbound", kind="quote", at=AT + 4 * MINUTE, text="so true"),
        Act("a6", "bluesky", "p2", "outbound", kind="follow", at=AT + 5 * MINUTE),
        Act("a7", "bluesky", "p1", "inbound", kind="reply", at=AT + 6 * MINUTE, text="hidden", visible=False),
        Act("a8", "bluesky", "p1", "outbound", kind="message", at=AT + 7 * MINUTE, text="hello", thread="c1"),
        Act("a9", "bluesky", "p1", "inbound", kind="message", at=AT + 8 * MINUTE, text="hi", thread="c1"),
        Act("b1", "bluesky", "p2", "inbound", kind="message", at=AT + 9 * MINUTE, text="hey", thread="c2"),
        Act("b2", "bluesky", "p2", "outbound", kind="message", at=AT + 10 * MINUTE, text="you", thread="c2"),
    ]
    bonds = [Bond("bluesky", "p1", "blocked", AT), Bond("bluesky", "p2", "listed", AT)]
    planted = world("bluesky", HANDLES, acts, bonds, posts=[Post("t1", "bluesky", AT + 11 * MINUTE, "good morning")])
    outcomes = read_back("bluesky", writer.write(planted, tmp_path), tmp_path)
    native = {key: pair[1] for key, pair in HANDLES.items()}
    assert interactions(outcomes) == sorted(
        (native[a.person], a.direction, a.kind, a.at, a.text) for a in acts if a.visible
    )
    followed = (native["p2"], "follows", AT + 5 * MINUTE)
    assert ties(outcomes) == sorted([*((native[b.person], b.kind, b.since) for b in bonds), followed], key=str)
    assert posts(outcomes) == [(AT + 11 * MINUTE, "good morning")]
    assert linked(outcomes) == []


def _car_with_history(now: dict[str, dict[str, Any]], before: dict[str, dict[str, Any]]) -> bytes:
    """Return a CAR file of `now` that still holds the blocks of an earlier version."""
    return writer.car_bytes(DID, make_tid(AT), now) + _blocks_of(writer.car_bytes(DID, make_tid(AT - MINUTE), before))


def _blocks_of(car: bytes) -> bytes:
    assert car[0] < 0x80, "the length of the header takes one byte"
    return car[1 + car[0] :]


def test_records_of_earlier_versions_of_the_tree_are_skipped() -> None:
    likes = _likes(30)
    first, second, *_ = sorted(likes)
    edited = likes | {first: likes[first] | {"createdAt": "2023-01-01T00:00:00Z"}}
    now = {key: record for key, record in likes.items() if key != second}
    member = TinyMember("repo.car", _car_with_history(now, edited))
    items = list(read_repo(member, CONTEXT))
    records = [item for item in items if not isinstance(item, ListSeen)]
    assert sorted(item.rule for item in records if isinstance(item, Skipped)) == ["deleted_placeholder", "edit_version"]
    assert [item for item in records if isinstance(item, SetAside)] == []
    assert len(records) == count_records(member, CONTEXT) == 31
    assert sum(isinstance(item, ListSeen) for item in items) == 3


@settings(max_examples=40, deadline=None)
@given(cut=st.floats(0, 1), number=st.integers(1, 40), kept=st.integers(0, 40))
def test_a_cut_file_with_an_earlier_version_accounts_for_every_record(cut: float, number: int, kept: int) -> None:
    likes = _likes(number)
    now = dict(sorted(likes.items())[:kept])
    car = _car_with_history(now or likes, likes)
    member = TinyMember("repo.car", car[: int(len(car) * cut)])
    items = [item for item in read_repo(member, CONTEXT) if not isinstance(item, ListSeen)]
    assert len(items) <= count_records(member, CONTEXT)


@pytest.mark.parametrize(
    "kind", ["sh.tangled.repo", "fyi.unravel.frontpage.post", "com.whtwnd.blog.entry", "blue.flashes.feed.post"]
)
def test_records_of_other_applications_are_skipped_by_name(kind: str) -> None:
    records: dict[str, dict[str, object]] = {
        f"{kind}/3kabc": {"$type": kind, "createdAt": "2024-05-01T08:00:00Z", "text": "hi"}
    }
    [item] = [
        one
        for one in read_repo(TinyMember("repo.car", writer.car_bytes(DID, make_tid(AT), records)), CONTEXT)
        if not isinstance(one, ListSeen)
    ]
    assert isinstance(item, Skipped)
    assert item.rule == "other_app"
