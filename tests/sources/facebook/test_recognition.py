"""Which export a member belongs to, and the exports that are answered with what to ask for."""

import json

import pytest

from pipeline.model.records import Interaction, Stored
from pipeline.sources.facebook.source import SOURCE as FACEBOOK
from pipeline.sources.instagram.source import SOURCE as INSTAGRAM
from tests.sources.harness import TinyArchive, TinyMember, read

THREAD = json.dumps(
    {"participants": [{"name": "A"}, {"name": "B"}], "messages": [{"sender_name": "A", "timestamp_ms": 1}]}
).encode()


def best(names: dict[str, bytes]) -> dict[str, str]:
    """Return member -> source that claims it most surely."""
    archive = TinyArchive("any", [TinyMember(name, content) for name, content in names.items()])
    found: dict[str, tuple[float, str]] = {}
    for source in (FACEBOOK, INSTAGRAM):
        for claim in source.recognise(archive):
            found[claim.member] = max(found.get(claim.member, (0.0, "")), (claim.confidence, source.name))
    return {member: name for member, (_, name) in found.items()}


def test_conversations_without_a_root_go_where_the_rest_belongs() -> None:
    thread = "messages/inbox/ana_1/message_1.json"
    assert best({thread: THREAD, "friends/friends.json": b'{"friends":[]}'})[thread] == "facebook"
    assert (
        best({thread: THREAD, "followers_and_following/following.json": b'{"relationships_following":[]}'})[thread]
        == "instagram"
    )
    assert best({thread: THREAD})[thread] == "facebook"


def test_one_download_may_hold_both() -> None:
    found = best({
        "your_facebook_activity/messages/inbox/ana_1/message_1.json": THREAD,
        "your_instagram_activity/messages/inbox/mina_2/message_1.json": THREAD,
        "connections/followers_and_following/followers_1.json": b"[]",
        "connections/friends/your_friends.json": b'{"friends_v2":[]}',
    })  # fmt: skip
    assert found == {
        "your_facebook_activity/messages/inbox/ana_1/message_1.json": "facebook",
        "your_instagram_activity/messages/inbox/mina_2/message_1.json": "instagram",
        "connections/followers_and_following/followers_1.json": "instagram",
        "connections/friends/your_friends.json": "facebook",
    }


def test_a_single_file_is_known_by_its_shape() -> None:
    assert best({"comments.json": b'{"comments_v2":[]}'}) == {"comments.json": "facebook"}
    assert best({"comments.json": b'{"media_comments":[]}'}) == {"comments.json": "instagram"}
    assert best({"followers_1.json": b'[{"string_list_data":[]}]'}) == {"followers_1.json": "instagram"}


def test_a_single_conversation_is_read_by_what_it_says_itself() -> None:
    path = {"participants": [{"name": "Sam"}, {"name": "Lea"}], "title": "Sam", "thread_path": "message_requests/sam_9"}
    content = json.dumps(
        {**path, "messages": [{"sender_name": "Sam", "timestamp_ms": 1_700_000_000_000, "content": "hi"}]}
    ).encode()
    outcome = read(FACEBOOK, TinyArchive("message_1.json", [TinyMember("message_1.json", content)]))
    ((found,),) = outcome.items.values()
    assert isinstance(found, Stored)
    acts = [row for row in found.rows if isinstance(row, Interaction)]
    assert [(act.person, act.kind, act.thread) for act in acts] == [("thread:9", "message_request", "9")]


def test_foreign_files_are_left_alone() -> None:
    assert (
        best(
            {
                "data/tweets.js": b"window.YTD.tweets.part0 = []",
                "notes.json": b"{}",
                "pages.json": b"[]",
                "reposts.json": b"[]",
                "custom_lists.json": b"[]",
                "likes.json": b'{"orderedItems":[]}',
                "profile.json": b'{"name":"x"}',
            }
        )
        == {}
    )


@pytest.mark.parametrize(
    "name, facebook, instagram",
    [
        ("your_facebook_activity/comments_and_reactions/comments.html", True, False),
        ("facebook-lea/friends/friends.html", True, False),
        ("your_instagram_activity/likes/liked_posts.html", False, True),
        ("somewhere/page.html", False, False),
        ("your_facebook_activity/comments_and_reactions/comments.json", False, False),
    ],
)
def test_html_is_answered_with_json(name: str, facebook: bool, instagram: bool) -> None:
    archive = TinyArchive("any", [TinyMember(name, b"<html></html>")])
    for source, expected in ((FACEBOOK, facebook), (INSTAGRAM, instagram)):
        sentence = source.refusal(archive)
        assert (sentence is not None) == expected
        assert sentence is None or "JSON" in sentence
