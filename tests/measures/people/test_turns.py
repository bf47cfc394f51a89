"""Turns of both sides in one order, exchanges, and silence."""

from typing import Any

from pipeline.matching.match import encode_interactions
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.people.contact_reciprocation import contact_reciprocation_table
from pipeline.measures.people.dance import dance_table
from pipeline.measures.people.effort import effort_table, word_counts
from pipeline.measures.people.turns import exchanges_table, initiations, turns_table
from tests.matching.running import all_gestures
from tests.measures.people.logs import coverage, day, event, gesture, gestures, interactions, turns_and_exchanges


def test_turns_of_both_sides_are_merged_in_one_order() -> None:
    acts = interactions(
        event(1, "ann", day(2), out=False, resolution_s=86400), event(2, "ann", day(2.4), out=True),
        event(4, "bob", day(2.4), out=False), event(5, "bob", day(2.4), out=True),
    )  # fmt: skip
    found = turns_table(all_gestures(acts, coverage(day(9), "message"), MatchingParameters())[0], "worded")
    # a date-only turn of theirs is read late, equal times with the owner first
    assert found.select("contact_id", "mine", "place").rows() == [
        ("ann", True, 0), ("ann", False, 1), ("bob", True, 0), ("bob", False, 1),
    ]  # fmt: skip


def test_turns_of_an_ordered_chat_are_merged_in_its_order() -> None:
    # times are known to the minute, and both messages have the same one: line 1 is the contact's, line 2 the owner's
    minute: dict[str, Any] = {"resolution_s": 60, "archive_id": "chat"}
    acts = interactions(
        event(1, "ann", day(2), out=False, seq=1, **minute), event(2, "ann", day(2), out=True, seq=2, **minute),
    )  # fmt: skip
    found, _ = all_gestures(acts, coverage(day(99), "message"), MatchingParameters())
    assert turns_table(found, "worded").select("mine", "place").rows() == [(False, 0), (True, 1)]
    people = contact_reciprocation_table(found, effort_table(word_counts(acts)))
    assert people.filter(outcome="worded")["whose_step"].to_list() == ["theirs", "theirs"]
    moves = dance_table(*turns_and_exchanges(found), encode_interactions(acts), day(99))
    assert moves.select("initiations", "initiations_mine", "longest_dance").rows() == [(1, 0, 2)]


def test_exchanges_are_dated_at_the_answer() -> None:
    frame = gestures(
        gesture(1, "me", 0, 2), gesture(2, "them", 2, 1, grade="D"), gesture(3, "them", 5, 1, cls="comment")
    )
    assert exchanges_table(frame).select("at", "mine", "private").rows() == [
        (day(2), True, True),
        (day(6), False, False),
    ]


def test_initiations_at_exactly_the_silence() -> None:
    frame = turns_table(gestures(gesture(1, "me", 0), gesture(2, "them", 1), gesture(3, "them", 1.9)), "worded")
    assert initiations(frame)["at"].to_list() == [day(0), day(1)]
