"""WhatsApp: heads of lines in the forms of all locales, calendars, parts of the day, and which text is a head."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources.whatsapp.calendars import gregorian
from pipeline.sources.whatsapp.clock import clock_seconds
from pipeline.sources.whatsapp.dates import decide, moment
from pipeline.sources.whatsapp.forms import DATE_FORMS, FORMS, YEAR_FIRST, head_of
from pipeline.sources.whatsapp.grammar import lines_of
from pipeline.sources.whatsapp.lookalikes import hidden_heads
from pipeline.sources.whatsapp.reading import count_chat
from tests.sources.harness import TinyMember

LOCALES = [
    row.split("\t") for row in (Path(__file__).parent / "heads_by_locale.tsv").read_text(encoding="utf-8").splitlines()
]
"""Locale, and a line of 2024-03-27 21:41:35 as its phones write date and time: iOS, Android, iOS before 2017, named months."""


def counted(text: str) -> int:
    return count_chat(TinyMember("_chat.txt", text.encode()), Context(ReadSettings(), Survey(), {}))


def read_form(line: str) -> tuple[str, str, int]:
    """Return the time of a line to the minute, what follows its head, and how many records are counted."""
    heads = [record.head for record in lines_of(line)]
    order = decide(heads, "", ReadSettings())
    return str(moment(heads[0], order.places))[:16] if heads else "", heads[0].rest if heads else "", counted(line)


def test_every_locale_has_its_form() -> None:
    expected = ("2024-03-27 21:41", "Ada: x", 1)
    assert [(locale, line) for locale, line in LOCALES if read_form(line) != expected] == []


def test_every_form_of_dates_in_every_form_of_heads() -> None:
    around = {"bracket": "[{}] Ada: x", "dash": "{} - Ada: x", "colon": "{}: Ada: x"}
    for form in FORMS:
        for date_form in DATE_FORMS:
            stamp = ["14:56:01", date_form.example]
            line = around[form.closing].format(", ".join(stamp if form.time_first else stamp[::-1]))
            head = head_of(line)
            assert head is not None, line
            assert (head.form, head.rest, head.clock_s, counted(line)) == (form, "Ada: x", 53_761, 1), line


@pytest.mark.parametrize(
    "year, month, day, era, expected",
    [
        ("2567", 3, 27, "be", date(2024, 3, 27)),
        ("67", 3, 27, "", date(2024, 3, 27)),
        ("6", 3, 27, "令和", date(2024, 3, 27)),
        ("元", 5, 1, "令和", date(2019, 5, 1)),
        ("31", 4, 30, "h", date(2019, 4, 30)),
        ("113", 3, 27, "", date(2024, 3, 27)),
        ("113", 3, 27, "民國", date(2024, 3, 27)),
        ("1388", 1, 1, "", date(2009, 3, 21)),
        ("1404", 1, 1, "", date(2025, 3, 21)),
        ("1404", 12, 30, "", None),
        ("1408", 12, 30, "ap", date(2030, 3, 20)),
        ("1445", 9, 17, "", None),
        ("5784", 6, 17, "", None),
        ("2023", 2, 29, "", None),
    ],
)
def test_calendars(year: str, month: int, day: int, era: str, expected: date | None) -> None:
    assert gregorian(year, month, day, era) == expected


@given(st.sampled_from(["am", "pm", "noon", "night"]), st.integers(1, 12), st.integers(0, 59))
def test_a_part_of_the_day_keeps_the_hour_on_the_dial(period: str, hour: int, minute: int) -> None:
    found = clock_seconds(hour, minute, 0, period)
    assert (found // 3600) % 12 == hour % 12
    assert found // 60 % 60 == minute


def test_two_numbers_that_may_be_the_year_are_not_guessed_in_chinese() -> None:
    heads = [record.head for record in lines_of("24/3/27 下午9:41 - Ada: x")]
    assert decide(heads, "zh", ReadSettings()).places is None


def test_korean_writes_the_year_first_in_two_digits_too() -> None:
    heads = [record.head for record in lines_of("24. 3. 27. 오후 9:41 - Ada: x")]
    assert decide(heads, "", ReadSettings()).places == YEAR_FIRST


def test_a_line_of_another_form_is_text() -> None:
    records = list(lines_of("13/02/2024, 10:00 - Ada: look\n[12/02/2024, 16:09:10] Bo: hi\n13/02/2024 10:30: come"))
    assert [len(record.more) for record in records] == [2]


@pytest.mark.parametrize(
    "line, count",
    [
        ("14|02|2024, 10:05 - Ada: hi", 1),
        ("<14.02.2024, 10:05> - Ada: hi", 1),
        ("14|02|2024, 10:05 - Bo: hi", 0),
        ("[14/2, 10:05] Ada: hi", 0),
        ("at 10:05 Ada: hi", 0),
    ],
)
def test_lines_that_look_like_heads(line: str, count: int) -> None:
    assert hidden_heads([line], ["Ada"]) == count


_PIECES = st.sampled_from(
    ["[", "]", "27/3/24", "27 Aug 2024", "Aug 27, 2024", "3/27/R6", "2567", " BE", "2024年3月27日", ", ", " ", "10:00", ":30", " PM",
     "下午", " at night", " h ", " - ", ": ", "Ada: ", "\u200f", "\n", "de ", "٣", "\u2011"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_named_months_eras_and_parts_of_the_day_are_counted_as_they_are_read(text: str) -> None:
    assert counted(text) == (len(list(lines_of(text))) or int(bool(text.strip())))
