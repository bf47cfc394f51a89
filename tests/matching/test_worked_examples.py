"""The worked examples: events as (id, day, time of day, what differs from the default), and the expected pairs."""

from typing import Any

import pytest

from pipeline.matching.parameters import MatchingParameters
from tests.matching.reference import DAY, HOUR, SECOND, Ev, brute, frame
from tests.matching.running import Matched, match


def ev(name: str, day: float, clock: str = "00:00", **other: Any) -> Ev:
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    t = int((10 + day) * DAY) + hours * HOUR + minutes * 60 * SECOND + sum(seconds) * SECOND
    return Ev(name, name.startswith("o"), t, **other)


DATE: dict[str, Any] = {"res": 86400}
LOG: dict[str, Any] = {"res": 60}

# number: (events, pairs with the owner as initiator, pairs with the contact as initiator or None: not stated, counts)
EXAMPLES: dict[str, tuple[list[Ev], set[str], set[str] | None, dict[str, int]]] = {
    "1": ([ev("o1", 0, "09:00"), ev("i1", 0, "11:00")], {"o1 i1 C"}, None, {}),
    "2": ([ev("o1", 0, "09:00"), ev("o2", 0, "09:02"), ev("o3", 0, "09:05"), ev("i1", 0, "12:00"), ev("i2", 0, "12:01")], {"o1 i1 C"}, None, {"gestures": 1}),
    "3": ([ev("o1", 0, "09:00"), ev("o2", 1, "09:00"), ev("i1", 1, "10:00")], {"o2 i1 C"}, None, {"gestures": 2}),
    "4": ([ev("o1", 0, "09:00"), ev("i1", 0, "10:00"), ev("i2", 1, "10:00")], {"o1 i1 C"}, None, {}),
    "5": ([ev("i1", 0, "09:00"), ev("o1", 0, "10:00")], set(), {"i1 o1 C"}, {}),
    "6": ([ev("o1", 0, "09:00"), ev("o2", 1, "09:00"), ev("i1", 1, "10:00", reply_to="o1")], {"o1 i1 A"}, None, {}),
    "7": ([ev("o1", 0), ev("i1", 60, reply_to="o1")], {"o1 i1 A"}, None, {}),
    "8 late": ([ev("o1", 0), ev("i1", 15)], set(), None, {}),
    "8 on the day": ([ev("o1", 0), ev("i1", 14)], {"o1 i1 C"}, None, {}),
    "9": ([ev("o1", 0, "09:00", cls="comment", thread="a"), ev("o2", 0, "10:00", cls="comment", thread="b"), ev("i1", 0, "11:00", cls="comment", thread="a"), ev("i2", 0, "12:00", cls="comment", thread="b")], {"o1 i1 B", "o2 i2 B"}, None, {}),
    "10": ([ev("o1", 0, "09:00", cls="comment", thread="a"), ev("o2", 0, "20:00", cls="comment", thread="b"), ev("i1", 2, cls="comment", thread="mine")], {"o2 i1 C"}, None, {}),
    "11": ([ev("o1", 0, "09:00", cls="comment", platform="blog"), ev("i1", 3, platform="q")], {"o1 i1 D"}, None, {}),
    "11 late": ([ev("o1", 0, "09:00", cls="comment", platform="blog"), ev("i1", 8, platform="q")], set(), None, {}),
    "12": ([ev("o1", 0, "09:00", source="f"), ev("i1", 0, "09:00", source="g")], set(), set(), {"simultaneous": 1}),
    "12b": ([ev("o1", 0, "09:00", seq=1, **LOG), ev("i1", 0, "09:00", seq=2, **LOG)], {"o1 i1 C"}, set(), {"uncertain": 0}),
    "12b reversed": ([ev("o1", 0, "09:00", seq=2, **LOG), ev("i1", 0, "09:00", seq=1, **LOG)], set(), {"i1 o1 C"}, {}),
    "13": ([ev("o1", 3, **DATE), ev("i1", 3, **DATE)], {"o1 i1 C"}, {"i1 o1 C"}, {"uncertain": 1}),
    "14": ([ev("o1", 3, "10:31"), ev("i1", 3, **DATE)], {"o1 i1 C"}, None, {"uncertain": 1}),
    "14 the day before": ([ev("o1", 3, "10:31"), ev("i1", 2, **DATE)], set(), None, {}),
    "15": ([ev("i2", 3), ev("o2", 2), ev("i1", 1), ev("o1", 0)], {"o1 i1 C", "o2 i2 C"}, None, {}),
    "17": ([ev("o1", 0, "09:00"), ev("i1", 0, "11:00", reply_to="gone")], {"o1 i1 C"}, None, {"dangling_reply_to": 1}),
    "18": ([ev("i9", -3), ev("o1", 0), ev("i0", 0, "01:00", platform="q"), ev("i1", 0, "02:00", reply_to="i9")], {"o1 i0 D"}, None, {}),
    "19": ([ev("o1", 0, "01:00", group=True), ev("i1", 0, "02:00", group=True), ev("o2", 1, "01:00", group=True), ev("i2", 1, "02:00", group=True, reply_to="o2")], {"o2 i2 A"}, None, {}),
    "20": ([ev("o1", 0, thread="a"), ev("o2", 2, thread="b"), ev("i1", 3, reply_to="o1"), ev("i2", 3, "00:01", reply_to="o2")], {"o1 i1 A", "o2 i2 A"}, None, {}),
    "21": ([ev("i1", 0, reply_to="o1"), ev("o1", 1), ev("i2", 1, "12:00")], {"o1 i2 C"}, None, {"negative_lag": 1}),
    "22": ([ev("o1", 0, contact="ann"), ev("i1", 0, "01:00", contact="bob")], set(), None, {}),
    "23": ([ev("o1", 0), ev("ilike", 0, "01:00", cls="reaction", kind="like"), ev("i1", 1)], {"o1 i1 C"}, None, {}),
    "24": ([ev("o1", 0), ev("o2", 0, "06:00:00"), ev("i1", 0, "07:00")], {"o1 i1 C"}, None, {"gestures": 1}),
    "24 a second later": ([ev("o1", 0), ev("o2", 0, "06:00:01"), ev("i1", 0, "07:00")], {"o2 i1 C"}, None, {"gestures": 2}),
}  # fmt: skip


