"""One contact's answers and balance of turns: literal gestures in, literal rows out."""

import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.people.contact_reciprocation import contact_reciprocation_table
from pipeline.measures.people.effort import effort_table, word_counts
from pipeline.measures.people.turn_balance import balance_indices
from pipeline.measures.tables import table_schema
from tests.matching.running import all_gestures
from tests.measures.people.logs import DAY, coverage, day, event, gesture, gestures, interactions

NO_TEXTS = effort_table(word_counts(interactions()))


def rows_of(*given_gestures: dict[str, Any], texts: pl.DataFrame = NO_TEXTS) -> dict[str, dict[str, Any]]:
    table = contact_reciprocation_table(gestures(*given_gestures), texts)
    return {row["initiator"]: row for row in table.to_dicts()}


def test_columns_of_the_table() -> None:
    assert list(table_schema("contact_reciprocation"))[:20] == [
        "contact_id", "initiator", "outcome", "gestures", "answered", "share", "low", "high", "median_lag_s", "open_since",
        "whose_step", "mine", "theirs", "share_mine", "signed", "symmetric", "log_ratio", "effort_share_mine",
        "response_balance", "not_responding",
    ]  # fmt: skip


def test_a_dance_of_three_turns_each() -> None:
    they = rows_of(
        gesture(1, "me", 0, 0.5), gesture(2, "them", 0.5, 1.0), gesture(3, "me", 1.5, 2.0), gesture(4, "them", 3.5, 8.0),
        gesture(5, "me", 11.5), gesture(6, "them", 30),
    )  # fmt: skip
    me, them = they["me"], they["them"]
    assert (me["gestures"], me["answered"], me["median_lag_s"]) == (3, 2, 1.25 * 86400)
    assert (me["open_since"], me["whose_step"]) == (day(11.5), "mine")
    # an answer after 8 days is an answer, but not by 7 days
    assert (them["gestures"], them["answered"], them["median_lag_s"]) == (3, 1, 4.5 * 86400)
    assert (me["mine"], me["theirs"], me["share_mine"], me["signed"], me["symmetric"]) == (3, 3, 0.5, 0.0, 1.0)
    assert me["response_balance"] == them["response_balance"] == round(2 / 3 - 1 / 3, 10)
    assert me["share"] == pytest.approx((2 + 4 * 2 / 3) / (3 + 4))
    assert me["low"] < me["share"] < me["high"]
    assert not me["not_responding"]


@pytest.mark.parametrize(
    "change",
    [
        {"censored_after_us": 7 * DAY - 1},  # too young
        {"at_risk": False, "off_risk_reason": "none_visible"},
    ],
)
def test_only_mature_gestures_at_risk_count(change: dict[str, Any]) -> None:
    row = rows_of(gesture(1, "me", 0, 0.5), gesture(2, "me", 9, **change))["me"]
    assert (row["gestures"], row["answered"], row["mine"]) == (1, 1, 2)


def test_a_gesture_followed_exactly_seven_days_is_mature_and_an_answer_after_exactly_seven_counts() -> None:
    row = rows_of(gesture(1, "me", 0, 7, censored_after_us=7 * DAY))["me"]
    assert (row["gestures"], row["answered"]) == (1, 1)


def test_grade_d_is_no_answer() -> None:
    row = rows_of(gesture(1, "me", 0, 0.5, grade="D"))["me"]
    assert (row["gestures"], row["answered"], row["median_lag_s"]) == (1, 0, None)


def test_zero_of_zero_is_null_not_zero() -> None:
    row = rows_of(gesture(1, "them", 0))["me"]
    assert (row["gestures"], row["share"], row["low"], row["high"], row["response_balance"]) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert (row["median_lag_s"], row["effort_share_mine"], row["open_since"]) == (None, None, None)


def test_a_gesture_whose_answer_no_archive_could_show_is_not_open() -> None:
    unseen = gesture(1, "me", 0, at_risk=False, off_risk_reason="none_visible")
    fresh = gesture(2, "me", 9, at_risk=False, off_risk_reason="no_follow_up", censored_after_us=0)
    assert rows_of(unseen)["me"]["open_since"] is None
    assert rows_of(unseen, fresh)["me"]["open_since"] == day(9)


@pytest.mark.parametrize(
    "last, whose",
    [
        (gesture(9, "me", 5), "theirs"),
        (gesture(9, "them", 5), "mine"),
        (gesture(9, "them", 5, is_group=True), "theirs"),  # a group turn isn't a step towards the owner
        (gesture(9, "them", 0.2, cls="comment"), "mine"),
    ],
)
def test_whose_step_follows_the_last_direct_turn(last: dict[str, Any], whose: str) -> None:
    assert rows_of(gesture(1, "me", 0), last)["me"]["whose_step"] == whose


def test_whose_step_without_direct_turns() -> None:
    assert rows_of(gesture(1, "them", 0, is_group=True))["me"]["whose_step"] == "nobody"


