"""YouTube: text encodings, columns by name and shape, HTML in chunks, and the demo read back."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act, Bond
from pipeline.demo.writers import youtube as writer
from pipeline.formats.csv_rows import Row
from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources.youtube import watch_history
from pipeline.sources.youtube.columns import find_columns
from pipeline.sources.youtube.comment_text import parse_comment_text
from tests.sources.harness import TinyMember
from tests.sources.planted import AT, MINUTE, interactions, read_back, ties, world

CONTEXT = Context(ReadSettings(), Survey(), {})
NORA = "UCnora-channel__00000002"
_WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    "raw, text",
    [
        ('{"takeoutSegments":[{"text":"one"},{"text":" two"}]}', "one two"),
        ('{"text":"one"},{"text":"\n"},{"text":"two"}', "one\ntwo"),
        ('[{"text":"one"}]', "one"),
        ("plain words", "plain words"),
        ('{"text":"a "quoted" word"}', '{"text":"a "quoted" word"}'),
        ("{curly} words", "{curly} words"),
        ('{"other": 1}', '{"other": 1}'),
        ('{"text":"see "},{"text":"here","link":{"linkUrl":"https://a.example/"}}', "see here"),
        ("", ""),
    ],
)
def test_text_encodings(raw: str, text: str) -> None:
    assert parse_comment_text(raw).text == text


@given(parts=st.lists(_WORDS, min_size=1, max_size=5))
def test_both_encodings_give_the_same_text(parts: list[str]) -> None:
    segments = [{"text": part} for part in parts]
    old = parse_comment_text(json.dumps({"takeoutSegments": segments})).text
    new = parse_comment_text(",".join(json.dumps(segment) for segment in segments)).text
    assert old == new == "".join(parts).strip()


@pytest.mark.parametrize("key", ["channelId", "externalChannelId"])
def test_mentions_in_both_spellings(key: str) -> None:
    found = parse_comment_text(json.dumps({"text": "@NoraVale", "mention": {key: NORA}}) + ',{"text":" hi"}')
    assert (found.text, found.addressed) == ("@NoraVale hi", NORA)
    assert [(person.native_id, person.handle) for person in found.mentioned] == [(NORA, "noravale")]


def test_a_mention_in_the_middle_addresses_no_channel() -> None:
    found = parse_comment_text('{"text":"hi "},' + json.dumps({"text": "@noravale", "mention": {"channelId": NORA}}))
    assert (found.addressed, len(found.mentioned)) == (None, 1)


@given(order=st.permutations(["time", "channel", "id", "parent", "video", "text"]))
def test_columns_are_known_by_shape_in_any_order(order: list[str]) -> None:
    first = {
        "time": "2024-01-01T00:00:00Z", "channel": NORA, "id": "UgxAAAAAAAAA", "parent": "", "video": "aBcDeFgHiJk",
        "text": '{"text":"a"}',
    }  # fmt: skip
    second = {**first, "id": "UgxBBBBBBBBB.CCCCCCCC", "parent": "UgxBBBBBBBBB", "text": '{"text":"b"}'}
    rows = [
        Row(n, 0, {f"c{order.index(field)}": values[field] for field in order})
        for n, values in enumerate((first, second))
    ]
    assert find_columns(rows) == {field: f"c{order.index(field)}" for field in order}


@given(number=st.integers(0, 30), filler=st.integers(0, 200))
def test_cells_of_a_history_are_counted_and_found(number: int, filler: int) -> None:
    cell = (
        '<div class="outer-cell x"><a href="https://www.youtube.com/watch?v=aBcDeFgHiJk">t</a><br>'
        f'<a href="https://www.youtube.com/channel/{NORA}">Nora &amp; Co</a><br>Mar 8, 2018, 5:14:40 PM</div>'
    )
    content = ("<html>" + " " * filler + cell * number).encode()
    member = TinyMember("h.html", content)
    assert watch_history.count_cells(member, CONTEXT) == number
    assert list(watch_history.videos_in_cells(io.BytesIO(content))) == [("aBcDeFgHiJk", NORA, "Nora & Co")] * number


def test_cells_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"<html>" + b'<div class="outer-cell x">y</div>' * 7
    for size in range(1, 60):
        monkeypatch.setattr(watch_history, "_CHUNK", size)
        assert watch_history.count_cells(TinyMember("h.html", content), CONTEXT) == 7
        assert len(list(watch_history._cells(io.BytesIO(content)))) == 7


HANDLES = {key: (f"{key}handle", f"UC{key.ljust(22, 'x')}") for key in ("owner", "p1", "p2")}


def test_demo_is_read_back(tmp_path: Path) -> None:
    acts = [
        Act("a1", "youtube", "p1", "outbound", "comment", AT, "nice,\nreally"),
        Act("a2", "youtube", "p1", "outbound", "comment", AT + MINUTE, 'a "second" one'),
        Act("a3", "youtube", "p2", "outbound", "comment", AT + 2 * MINUTE, "you too"),
        Act("a4", "youtube", "p2", "inbound", "comment", AT + 3 * MINUTE, "hidden", visible=False),
    ]
    replies = [
        Act("a5", "youtube", "p2", "outbound", "reply", AT + 4 * MINUTE, "thanks"),
        Act("a6", "youtube", "p1", "outbound", "mention", AT + 5 * MINUTE, "ask"),
    ]
    planted = world("youtube", HANDLES, [*acts, *replies], [Bond("youtube", "p1", "follows")])
    outcomes = read_back("youtube", writer.write(planted, tmp_path), tmp_path)
    native = {key: pair[1] for key, pair in HANDLES.items()}
    shown = {"reply": "@p2handle thanks", "mention": "@p1handle ask"}
    expected = [
        (native[a.person], a.direction, a.kind, a.at, shown.get(a.kind, a.text)) for a in [*acts, *replies] if a.visible
    ]
    assert interactions(outcomes) == sorted(expected)
    assert ties(outcomes) == [(native["p1"], "follows", None)]
