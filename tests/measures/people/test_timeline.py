"""What the measures of people share: months and days of the owner, words, turns, silence."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from pipeline.matching.match import encode_interactions
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.people.contact_reciprocation import contact_reciprocation
from pipeline.measures.people.dance import dance
from pipeline.measures.people.effort import effort, said
from pipeline.measures.people.timeline import (
    Timeline,
    day_number,
    exchanges,
    finish,
    initiations,
    month_end,
    month_name,
    month_number,
    turns,
    words,
)
from tests.matching.running import all_gestures
from tests.measures.people.logs import coverage, day, event, gesture, gestures, interactions


def micros(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    "zone, written, month",
    [
        ("UTC", "2024-01-31T23:59:59", "2024-01"),
        ("Europe/Lisbon", "2024-06-30T23:00:00", "2024-07"),
        ("Europe/Lisbon", "2024-12-31T23:59:59", "2024-12"),
        ("America/New_York", "2024-01-01T04:59:59", "2023-12"),
        ("Asia/Kolkata", "1969-12-31T18:30:00", "1970-01"),
    ],
)
def test_months_are_counted_in_the_owners_zone(zone: str, written: str, month: str) -> None:
    frame = pl.DataFrame({"at": [micros(written)]})
    assert frame.select(month_name(month_number(pl.col("at"), zone))).item() == month


@pytest.mark.parametrize(
    "zone, year, month, last",
    [
        ("UTC", 2024, 2, "2024-03-01T00:00:00"),
        ("Europe/Lisbon", 2024, 3, "2024-03-31T23:00:00"),  # summer time has begun
        ("Europe/Lisbon", 2024, 12, "2025-01-01T00:00:00"),
        ("America/Asuncion", 2017, 9, "2017-10-01T04:00:00"),  # clocks skipped that midnight
    ],
)
def test_a_month_ends_a_microsecond_before_the_next(zone: str, year: int, month: int, last: str) -> None:
    frame = pl.DataFrame({"number": [year * 12 + month - 1]})
    assert frame.select(month_end(pl.col("number"), zone)).item() == micros(last) - 1


def test_days_are_the_owners_days() -> None:
    frame = pl.DataFrame({"at": [micros("1970-01-02T03:00:00")]})
    assert frame.select(day_number(pl.col("at"), "UTC")).item() == 1
    assert frame.select(day_number(pl.col("at"), "America/New_York")).item() == 0


@pytest.mark.parametrize("text, count", [("one two", 2), ("  one\n\ttwo ", 2), ("", 0), (None, 0), ("ação já 👍", 3)])
def test_words_are_what_white_space_parts(text: str | None, count: int) -> None:
    assert pl.DataFrame({"text": [text]}, schema={"text": pl.String}).select(words(pl.col("text"))).item() == count


def test_turns_of_both_sides_make_one_timeline() -> None:
    acts = interactions(
        event(1, "ann", day(2), out=False, resolution_s=86400), event(2, "ann", day(2.4), out=True),
        event(4, "bob", day(2.4), out=False), event(5, "bob", day(2.4), out=True),
    )  # fmt: skip
    found = turns(all_gestures(acts, coverage(day(9), "message"), MatchingParameters())[0], "worded")
    # a date-only turn of theirs is read late, equal times with the owner first
    assert found.select("contact_id", "mine", "place").rows() == [
        ("ann", True, 0), ("ann", False, 1), ("bob", True, 0), ("bob", False, 1),
    ]  # fmt: skip


def test_a_chat_of_true_order_merges_turns_in_that_order() -> None:
    # a chat written to the minute: "there?" and "here" both at 10:00, their question on line 1, the owner's answer on
    # line 2. Read as two equal times with the owner first, it said that the owner began and owed an answer
    minute: dict[str, Any] = {"resolution_s": 60, "archive_id": "chat"}
    acts = interactions(
        event(1, "ann", day(2), out=False, seq=1, **minute), event(2, "ann", day(2), out=True, seq=2, **minute),
    )  # fmt: skip
    told, _ = all_gestures(acts, coverage(day(99), "message"), MatchingParameters())
    assert turns(told, "worded").select("mine", "place").rows() == [(False, 0), (True, 1)]
    people = contact_reciprocation(told, effort(said(acts)))
    assert people.filter(outcome="worded")["whose_step"].to_list() == ["theirs", "theirs"]
    moves = dance(Timeline.of(told), encode_interactions(acts), day(99))
    assert moves.select("initiations", "initiations_mine", "longest_dance").rows() == [(1, 0, 2)]


def test_exchanges_are_dated_at_the_answer() -> None:
    frame = gestures(
        gesture(1, "me", 0, 2), gesture(2, "them", 2, 1, grade="D"), gesture(3, "them", 5, 1, cls="comment")
    )
    assert exchanges(frame).select("at", "mine", "private").rows() == [(day(2), True, True), (day(6), False, False)]


def test_initiations_at_exactly_the_silence() -> None:
    frame = turns(gestures(gesture(1, "me", 0), gesture(2, "them", 1), gesture(3, "them", 1.9)), "worded")
    assert initiations(frame)["at"].to_list() == [day(0), day(1)]


def test_finish_rounds_sorts_and_makes_nan_null() -> None:
    frame = pl.DataFrame({"b": [float("nan"), 1 / 3], "a": ["y", "x"], "more": [1, 2]})
    assert finish(frame, {"a": pl.String, "b": pl.Float64}, "a").rows() == [("x", 0.3333333333), ("y", None)]
