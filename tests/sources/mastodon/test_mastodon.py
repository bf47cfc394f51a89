"""Mastodon: addresses in all spellings, visibilities, and the demo read back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond, Post
from pipeline.demo.writers import mastodon as writer
from pipeline.model.survey import Owner
from pipeline.sources.mastodon.people import acct, acct_of_uri, addressed, is_owner, mentioned
from tests.sources.planted import AT, MINUTE, interactions, linked, posts, read_back, ties, world


@pytest.mark.parametrize(
    "uri, expected",
    [
        ("https://lake.example/users/nils/statuses/77", "nils@lake.example"),
        ("https://lake.example/users/Nils", "nils@lake.example"),
        ("https://lake.example/@nils/77", "nils@lake.example"),
        ("https://lake.example/@pia@wood.example/77", "pia@wood.example"),
        ("https://plum.example/objects/1-2-3", None),
        ("https://key.example/notes/9abc", None),
        ("https://lake.example/usersnils", None),
        ("not a uri", None),
        ("https://[broken/users/nils", None),
    ],
)
def test_author_in_a_uri(uri: str, expected: str | None) -> None:
    assert acct_of_uri(uri) == expected


def test_mention_without_host_is_on_the_host_of_its_uri() -> None:
    [(person, uri, alias)] = mentioned([{"type": "Mention", "href": "https://hill.example/users/bob", "name": "@bob"}])
    assert (person.native_id, uri, alias) == ("bob@hill.example", "https://hill.example/users/bob", None)


def test_mention_whose_uri_has_another_name_joins_both() -> None:
    [(person, _uri, alias)] = mentioned(
        [
            {"type": "Mention", "href": "https://web.key.example/users/9abc", "name": "@Kim@key.example"},
            {"type": "Hashtag"},
            5,
        ]
    )
    assert person.native_id == "kim@key.example"
    assert alias is not None
    assert (alias.native_id, alias.other) == ("kim@key.example", "9abc@web.key.example")


def test_recipients_are_neither_the_public_nor_followers() -> None:
    to = [
        "https://www.w3.org/ns/activitystreams#Public",
        "https://a.example/users/b/followers",
        "https://a.example/users/c",
    ]
    assert addressed(to, ["as:Public", "https://a.example/users/c"]) == ["https://a.example/users/c"]


def test_owner_as_written_in_the_settings() -> None:
    assert is_owner("ola@hill.example", Owner(handles=frozenset({"@Ola@hill.example"})))
    assert not is_owner("ola@lake.example", Owner(handles=frozenset({"@Ola@hill.example"})))


_NAME = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_", min_size=1, max_size=12)


@given(name=_NAME, host=st.sampled_from(["hill.example", "lake.example", "a-b.wood.example"]))
def test_all_spellings_of_an_address_are_one_id(name: str, host: str) -> None:
    expected = f"{name.lower()}@{host}"
    assert (
        acct(f"@{name}", host)
        == acct(f"{name}@{host}", "other.example")
        == acct(f"acct:{name}@{host.upper()}", "")
        == expected
    )
    assert acct(expected, "other.example") == expected
    assert acct_of_uri(f"https://{host}/users/{name}/statuses/1") == acct_of_uri(f"https://{host}/@{name}") == expected


HANDLES = {key: (f"{key}@{host}", f"{key}@{host}") for key, host in
           (("owner", "hill.example"), ("p1", "lake.example"), ("p2", "hill.example"))}  # fmt: skip


def test_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "mastodon", "p1", "outbound", kind="mention", at=AT, text="look & see"),
        Act("a2", "mastodon", "p1", "inbound", kind="reply", at=AT + MINUTE, text="seen", reply_to="a1"),
        Act("a3", "mastodon", "p1", "outbound", kind="reply", at=AT + 2 * MINUTE, text="good\nso", reply_to="a2"),
        Act("a4", "mastodon", "p2", "outbound", kind="repost", at=AT + 3 * MINUTE),
        Act("a5", "mastodon", "p2", "inbound", kind="message", at=AT + 4 * MINUTE, text="psst"),
        Act("a6", "mastodon", "p2", "outbound", kind="message", at=AT + 5 * MINUTE, text="yes?", reply_to="a5"),
        Act("a7", "mastodon", "p2", "outbound", kind="quote", at=AT + 6 * MINUTE, text="this"),
        Act("a8", "mastodon", "p2", "inbound", kind="mention", at=AT + 7 * MINUTE, text="hidden", visible=False),
    ]
    bonds = [Bond("mastodon", person, kind) for person, kind in
             (("p1", "follows"), ("p2", "followed_by"), ("p1", "blocked"), ("p2", "liked"))]  # fmt: skip
    planted = world("mastodon", HANDLES, acts, bonds, posts=[Post("t1", "mastodon", AT + 9 * MINUTE, "good morning")])
    outcomes = read_back("mastodon", writer.write(planted, tmp_path), tmp_path)
    native = {key: pair[1] for key, pair in HANDLES.items()}
    assert interactions(outcomes) == sorted(
        (native[a.person], a.direction, a.kind, a.at, a.text) for a in acts if a.visible
    )
    assert linked(outcomes) == [("good\nso", "seen"), ("seen", "look & see"), ("yes?", "psst")]
    assert ties(outcomes) == sorted((native[bond.person], bond.kind, None) for bond in bonds)
    assert posts(outcomes) == [(AT + 9 * MINUTE, "good morning")]


def test_demo_bytes_are_stable(tmp_path: Path) -> None:
    planted = world("mastodon", HANDLES, [Act("a1", "mastodon", "p1", "outbound", kind="mention", at=AT, text="x")])
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = writer.write(planted, tmp_path / "a"), writer.write(planted, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
