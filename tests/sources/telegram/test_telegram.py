"""Telegram: foreign escapes, times, recognition, and the demo read back."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond
from pipeline.demo.writers import telegram as writer
from pipeline.formats.json_nested import nested
from pipeline.model.survey import ReadSettings
from pipeline.sources.telegram import escapes
from pipeline.sources.telegram.people import peer, plain_text, user_id
from pipeline.sources.telegram.source import SOURCE, recognise
from pipeline.sources.telegram.times import reaction_time, unix_us, when
from tests.sources.harness import TinyArchive, TinyMember
from tests.sources.planted import AT, MINUTE, interactions, linked, read_back, ties, world


@pytest.mark.parametrize(
    "written, valid",
    [
        (rb'"a\x07b"', rb'"a\u0007b"'),
        (rb'"a\x1Fb\x1f"', rb'"a\u001Fb\u001f"'),
        (rb'"C:\\x41"', rb'"C:\\x41"'),
        (rb'"\\\x07"', rb'"\\\u0007"'),
        (rb'"\"x41"', rb'"\"x41"'),
        (rb'"\xZZ"', rb'"\xZZ"'),
        (b'"plain"', b'"plain"'),
    ],
)
def test_escapes_are_made_valid(written: bytes, valid: bytes) -> None:
    assert escapes.repaired(io.BytesIO(written)).read() == valid


@given(
    st.lists(st.sampled_from([rb"\x07", rb"\\", rb"\"", rb"\\x41", b"x07", b"a", rb"\n"]), max_size=30),
    st.integers(1, 7),
)
def test_escapes_across_the_borders_of_chunks(parts: list[bytes], size: int) -> None:
    written, valid = b"".join(parts), b"".join(rb"\u0007" if part == rb"\x07" else part for part in parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(escapes, "_CHUNK", size)
        assert escapes._Repaired(io.BytesIO(written)).read() == valid


@pytest.mark.parametrize(
    "value, expected",
    [("user12", ("user", "12")), (12, ("user", "12")), ("channel7", ("channel", "7")), (None, ("", "")), (True, ("", "")), ("x", ("", ""))],
)  # fmt: skip
def test_peers(value: object, expected: tuple[str, str]) -> None:
    assert peer(value) == expected


def test_only_users_have_a_user_id() -> None:
    assert [user_id(value) for value in ("user12", "channel12", 0, "0")] == ["12", "", "", ""]


@pytest.mark.parametrize(
    "message, expected",
    [
        ({"text": "a"}, "a"),
        ({"text": ["a ", {"type": "bold", "text": "b"}, {"type": "link"}, 3]}, "a b"),
        ({"text": "", "text_entities": [{"type": "plain", "text": "c"}]}, "c"),
        ({"text": None}, ""),
    ],
)
def test_texts(message: dict[str, object], expected: str) -> None:
    assert plain_text(message) == expected


@pytest.mark.parametrize(
    "value, expected", [("5", 5_000_000), (6, 6_000_000), ("0", None), ("", None), ("5.5", None), (True, None)]
)
def test_seconds(value: object, expected: int | None) -> None:
    assert unix_us(value) == expected


def test_summer_time_between_a_message_and_its_reaction() -> None:
    """The message's offset is an hour off after the clocks changed, unless the owner's zone is known."""
    message = {"date": "2024-03-30T11:00:00", "date_unixtime": "1711792800"}
    known = reaction_time("2024-04-01T12:00:00", message, ReadSettings("Europe/Ljubljana", zone_is_set=True))
    other = reaction_time("2024-04-01T12:00:00", message, ReadSettings("America/New_York", zone_is_set=True))
    assert (known, other) == ((1_711_965_600_000_000, False), (1_711_969_200_000_000, False))


def test_second_zero_is_no_time_although_a_local_time_stands_beside_it() -> None:
    assert when({"date": "1970-01-01T01:00:00", "date_unixtime": "0"}, ReadSettings()) is None


def test_a_local_time_is_in_the_zone_of_the_settings() -> None:
    assert when({"date": "2020-07-01T12:00:00"}, ReadSettings("Europe/Ljubljana")) == (1_593_597_600_000_000, True)
    assert when({"date": "yesterday"}, ReadSettings()) is None


@pytest.mark.parametrize(
    "name, content, readers",
    [
        ("result.json", b'{"name": "A", "type": "personal_chat", "id": 1, "messages": [', ["chat"]),
        ("renamed.json", b'{"name": null, "type": "private_group", "id": 1, "messages": [', ["chat"]),
        ("result.json", b'{"about": "x", "personal_information": {"user_id": 1}, "chats": {', ["full"]),
        ("other.json", b'{"about": "x", "chats": {"list": []}, "contacts": {}}', ["full"]),
        ("result.json", b'{"type": "FeatureCollection", "messages": []}', []),
        ("result.json", b'{"results": []}', []),
        ("result.txt", b'{"name": "A", "type": "personal_chat", "id": 1, "messages": [', []),
    ],
)
def test_recognition(name: str, content: bytes, readers: list[str]) -> None:
    archive = TinyArchive("any", [TinyMember(name, content)])
    assert [claim.reader for claim in recognise(archive)] == readers


def test_the_html_form_is_refused_with_what_to_do() -> None:
    pages = TinyArchive("ChatExport_2024-01-02", [TinyMember("messages.html", b"<html>")])
    assert "machine-readable JSON" in (SOURCE.refusal(pages) or "")
    assert SOURCE.refusal(TinyArchive("site", [TinyMember("messages.html", b"<html>")])) is None


def test_many_chats_are_read_message_by_message() -> None:
    """No chat is held whole: a member that is read in pieces of 1 MB yields before it was read to its end."""
    chats = [
        {
            "name": f"N{n}",
            "type": "personal_chat",
            "id": n,
            "messages": [{"id": i, "text": "x" * 1000} for i in range(900)],
        }
        for n in range(1, 9)
    ]
    data = json.dumps({"about": "", "chats": {"list": chats}}).encode()

    stream = io.BytesIO(data)
    first = next(nested(escapes.repaired(stream), [("chats", "list", "*", "messages")]))
    assert first.around["name"] == "N1"
    assert stream.tell() < len(data) // 2


def test_the_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "telegram", "p1", "outbound", kind="message", at=AT, text="hello", thread="t1"),
        Act("a2", "telegram", "p1", "inbound", kind="message", at=AT + MINUTE, text="hi", thread="t1", reply_to="a1"),
        Act(
            "a3",
            "telegram",
            "p2",
            "inbound",
            kind="message",
            at=AT + 2 * MINUTE,
            text="all?",
            thread="tea",
            is_group=True,
        ),
        Act(
            "a4",
            "telegram",
            "p2",
            "outbound",
            kind="message",
            at=AT + 3 * MINUTE,
            text="yes",
            thread="tea",
            reply_to="a3",
            is_group=True,
        ),
        Act("a5", "telegram", "p1", "inbound", kind="message", at=AT + 4 * MINUTE, text="unseen", visible=False),
    ]
    bonds = [Bond("telegram", "p1", "in_address_book", AT - MINUTE), Bond("telegram", "p2", "in_address_book")]
    handles = {"owner": ("ola", "100"), "p1": ("pia", "200"), "p2": ("nils", "300")}
    planted = world("telegram", handles, acts, bonds)
    written = writer.write(planted, tmp_path)
    outcomes = read_back("telegram", written, tmp_path)
    assert interactions(outcomes) == [
        ("200", "inbound", "message", AT + MINUTE, "hi"),
        ("200", "outbound", "message", AT, "hello"),
        ("300", "inbound", "message", AT + 2 * MINUTE, "all?"),
        ("300", "outbound", "message", AT + 3 * MINUTE, "Person p2 yes"),
    ]
    assert linked(outcomes) == [("Person p2 yes", "all?"), ("hi", "hello")]
    assert ties(outcomes) == [("200", "in_address_book", AT - MINUTE), ("300", "in_address_book", None)]
    assert outcomes[0].survey.account is not None
    again = tmp_path / "again"
    again.mkdir()
    assert [path.read_bytes() for path in writer.write(planted, again)] == [path.read_bytes() for path in written]
