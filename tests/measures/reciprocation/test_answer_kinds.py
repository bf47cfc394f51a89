"""Kinds of answers to kinds of gestures."""

from typing import Any

import pytest

from pipeline.measures.reciprocation.answer_kinds import answer_kinds_table
from tests.measures.people.logs import day, event, gesture, gestures, interactions

KINDS = interactions(
    event(1, "ann", day(0), out=True), event(2, "ann", day(1), out=False, kind="message_reaction", cls="reaction"),
    event(3, "ann", day(2), out=True), event(4, "ann", day(3), out=False), event(5, "ann", day(4), out=True, kind="call"),
)  # fmt: skip


def given(number: int, answer: int | None, grade: str = "A", **other: Any) -> dict[str, Any]:
    return gesture(
        number, "me", number, None if answer is None else 1, first_interaction_id=f"i{number:06}",
        response_interaction_id=None if answer is None else f"i{answer:06}", grade=None if answer is None else grade, **other,
    )  # fmt: skip


def test_answers_in_kind_and_of_other_kinds() -> None:
    frame = gestures(given(1, 2), given(3, 4), given(5, None))
    assert answer_kinds_table(frame, KINDS).rows() == [
        ("me", "worded", "call", "call", 1, 0, 0.0, 0),
        ("me", "worded", "message", "message", 2, 1, 0.5, 0),
        ("me", "worded", "message", "message_reaction", 2, 1, 0.5, 0),
    ]


def test_grade_d_answers_are_counted_apart_and_gestures_off_risk_not_at_all() -> None:
    frame = gestures(given(1, 4, "D"), given(3, 4, at_risk=False))
    assert answer_kinds_table(frame, KINDS).rows() == [("me", "worded", "message", "message", 1, 0, 0.0, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    frame = gestures(*(given(k, k % 5 + 1 if k % 3 else None, "ABCD"[k % 4]) for k in range(1, 40)))
    mixed = frame.sample(fraction=1, shuffle=True, seed=seed)
    assert answer_kinds_table(frame, KINDS).equals(answer_kinds_table(mixed, KINDS))
