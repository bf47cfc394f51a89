"""Conversations: automatic lines, order in time, and what the parts of a split export state together."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.records import (
    Context,
    CoverageNote,
    Interaction,
    Owner,
    Person,
    ReadSettings,
    SetAside,
    Stored,
    Survey,
)
from pipeline.sources.facebook.facts import FacebookFacts
from pipeline.sources.facebook.source import SOURCE
from pipeline.sources.shared.meta.automatic_lines import classify_line, openings
from pipeline.sources.shared.meta.messages import message_times, ranks
from tests.sources.harness import TinyArchive, TinyMember, read

ANA = openings("Ana Petrov")


@pytest.mark.parametrize(
    "line, expected",
    [
        ("Ana Petrov named the group Trip.", "system"),
        ("Ana named the group Trip.", "system"),
        ("You created the group.", "system"),
        ("Ana Petrov added Bo Lind to the group.", "system"),
        ("Ana Petrov left the group.", "system"),
        ("Ana Petrov changed the theme to Love.", "system"),
        ("Reacted 😂 to your message ", "system"),
        ("You are now connected on Messenger.", "system"),
        ("Say hi to your new Facebook friend, Ana.", "system"),
        ("Say hi to Ana with a wave.", "system"),
        ("Say hi to your sister", ""),
        ("The video chat ended.", "system"),
        ("Call ended", ""),
        ("Ana Petrov waved at you!", "system"),
        ("Ana Petrov hat Bo Lind zur Gruppe hinzugefügt.", "system"),
        ("Ana Petrov a quitté le groupe.", "system"),
        ("You unsent a message", "unsent"),
        ("Ana Petrov sent an attachment.", "attachment"),
        ("Ana Petrov hat einen Anhang gesendet.", "attachment"),
        ("Ana Petrov started a video chat.", "call"),
        ("Ana missed your call.", "call"),
        ("You missed a call from Ana Petrov.", "call"),
        ("I left the group yesterday.", ""),
        ("Bo Lind left the group.", ""),
        ("Ana Petrov is my name", ""),
        ("sent an attachment.", ""),
        ("", ""),
    ],
)
def test_classify_line(line: str, expected: str) -> None:
    assert classify_line(line, ANA) == expected


@pytest.mark.parametrize(
    "line, expected",
    [
        ("Ana Petrov mentioned you in their story", "mention"),
        ("Ana Petrov replied to your story", "story_reply"),
        ("Mentioned you in their story", "mention"),
        ("Reacted ❤ to your story", "reaction"),
        ("Ana Petrov hat auf deine Story geantwortet", "story_reply"),
        ("Ana Petrov a répondu à votre story", "story_reply"),
        ("Ana Petrov te mencionó en su historia", "mention"),
        ("Ana Petrov ha risposto alla tua storia", "story_reply"),
    ],
)
def test_story_lines_count_on_instagram_only(line: str, expected: str) -> None:
    assert classify_line(line, ANA, has_stories=True) == expected
    assert classify_line(line, ANA) == ""


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_line_is_read(line: str, name: str) -> None:
    words = {"", "system", "unsent", "attachment", "call", "mention", "story_reply", "reaction"}
    assert classify_line(f"{name} {line}", openings(name), has_stories=True) in words


def test_newer_pages_rank_above_older_ones() -> None:
    newer, older = list(ranks([30, 20, 20], 1)), list(ranks([10, 5], 2))
    rising = [rank for rank in (*older[::-1], *newer[::-1]) if rank is not None]
    assert len(rising) == 5
    assert rising == sorted(set(rising))


def test_a_page_oldest_first_ranks_forward_and_a_mixed_one_not_at_all() -> None:
    first, second = ranks([1, 2], 0)
    assert first is not None
    assert second is not None
    assert first < second
    assert list(ranks([1, 3, 2], 0)) == [None, None, None]


def test_a_message_without_time_does_not_hide_the_order() -> None:
    assert message_times([{"timestamp_ms": 3}, {}, "text", {"timestamp_ms": 1}]) == [3, 3, 3, 1]


def page(
    *messages: dict[str, Any], names: tuple[str, ...] = ("Ana Petrov", "Lea Novak"), title: str = "Ana Petrov"
) -> TinyMember:
    thread = {"participants": [{"name": name} for name in names], "messages": list(messages), "title": title}
    return TinyMember("your_facebook_activity/messages/inbox/zz_77/message_1.json", json.dumps(thread).encode())


def kinds(member: TinyMember, owner: Owner) -> list[str]:
    context = Context(ReadSettings(), Survey(), {"facebook": owner})
    reader = SOURCE.readers["messages"]
    assert reader.parse is not None
    found: list[str] = []
    for item in reader.parse(member, context):
        if isinstance(item, Stored):
            found += [f"{row.direction} {row.kind}" for row in item.rows if isinstance(row, Interaction)]
        elif isinstance(item, SetAside):
            found.append(item.code)
    return found


def test_the_owner_may_stand_in_another_part() -> None:
    member = page(
        {"sender_name": "Lea Horvat", "timestamp_ms": 1_700_000_000_000, "content": "hi"},
        names=("Ana Petrov", "Lea Horvat"),
        title="?",
    )
    assert kinds(member, Owner(names=frozenset({"Lea Novak", "Lea Horvat"}))) == ["outbound message"]
    assert kinds(member, Owner()) == ["owner_unknown"]


def test_without_a_profile_the_title_tells_the_other_side() -> None:
    member = page({"sender_name": "Ana Petrov", "timestamp_ms": 1_700_000_000_000, "content": "hi"})
    assert kinds(member, Owner()) == ["inbound message"]


def test_the_same_message_has_the_same_id_whatever_the_folder_and_page() -> None:
    message = {"sender_name": "Ana Petrov", "timestamp_ms": 1_700_000_000_000, "content": "\u00f0\u009f\u0098\u0082"}
    ids = set()
    for name in (
        "messages/inbox/ana_77/message_1.json",
        "x/messages/e2ee_cutover/ana_77/message_4.json",
        "messages/archived_threads/a_77/message_2.json",
    ):
        outcome = read(SOURCE, TinyArchive("any", [TinyMember(name, page(message).content)]))
        ids |= {row.native_id for items in outcome.items.values() for item in items if isinstance(item, Stored) for row in item.rows
                if isinstance(row, Interaction)}  # fmt: skip
    assert len(ids) == 1


def test_a_part_without_the_moved_conversation_says_the_same_of_the_cutover_and_an_older_export_nothing() -> None:
    """Without the span before the cutover every older direct message fell out of coverage; a sister part undid the partial one."""
    message = {"sender_name": "Ana Petrov", "timestamp_ms": 1_690_000_000_000, "content": "hi"}
    member = TinyMember("your_facebook_activity/messages/inbox/ana_77/message_2.json", page(message).content)
    first = 1_700_000_000_000_000

    def notes(exported_at: int | None) -> set[tuple[object, ...]]:
        facts = FacebookFacts(cutover_times={"88": first, "99": first + 5}, cutover_reporters=frozenset({member.name}))
        context = Context(ReadSettings(), Survey(exported_at=exported_at, facts=facts), {})
        parse = SOURCE.readers["messages"].parse
        assert parse is not None
        found = [item for item in parse(member, context) if isinstance(item, CoverageNote)]
        return {(note.direction, note.visibility, note.surface, note.starts_at, note.ends_at) for note in found}

    both = {
        (direction, visibility, "direct", starts_at, ends_at)
        for direction in ("inbound", "outbound")
        for visibility, starts_at, ends_at in (("full", None, first), ("partial", first + 1, None))
    }
    assert notes(None) == both
    assert notes(first + 10) == both
    assert notes(first) == set()


def test_a_missed_call_is_the_callers_whoever_the_line_stands_under() -> None:
    """The caller's own copy reads "Ana missed your call." under the caller's name: it was kept as a message of theirs."""
    lines = [
        ("Lea Novak", "Ana missed your call."),
        ("Ana Petrov", "Ana Petrov missed your video chat."),
        ("Ana Petrov", "You missed a call from Ana."),
        ("Lea Novak", "You missed a video chat with Ana."),
        ("Lea Novak", "Bo missed your call."),
        ("Ana Petrov", "I missed your call"),
    ]
    messages = [
        {"sender_name": who, "timestamp_ms": 1_700_000_000_000 + at, "content": text}
        for at, (who, text) in enumerate(lines)
    ]
    assert kinds(page(*messages), Owner(names=frozenset({"Lea Novak"}))) == [
        "outbound call", "outbound call", "inbound call", "inbound call", "outbound message", "inbound message",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("started", "over"),
    [
        ("Ana iniciou uma chamada de voz", "A chamada foi encerrada"),
        ("Ana hat einen Anruf gestartet", "Das Telefonat wurde beendet"),
        ("Ana inició una llamada", "Finalizó la llamada"),
    ],
)
def test_a_line_about_a_calls_end_repeats_the_line_about_its_start(started: str, over: str) -> None:
    """Neither "chamada" nor "Telefonat" was known as a word of such lines, so that the call counted twice or never ended."""
    messages = [
        {"sender_name": "Ana Petrov", "timestamp_ms": 1_700_000_000_000 + at, "content": text, "call_duration": at}
        for at, text in ((60_000, over), (0, started))
    ]
    assert kinds(page(*messages), Owner(names=frozenset({"Lea Novak"}))) == ["inbound call"]


def test_a_file_whose_messages_are_no_list_holds_none() -> None:
    """A text there was read letter by letter, and counted as nothing."""
    content = json.dumps({"participants": [{"name": "Ana Petrov"}, {"name": "Lea Novak"}], "messages": "gone"}).encode()
    member = TinyMember("messages/inbox/ana_77/message_1.json", content)
    outcome = read(SOURCE, TinyArchive("any", [member]))
    assert outcome.counted == {member.name: 0}
    assert outcome.items == {member.name: []}


@pytest.mark.parametrize(
    "folder, name, expected",
    [
        ("facebookuser_77", "Felhasználó a Facebookon", True),
        ("facebookuser_77", "Ana Petrov", False),
        ("anapetrov_77", "Ana of Facebook", False),
        ("anapetrov_77", "Uporabnik Facebooka", True),
    ],
)
def test_a_closed_account_is_nobody_in_any_language(folder: str, name: str, expected: bool) -> None:
    message = {"sender_name": name, "timestamp_ms": 1_700_000_000_000, "content": "hi"}
    content = page(message, names=(name, "Lea Novak"), title=name).content
    outcome = read(SOURCE, TinyArchive("any", [TinyMember(f"messages/inbox/{folder}/message_1.json", content)]))
    rows = [row for items in outcome.items.values() for item in items if isinstance(item, Stored) for row in item.rows]
    assert [row.placeholder for row in rows if isinstance(row, Person)] == [expected]