def pairs(matched: Matched) -> set[str]:
    answered = matched.gestures.filter(status="answered")
    return {
        f"{a} {b} {c}" for a, b, c in answered.select("first_interaction_id", "response_interaction_id", "grade").rows()
    }


@pytest.mark.parametrize("number", EXAMPLES)
def test_worked_example(number: str) -> None:
    events, mine, theirs, counts = EXAMPLES[number]
    for initiator, expected in (("me", mine), ("them", theirs)):
        if expected is None:
            continue
        matched = match(frame(events), MatchingParameters(), initiator=initiator, outcome="any")  # type: ignore[arg-type]  # the loop's words are the literals
        assert pairs(matched) == expected
        by_hand = brute(events, initiator == "me")
        assert {" ".join(pair[:3]) for pair in by_hand.pairs} == expected
        if initiator == "me":
            assert {name: matched.counts[name] for name in counts} == counts


def only(events: list[Ev], name: str) -> dict[str, Any]:
    matched = match(frame(events), MatchingParameters(), initiator="me", outcome="any")
    return matched.gestures.filter(first_interaction_id=name).row(0, named=True)


def test_lags_of_example_2() -> None:
    gesture = only(EXAMPLES["2"][0], "o1")
    assert gesture["lag_us"] == 3 * HOUR
    assert gesture["lag_last_us"] == 2 * HOUR + 55 * 60 * SECOND
    assert gesture["interactions"] == 3


def test_status_of_examples_3_and_6() -> None:
    third = only(EXAMPLES["3"][0], "o1")
    assert (third["status"], third["superseded_after_us"]) == ("superseded", DAY)
    assert only(EXAMPLES["6"][0], "o2")["status"] == "open"


@pytest.mark.parametrize(("number", "uncertain"), [("12b", False), ("13", True), ("14", True)])
def test_certainty_and_lag_zero(number: str, uncertain: bool) -> None:
    gesture = only(EXAMPLES[number][0], "o1")
    assert (gesture["lag_us"], gesture["uncertain"]) == (0, uncertain)
