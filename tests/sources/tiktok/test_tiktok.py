"""TikTok: the participants of a chat, times, and the demo read back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond, Post
from pipeline.demo.writers import tiktok as writer
from pipeline.model.records import Context, ReadSettings, SetAside, Survey
from pipeline.sources.tiktok.chats import Chat, chat_name
from pipeline.sources.tiktok.entries import read_section_entry, user_name
from pipeline.sources.tiktok.survey import export_date
from pipeline.sources.tiktok.text_export import blocks
from tests.sources.planted import AT, MINUTE, interactions, posts, read_back, ties, world

OLA = frozenset({"ola.hill"})


@pytest.mark.parametrize(
    "key, expected",
    [
        ("Chat History with pia.loom:", "pia.loom"),
        ("Chat History with pia.loom::", "pia.loom"),
        ("Chat History with Tea: people:", "Tea: people"),
        ("Group Chat History with Tea people:", "Tea people"),
        ("something else", "something else"),
    ],
)
def test_name_in_a_chat_title(key: str, expected: str) -> None:
    assert chat_name(key) == expected


@pytest.mark.parametrize(
    "name, senders, owners, partner",
    [
        ("pia.loom", {"pia.loom", "ola.hill"}, OLA, "pia.loom"),
        ("pia.loom", {"ola.hill"}, OLA, "pia.loom"),
        ("Tea people", {"pia.loom", "ola.hill"}, OLA, ""),
        ("tea", {"pia.loom", "nils", "ola.hill"}, OLA, ""),
        ("pia.loom", {"pia.loom", "somebody"}, frozenset[str](), "pia.loom"),
        ("tea", {"pia.loom", "nils"}, frozenset[str](), ""),
    ],
)
def test_chat_is_with_one_person_or_a_group(name: str, senders: set[str], owners: frozenset[str], partner: str) -> None:
    assert Chat(name, senders, owners).partner == partner


@pytest.mark.parametrize("value, expected", [("@Pia.Loom ", "pia.loom"), ("N/A", ""), (None, ""), ("Deleted User", "")])
def test_user_names(value: object, expected: str) -> None:
    assert user_name(value) == expected


@pytest.mark.parametrize(
    "digits, expected",
    [
        ("1740830400", 1_740_830_400_000_000),
        ("1740830400123", 1_740_830_400_000_000),
        ("20250301", 1_740_787_200_000_000),
        ("12", None),
    ],
)
def test_time_in_the_usual_file_name(digits: str, expected: int | None) -> None:
    assert export_date(digits) == expected


@given(
    st.lists(
        st.text(
            st.characters(
                blacklist_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029:", blacklist_categories=["Cs"]
            ),
            min_size=1,
            max_size=30,
        ),
        max_size=6,
    )
)
def test_every_dated_block_is_one_record(contents: list[str]) -> None:
    text = "\n\n".join(f"Date: 2024-01-01 00:00:00 UTC\nFrom: pia.loom\nContent: {content}" for content in contents)
    found = list(blocks(text))
    assert len(found) == len(contents)
    assert [block.entry["Content"].strip() for block in found] == [content.strip() for content in contents]


HANDLES = {key: (key, key) for key in ("owner", "p1", "p2")}


def test_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "tiktok", "p1", "outbound", "message", AT, "hello", "t1"),
        Act("a2", "tiktok", "p1", "inbound", "message", AT + MINUTE, "hi ☕", "t1"),
        Act("a3", "tiktok", "p2", "inbound", "follow", AT + 2 * MINUTE),
        Act("a4", "tiktok", "p2", "outbound", "follow", AT + 3 * MINUTE),
        Act("a5", "tiktok", "p2", "inbound", "comment", AT + 4 * MINUTE, "hidden", visible=False),
    ]
    bonds = [Bond("tiktok", "p2", "followed_by", AT + 2 * MINUTE), Bond("tiktok", "p2", "follows", AT + 3 * MINUTE)]
    planted = world("tiktok", HANDLES, acts, bonds, [Post("t1", "tiktok", AT + 9 * MINUTE, "my kettle")])
    outcomes = read_back("tiktok", writer.write(planted, tmp_path), tmp_path)
    assert interactions(outcomes) == sorted((a.person, a.direction, a.kind, a.at, a.text) for a in acts if a.visible)
    assert ties(outcomes) == sorted((bond.person, bond.kind, bond.since) for bond in bonds)
    assert posts(outcomes) == [(AT + 9 * MINUTE, "my kettle")]


@pytest.mark.parametrize(
    "title, senders, expected",
    [
        ("Chatverlauf mit pia.loom::", {"pia.loom"}, "pia.loom"),
        ("Historial de chat con pia.loom:", set[str](), "pia.loom"),
        ("pia.loom ile sohbet geçmişi:", {"pia.loom", "ola.hill"}, "pia.loom"),
        ("pia.loom님과의 채팅 기록:", set[str](), "pia.loom"),
        ("Historial de chat con :", {""}, ""),
    ],
)
def test_name_in_a_translated_chat_title(title: str, senders: set[str], expected: str) -> None:
    assert chat_name(title, senders) == expected


def test_an_account_list_with_two_unknown_headings_is_not_guessed() -> None:
    entry = {"Date": "2024-01-01 00:00:00", "Naam": "Pia", "Bijnaam": "loom"}
    found = read_section_entry("follower", entry, "/0", Context(ReadSettings(), Survey(), {}))
    assert isinstance(found, SetAside)
    assert found.code == "unknown_layout"
    assert "Naam" in found.reason
