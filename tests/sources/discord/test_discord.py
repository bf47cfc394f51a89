"""Discord: ids that hold times, channels, recognition by what is inside, and the demo read back."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond
from pipeline.demo.writers import discord as writer
from pipeline.model.records import CoverageNote, Person
from pipeline.model.survey import ReadSettings
from pipeline.sources.discord.channels import Channel, DiscordFacts, channel_of, label_of
from pipeline.sources.discord.ids import disagree, made_at, snowflake
from pipeline.sources.discord.messages import channel_number
from pipeline.sources.discord.source import SOURCE, recognise
from tests.sources.harness import TinyArchive, TinyMember, read
from tests.sources.planted import AT, MINUTE, interactions, read_back, ties, world

ME = frozenset({"100"})


@pytest.mark.parametrize(
    "value, expected",
    [
        (1_200_000_000_000_000_001, "1200000000000000001"),
        ("1200000000000000002", "1200000000000000002"),
        (" 007 ", "7"),
        ("1.2E+18", ""),
        (1.2e18, ""),
        (True, ""),
        (None, ""),
        (0, ""),
        (-1, ""),
    ],
)
def test_ids(value: object, expected: str) -> None:
    assert snowflake(value) == expected


def test_the_time_in_an_id() -> None:
    assert made_at("105484726235607040") == 1_445_219_918_546_000  # 2015-10-19T01:58:38.546Z
    assert made_at("12") is None
    assert made_at("") is None


@given(st.integers(1_420_070_401_000, 4_102_444_800_000), st.integers(0, 2**22 - 1))
def test_an_id_agrees_with_the_second_that_is_written_beside_it(ms: int, low: int) -> None:
    number = str(((ms - 1_420_070_400_000) << 22) + low)
    assert made_at(number) == ms * 1000
    assert not disagree(ms // 1000 * 1_000_000, number)
    assert disagree(ms * 1000 + 3_600_000_000, number)


@pytest.mark.parametrize(
    "name, number",
    [("messages/c123/messages.json", "123"), ("Messages/123/channel.json", "123"), ("messages/index.json", ""), ("c5/x", "5")],
)  # fmt: skip
def test_channels_of_paths(name: str, number: str) -> None:
    assert channel_number(name) == number


@pytest.mark.parametrize(
    "channel, direct, partner",
    [
        (Channel("1", "DM", ("200", "100")), True, Person("200")),
        (Channel("1", "1", ("100", "200"), label="Direct Message with ada#0"), True, Person("200", handle="ada")),
        (Channel("1", "DM", ("", "100")), True, Person("thread:1", placeholder=True)),
        (Channel("1", "DM"), True, Person("thread:1", placeholder=True)),
        (Channel("1", "DM", label="Direct Message with Bo#0"), True, Person("300", handle="Bo")),
        (Channel("1", "DM", label="Direct Message with Cy#0042"), True, Person("cy#0042", handle="Cy#0042")),
        (Channel("1", "DM", label="Direct Message with Deleted User"), True, Person("thread:1", placeholder=True)),
        (Channel("1", "", label="Direct Message with Bo#0"), True, Person("300", handle="Bo")),
        (Channel("1", "", ("200", "100")), True, Person("200")),
        (Channel("1", "DM", ("200", "300")), True, None),
        (Channel("1", "DM", ("100",)), True, Person("100")),
        (Channel("1", "GROUP_DM", ("200", "100")), False, None),
        (Channel("1", "GUILD_TEXT", guild=True), False, None),
        (Channel("1"), False, None),
    ],
)
def test_whom_a_channel_is_with(channel: Channel, direct: bool, partner: Person | None) -> None:
    assert channel.direct is direct
    if direct:
        assert channel.partner(ME, {"bo": "300"}) == partner


def test_a_channel_is_known_by_its_file_and_its_label() -> None:
    channel = channel_of({"id": "5", "type": 1, "recipients": ["200", "Deleted User", None], "guild": {"id": "9"}}, "5")
    assert channel == Channel("5", "1", ("200", "", ""), guild=True)
    facts = DiscordFacts({"5": channel}, {"5": "x"}, {"200": "Ada"})
    assert facts.channel("5") == Channel("5", "1", ("200", "", ""), True, label="x")
    assert facts.channel("7") == Channel("7")
    assert facts.ids_by_handle() == {"ada": "200"}
    assert channel_of(["no object"], "6") == Channel("6")


@pytest.mark.parametrize(
    "value, label", [(0, ""), ("None", ""), ("Unknown channel", ""), ("general in Lake", "general in Lake")]
)
def test_labels(value: object, label: str) -> None:
    assert label_of(value) == label


@pytest.mark.parametrize(
    "files, claims",
    [
        ({"Konto/user.json": b'{"id": "1", "username": "a", "discriminator": "0"}'}, {"Konto/user.json": "user"}),
        ({"x/user.json": b'{"id": 1, "name": "a"}'}, {}),
        (
            {"m/c1/channel.json": b"{}", "m/c1/messages.csv": b"", "m/index.json": b"{}", "other/index.json": b"{}"},
            {"m/c1/channel.json": "channel", "m/c1/messages.csv": "messages_csv", "m/index.json": "index"},
        ),
        ({"m/c1/messages.json": b'[{"ID": 1, "Timestamp": "x"}]'}, {"m/c1/messages.json": "messages_json"}),
        ({"m/2024/messages.json": b"[]"}, {}),
        ({"a/b/events-1.json": b'{"event_type": "x"}'}, {"a/b/events-1.json": "events"}),
    ],
)
def test_recognition(files: dict[str, bytes], claims: dict[str, str]) -> None:
    archive = TinyArchive("package.zip", [TinyMember(name, content) for name, content in files.items()])
    assert {claim.member: claim.reader for claim in recognise(archive)} == claims


def _package(*messages: object) -> TinyArchive:
    user = {"id": "175928847299117063", "username": "lea", "discriminator": "0"}
    channel = {"id": "1", "type": "DM", "recipients": ["175928847299117063", "345000000000000001"]}
    files = {"a/user.json": user, "m/c1/channel.json": channel, "m/c1/messages.json": list(messages)}
    return TinyArchive("package.zip", [TinyMember(name, json.dumps(value).encode()) for name, value in files.items()])


def test_the_written_time_stands_and_coverage_says_when_the_id_tells_another() -> None:
    agreeing = {"ID": 1235168840908800000, "Timestamp": "2024-05-01 10:00:00", "Contents": "a"}
    other = {"ID": 1235168840908800000, "Timestamp": "2024-05-01 11:00:00", "Contents": "a"}
    notes = [
        [item for item in read(SOURCE, _package(message)).items["m/c1/messages.json"] if isinstance(item, CoverageNote)]
        for message in (agreeing, other)
    ]
    assert notes[0] == []
    assert [(note.visibility, "another time" in note.reason) for note in notes[1]] == [("full", True)]


def test_the_account_is_as_old_as_its_id() -> None:
    assert read(SOURCE, _package(), ReadSettings()).survey.account_created_at == 1_462_015_105_796_000


def test_the_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "discord", "p1", "outbound", kind="message", at=AT, text="hello", thread="t1"),
        Act("a2", "discord", "p1", "inbound", kind="message", at=AT + MINUTE, text="hi", thread="t1", visible=False),
        Act(
            "a3",
            "discord",
            "p2",
            "outbound",
            kind="message",
            at=AT + 2 * MINUTE,
            text="you?",
            thread="tea",
            is_group=True,
        ),
        Act("a4", "discord", "p1", "outbound", kind="message", at=AT + 3 * MINUTE, text="bye", thread="t1"),
    ]
    bonds = [Bond("discord", "p1", "connected", AT - MINUTE), Bond("discord", "p2", "blocked")]
    handles = {
        "owner": ("ola", "175928847299117063"),
        "p1": ("pia", "345000000000000001"),
        "p2": ("nils", "345000000000000002"),
    }
    planted = world("discord", handles, acts, bonds)
    written = writer.write(planted, tmp_path)
    outcomes = read_back("discord", written, tmp_path)
    assert interactions(outcomes) == [
        ("345000000000000001", "outbound", "message", AT, "hello"),
        ("345000000000000001", "outbound", "message", AT + 3 * MINUTE, "bye"),
        ("345000000000000002", "outbound", "message", AT + 2 * MINUTE, "@nils you?"),
    ]
    assert ties(outcomes) == [
        ("345000000000000001", "connected", AT - MINUTE),
        ("345000000000000002", "blocked", None),
    ]
    assert not [item for items in outcomes[0].items.values() for item in items if isinstance(item, CoverageNote)]
    again = tmp_path / "again"
    again.mkdir()
    assert [path.read_bytes() for path in writer.write(planted, again)] == [path.read_bytes() for path in written]
