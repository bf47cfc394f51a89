"""Reddit: ids, names, tables in parts, and the demo read back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond, Post
from pipeline.demo.writers import reddit as writer
from pipeline.sources.reddit.identifiers import full_id, id_in_permalink, user_name
from pipeline.sources.reddit.tables import table_name
from tests.sources.planted import AT, MINUTE, interactions, linked, posts, read_back, ties, world


@pytest.mark.parametrize(
    "member, expected",
    [
        ("comments.csv", "comments"),
        ("export/comments_2.csv", "comments"),
        ("messages_archive.csv", "messages_archive"),
        ("messages_archive_1.csv", "messages_archive"),
        ("post_votes (1).csv", "post_votes"),
        ("notes.txt", ""),
    ],
)
def test_table_of_a_member(member: str, expected: str) -> None:
    assert table_name(member) == expected


@pytest.mark.parametrize(
    "link, expected",
    [
        ("/r/tea/comments/p9/kettle/", "t3_p9"),
        ("https://www.reddit.com/r/tea/comments/p9/kettle/zz1/", "t1_zz1"),
        ("/r/tea/", None),
    ],
)
def test_what_a_permalink_leads_to(link: str, expected: str | None) -> None:
    assert id_in_permalink(link) == expected


@given(name=st.from_regex(r"[A-Za-z0-9_-]{3,20}", fullmatch=True))
def test_all_spellings_of_a_user_are_one_id(name: str) -> None:
    assert (
        user_name(name)
        == user_name(f"u/{name}")
        == user_name(f"/u/{name} ")
        == user_name(name.upper())
        == user_name(user_name(name))
    )


def test_deleted_accounts_and_ids() -> None:
    assert user_name("[deleted]") == user_name("") == ""
    assert (full_id("abc", "t1_"), full_id("t3_abc", "t1_"), full_id(" ", "t1_")) == ("t1_abc", "t3_abc", None)


HANDLES = {key: (key, key) for key in ("owner_1", "p1_x", "p2_x")}


def test_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "reddit", "p1_x", "outbound", "message", AT, "hello,\nyou", "t1"),
        Act("a2", "reddit", "p1_x", "inbound", "message", AT + MINUTE, 'a "hi"', "t1"),
        Act("a3", "reddit", "p2_x", "inbound", "message", AT + 2 * MINUTE, "linked?", "t2"),
        Act("a4", "reddit", "p2_x", "outbound", "message", AT + 3 * MINUTE, "yes", "t2", reply_to="a3"),
        Act("a5", "reddit", "p2_x", "outbound", "mention", AT + 4 * MINUTE, "ask u/p2_x"),
        Act("a6", "reddit", "p1_x", "inbound", "award", AT + 5 * MINUTE),
        Act("a7", "reddit", "p1_x", "inbound", "reply", AT + 6 * MINUTE, "hidden", visible=False),
    ]
    handles = {("owner" if key == "owner_1" else key): pair for key, pair in HANDLES.items()}
    planted = world(
        "reddit",
        handles,
        acts,
        [Bond("reddit", "p1_x", "follows")],
        [Post("p1", "reddit", AT + 9 * MINUTE, "my kettle")],
    )
    outcomes = read_back("reddit", writer.write(planted, tmp_path), tmp_path)
    assert interactions(outcomes) == sorted((a.person, a.direction, a.kind, a.at, a.text) for a in acts if a.visible)
    assert linked(outcomes) == [("yes", "linked?")]
    assert ties(outcomes) == [("p1_x", "follows", None)]
    assert posts(outcomes) == [(AT + 9 * MINUTE, "my kettle")]
    assert outcomes[0].survey.exported_at == planted.exported_at


@pytest.mark.parametrize("member", ["Post Votes (1).csv", "POST_VOTES.CSV", "post votes_2.csv"])
def test_case_blanks_and_copy_numbers_of_a_name(member: str) -> None:
    assert table_name(member) == "post_votes"