def test_a_date_only_turn_of_theirs_is_read_as_the_answer_of_that_day() -> None:
    acts = interactions(
        event(1, "ann", day(3.4), out=True), event(2, "ann", day(3), out=False, resolution_s=86400)
    )  # fmt: skip
    found, _ = all_gestures(acts, coverage(day(99), "message"), MatchingParameters())
    assert contact_reciprocation_table(found, effort_table(word_counts(acts)))["whose_step"].unique().to_list() == [
        "mine"
    ]


def test_effort_is_the_share_of_words() -> None:
    texts = interactions(
        event(1, "ann", day(0), out=True, text="one two three"),
        event(2, "ann", day(1), out=False, text="four"),
        event(3, "ann", day(2), out=False),
    )
    assert (
        rows_of(gesture(1, "me", 0, 1), gesture(2, "them", 1), texts=effort_table(word_counts(texts)))["me"][
            "effort_share_mine"
        ]
        == 0.75
    )


def silent(days: list[float], lag: float | None = None) -> list[dict[str, Any]]:
    return [gesture(place, "me", at, lag) for place, at in enumerate(days)]


@pytest.mark.parametrize(
    "days, quiet",
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], True),
        ([0, 1], False),  # fewer than 3
        ([0, 0.3, 0.6, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5], False),  # on two days only
    ],
)
def test_not_responding_so_far(days: list[float], quiet: bool) -> None:
    assert rows_of(*silent(days))["me"]["not_responding"] is quiet


def test_one_answer_is_enough_to_be_responding() -> None:
    assert not rows_of(*silent([0, 1, 2, 3, 4, 5, 6, 7]), gesture(99, "me", 20, 1))["me"]["not_responding"]


def test_a_late_answer_counts_as_responding() -> None:
    row = rows_of(*silent([0, 1, 2, 3, 4, 5, 6, 7]), gesture(99, "me", 20, 12))["me"]
    assert (row["answered"], row["not_responding"]) == (0, False)


def test_not_responding_needs_an_upper_bound_below_0_3() -> None:
    # among a few contacts who answer always, three unanswered gestures leave the bound high
    others = [gesture(100 + k, "me", k, 0.5, contact_id=f"p{k}") for k in range(5)]
    table = contact_reciprocation_table(gestures(*silent([0, 1, 2]), *others), NO_TEXTS)
    row = table.filter((pl.col("contact_id") == "ann") & (pl.col("initiator") == "me")).to_dicts()[0]
    assert row["answered"] == 0
    assert row["high"] >= 0.3
    assert not row["not_responding"]


def test_outcomes_and_initiators_have_their_own_prior() -> None:
    rows = [gesture(1, "me", 0, 0.5), gesture(2, "me", 0, 0.5, outcome="any"), gesture(3, "them", 9)]
    table = contact_reciprocation_table(gestures(*rows), NO_TEXTS)
    assert table.select("initiator", "outcome", "gestures", "prior_a").rows() == [
        ("me", "any", 1, 3.0), ("me", "worded", 1, 3.0), ("them", "any", 0, 2.0), ("them", "worded", 1, 1.0),
    ]  # fmt: skip


def test_without_gestures_there_are_no_rows() -> None:
    table = contact_reciprocation_table(gestures(), NO_TEXTS)
    assert table.is_empty()
    assert table.columns == list(table_schema("contact_reciprocation"))


TURNS = st.integers(0, 60)


@given(mine=TURNS, theirs=TURNS)
def test_indices_are_bounded_and_antisymmetric(mine: int, theirs: int) -> None:
    frame = pl.DataFrame({"a": [mine, theirs], "b": [theirs, mine]}).select(balance_indices(pl.col("a"), pl.col("b")))
    one, other = frame.to_dicts()
    if mine + theirs == 0:
        assert set(one.values()) == {None}
        return
    assert one["signed"] == pytest.approx(-other["signed"])
    assert one["log_ratio"] == pytest.approx(-other["log_ratio"])
    assert one["signed_shrunk"] == pytest.approx(-other["signed_shrunk"])
    assert one["share_mine"] == pytest.approx(1 - other["share_mine"])
    assert one["symmetric"] == pytest.approx((1 - abs(one["signed"])) / (1 + abs(one["signed"])))
    assert -1 <= one["signed"] <= 1
    assert abs(one["signed_shrunk"]) <= abs(one["signed"])
    assert one["log_ratio"] == pytest.approx(math.log((mine + 0.5) / (theirs + 0.5)))


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["me", "them"]), st.integers(0, 40), st.none() | st.integers(0, 9), st.sampled_from("abc")
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, seed=st.integers(0, 9))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, int, int | None, str]], seed: int) -> None:
    frame = gestures(*(gesture(k, who, at, lag, contact_id=name) for k, (who, at, lag, name) in enumerate(rows)))
    table = contact_reciprocation_table(frame, NO_TEXTS)
    assert_frame_equal(table, contact_reciprocation_table(frame.sample(fraction=1, shuffle=True, seed=seed), NO_TEXTS))
    assert (table["answered"] <= table["gestures"]).all()
