"""WhatsApp: heads of lines, orders of dates, names, texts, and the demo read back."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.world import Act
from pipeline.demo.writers import whatsapp as writer
from pipeline.model.survey import Context, Owner, ReadSettings, Survey
from pipeline.sources.whatsapp.chat import name_in, parse_chat
from pipeline.sources.whatsapp.clock import period_of
from pipeline.sources.whatsapp.dates import decide, moment, utc_us
from pipeline.sources.whatsapp.forms import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, Head, head_of
from pipeline.sources.whatsapp.grammar import lines_of
from pipeline.sources.whatsapp.reading import count_chat
from pipeline.sources.whatsapp.senders import sender_name
from pipeline.sources.whatsapp.source import recognise
from pipeline.sources.whatsapp.texts import content_of
from tests.sources.harness import TinyArchive, TinyMember
from tests.sources.planted import AT, MINUTE, interactions, read_back, world

LRM = "\u200e"


@pytest.mark.parametrize(
    "line, clock, seconds, rest",
    [
        ("[03/02/2025, 21:04:11] Tove Lind: ok", 75_851, True, "Tove Lind: ok"),
        (f"{LRM}[03/02/2025, 21:04:11] Tove: {LRM}x", 75_851, True, f"Tove: {LRM}x"),
        ("[3.2.2025 klo 9.05.06] Aino: hei", 32_706, True, "Aino: hei"),
        ("[2025-02-03 21:04:11] T: ok", 75_851, True, "T: ok"),
        ("03/02/2025, 21:04 - Tove: ok", 75_840, False, "Tove: ok"),
        ("03/02/2025, 21:04 – Tove: ok", 75_840, False, "Tove: ok"),
        ("3/2/25, 9:04\u202fPM - Tove: ok", 75_840, False, "Tove: ok"),
        ("3/2/25, 12:04 a.\u00a0m. - Tove: ok", 240, False, "Tove: ok"),
        ("3/2/25, 12:04 pm - Tove: ok", 43_440, False, "Tove: ok"),
        ("03.02.25, 9:04 nachm. - Tove: ok", 75_840, False, "Tove: ok"),
        ("2025. 2. 3. 오후 9:04 - Tove: ok", 75_840, False, "Tove: ok"),
        ("2025/2/3 下午9:04 - Tove: ok", 75_840, False, "Tove: ok"),
        ("\u0663/\u0662/\u0662\u0660\u0662\u0665، \u0669:\u0660\u0664 م - س: ok", 75_840, False, "س: ok"),
        ("03-02-2025 21:04 - Joost: ok", 75_840, False, "Joost: ok"),
        ("03/02/2025, 25:04 - Tove: ok", -1, False, "Tove: ok"),
    ],
)
def test_heads(line: str, clock: int, seconds: bool, rest: str) -> None:
    head = head_of(line)
    assert head is not None
    assert (head.clock_s, head.has_seconds, head.rest) == (clock, seconds, rest)
    assert sorted(int(part) % 2000 for part in (head.first, head.second, head.third)) == [2, 3, 25]


@pytest.mark.parametrize(
    "line",
    ["see you", "03/02/2025", "at 10:30 - maybe", "03/02/2025, 21:04", "[1] Tove: x", "03/02.2025, 21:04 - Tove: x", "", "12:30 - 1/2/24"],
)  # fmt: skip
def test_lines_that_go_on(line: str) -> None:
    assert head_of(line) is None


@pytest.mark.parametrize(
    "word, expected",
    [("AM", "am"), ("p. m.", "pm"), ("nachm.", "pm"), (" ", ""), ("qqq", "?"), ("ص", "am"), ("오후", "pm")],
)
def test_words_beside_the_time(word: str, expected: str) -> None:
    assert period_of(word) == expected


def heads(*dates: str) -> list[Head]:
    found = [head_of(f"{date} - Tove: x") for date in dates]
    return [head for head in found if head is not None]


@pytest.mark.parametrize(
    "dates, language, zone, places, why",
    [
        (["13/02/2024, 10:00", "01/03/2024, 10:00"], "", None, DAY_FIRST, "nothing else"),
        (["02/13/2024, 10:00", "03/01/2024, 10:00"], "", None, MONTH_FIRST, "nothing else"),
        (["2024/02/01, 10:00"], "", None, YEAR_FIRST, "year/month/day"),
        (["24/02/01, 10:00", "24/02/03, 10:00"], "", None, YEAR_FIRST, "nothing else"),
        (["01/02/24, 10:00", "03/02/24, 10:00", "02/03/24, 10:00"], "", None, DAY_FIRST, "order of time"),
        (["02/01/24, 10:00", "02/03/24, 10:00", "03/02/24, 10:00"], "", None, MONTH_FIRST, "order of time"),
        (["01.02.24, 10:00"], "", None, DAY_FIRST, "“.”"),
        (["01/02/24, 10:00"], "fr", None, DAY_FIRST, "language (fr)"),
        (["1/2/24, 10:00 AM"], "en", None, MONTH_FIRST, "AM and PM"),
        (["01/02/24, 10:00"], "en", "America/Chicago", MONTH_FIRST, "America/Chicago"),
        (["01/02/24, 10:00"], "en", "Europe/London", DAY_FIRST, "Europe/London"),
        (["02/02/24, 10:00", "03/03/24, 10:00"], "", None, DAY_FIRST, "equal everywhere"),
        (["01/02/24, 10:00"], "en", None, None, "can't be told apart"),
        (["13/02/24, 10:00"], "en", None, DAY_FIRST, "above 12"),
        (["13/02/24, 10:00", "02/14/24, 10:00", "15/02/24, 10:00"], "", None, DAY_FIRST, "nothing else"),
    ],
)  # fmt: skip
def test_the_order_is_decided_once_a_file_and_said(
    dates: list[str], language: str, zone: str | None, places: tuple[int, int, int] | None, why: str
) -> None:
    order = decide(heads(*dates), language, ReadSettings(zone or "UTC", zone is not None))
    assert order.places == places
    assert why in order.reason


@given(
    st.lists(st.datetimes(datetime(2010, 1, 1), datetime(2029, 12, 31)), min_size=2, max_size=30),  # noqa: DTZ001 - the export writes no zone
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d"]),
)
def test_a_decided_order_reads_the_times_that_were_written(times: list[datetime], form: str) -> None:
    written = sorted(str(time)[:16] for time in times)
    dates = [f"{_formed(time, form)}, {time[11:]}" for time in written]
    order = decide(heads(*dates), "", ReadSettings())
    if order.places is not None:
        found = [moment(head, order.places) for head in heads(*dates)]
        assert [str(time)[:16] for time in found] == written


def _formed(time: str, form: str) -> str:
    parts = {"%Y": time[:4], "%y": time[2:4], "%m": time[5:7], "%d": time[8:10]}
    for sign, part in parts.items():
        form = form.replace(sign, part)
    return form


def test_the_hour_that_autumn_repeats_is_the_first_one() -> None:
    head = heads("27/10/2024, 02:30")[0]
    written = moment(head, DAY_FIRST)
    assert written is not None
    assert utc_us(written, ReadSettings("Europe/Oslo")) == 1_729_989_000_000_000


@pytest.mark.parametrize(
    "path, expected",
    [
        ("WhatsApp Chat with Ada Holm.txt", ("Ada Holm", "en")),
        ("x/WhatsApp Chat - Ada/_chat.txt", ("Ada", "en")),
        ("WhatsApp Chat - Ada.zip!/_chat.txt", ("Ada", "en")),
        ("WhatsApp Chat with Ada (2).txt", ("Ada", "en")),
        ("WhatsApp Chat mit Uwe.txt", ("Uwe", "de")),
        ("Discussion WhatsApp avec Zoé.txt", ("Zoé", "fr")),
        ("Chat de WhatsApp con Luz.txt", ("Luz", "es")),
        ("Chat WhatsApp con Ugo.txt", ("Ugo", "it")),
        ("WhatsApp-chat met Joost.txt", ("Joost", "nl")),
        ("Conversa do WhatsApp com Rui.txt", ("Rui", "pt")),
        ("Ada ile WhatsApp Sohbeti.txt", ("Ada", "tr")),
        ("notes.txt", ("", "")),
    ],
)
def test_names_of_files(path: str, expected: tuple[str, str]) -> None:
    assert name_in(path) == expected


@pytest.mark.parametrize(
    "raw, name", [("~\u202fMira", "Mira"), (f"{LRM}Tove ", "Tove"), ("\u202a+47 22\u202c", "+47 22")]
)
def test_names_of_senders(raw: str, name: str) -> None:
    assert sender_name(raw) == name


@pytest.mark.parametrize(
    "first, more, marked, ios, kind, text",
    [
        ("hello", [], False, True, "message", "hello"),
        (f"{LRM}image omitted", [], True, True, "message", ""),
        ("image omitted", ["by me"], False, True, "message", "image omitted\nby me"),
        (f"{LRM}Ada changed the group name", [], False, True, "system", ""),
        (f"{LRM}Missed video call", [], False, True, "call", ""),
        (f"{LRM}Voice call, {LRM}No answer", [], False, True, "call", ""),
        ("Video call tonight?", [], False, True, "message", "Video call tonight?"),
        ("Video call tonight?", [], False, False, "message", "Video call tonight?"),
        ("a caption", [f"{LRM}<attached: 01-PHOTO.jpg>"], True, True, "message", "a caption"),
        ("This message was deleted by admin Ada.", [], False, False, "deleted", ""),
        ("POLL:", ["Cake?", "OPTION: yes (1 vote)"], False, False, "message", "Cake?"),
        (f"hi {LRM}<Some new note of an edit>", [], False, True, "message", "hi"),
        ("@\u2068Ada\u2069 hi", [], False, True, "message", "@Ada hi"),
        ("I <3 this <b>", [], False, False, "message", "I <3 this <b>"),
    ],
)  # fmt: skip
def test_texts(first: str, more: list[str], marked: bool, ios: bool, kind: str, text: str) -> None:
    assert content_of(first, more, marked=marked, ios=ios)[:2] == (kind, text)


def test_a_name_with_a_colon_that_nothing_tells_is_known_by_its_recurrence() -> None:
    text = "".join(f"13/02/2024, 10:0{n} - Club: Board: {n}\n13/02/2024, 10:0{n} - Ada: so: {n} ok\n" for n in range(4))
    chat = parse_chat(text, "", "", Owner())
    assert "Club: Board" in chat.senders


@pytest.mark.parametrize(
    "name, content, confident",
    [
        ("WhatsApp Chat with Ada.txt", b"1/2/24, 10:00 - Ada: x", 1.0),
        ("_chat.txt", b"\xef\xbb\xbf[1/2/24, 10:00:00] Ada: x", 1.0),
        ("any.txt", b"1/2/24, 10:00 - Ada: x", 0.7),
        ("_chat.txt", b"something else", 0.6),
        ("any.txt", b"Dear diary\n1/2/24, 10:00 - Ada: x", None),
        ("any.log", b"1/2/24, 10:00 - Ada: x", None),
    ],
)
def test_recognition(name: str, content: bytes, confident: float | None) -> None:
    claims = list(recognise(TinyArchive("any", [TinyMember(name, content)])))
    assert [claim.confidence for claim in claims] == ([] if confident is None else [confident])


_PIECES = st.sampled_from(["[", "]", "1/2/24", "13.02.2024", ", ", " ", "10:00", ":30", " AM", " qq", " - ", "Ada: ", "x", "\n", LRM, "klo ", "٣", "2024-01-02"])  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_as_many_records_are_counted_as_are_read(text: str) -> None:
    member = TinyMember("_chat.txt", text.encode())
    counted = count_chat(member, Context(ReadSettings(), Survey(), {}))
    assert counted == (len(list(lines_of(text))) or int(bool(text.strip())))


def test_the_demo_is_read_back_without_settings(tmp_path: Path) -> None:
    minute = AT - AT % MINUTE
    acts = [
        Act("a1", "whatsapp", "p1", "outbound", kind="message", at=minute, text="hello: you", thread="t1"),
        Act("a2", "whatsapp", "p1", "inbound", kind="message", at=minute + MINUTE, text="hi", thread="t1"),
        Act(
            "a3",
            "whatsapp",
            "p2",
            "inbound",
            kind="message",
            at=minute + 2 * MINUTE,
            text="nobody answered",
            thread="t2",
        ),
        Act("a4", "whatsapp", "p3", "outbound", kind="message", at=minute + 3 * MINUTE, text="anybody?", thread="t3"),
        Act(
            "a5",
            "whatsapp",
            "p2",
            "inbound",
            kind="message",
            at=minute + 4 * MINUTE,
            text="all?",
            thread="Tea",
            is_group=True,
        ),
        Act(
            "a6",
            "whatsapp",
            "p2",
            "outbound",
            kind="message",
            at=minute + 5 * MINUTE,
            text="yes",
            thread="Tea",
            is_group=True,
        ),
    ]
    handles = {key: (f"Person {key}", f"Person {key}") for key in ("owner", "p1", "p2", "p3")}
    planted = world("whatsapp", handles, acts)
    written = writer.write(planted, tmp_path)
    outcomes = read_back("whatsapp", written, tmp_path)
    assert interactions(outcomes) == [
        ("name:person p1", "inbound", "message", minute + MINUTE, "hi"),
        ("name:person p1", "outbound", "message", minute, "hello: you"),
        ("name:person p2", "inbound", "message", minute + 2 * MINUTE, "nobody answered"),
        ("name:person p2", "inbound", "message", minute + 4 * MINUTE, "all?"),
        ("name:person p2", "outbound", "message", minute + 5 * MINUTE, "@Person p2 yes"),
        ("name:person p3", "outbound", "message", minute + 3 * MINUTE, "anybody?"),
    ]
    again = tmp_path / "again"
    again.mkdir()
    assert [path.read_bytes() for path in writer.write(planted, again)] == [path.read_bytes() for path in written]
