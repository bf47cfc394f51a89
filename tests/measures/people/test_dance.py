"""Initiative, alternation, one-sided runs, and matched steps."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipeline.matching.match import encode_interactions
from pipeline.measures.people.alternation import alternation
from pipeline.measures.people.dance import dance_table
from pipeline.measures.people.dormancy import dormant_spans_table
from pipeline.measures.people.level_changes import level_changes_table
from tests.measures.people.logs import DAY, HOUR, day, event, gesture, gestures, interactions, turns_and_exchanges

END = day(400)
NOTHING = encode_interactions(interactions())


def danced(*rows: dict[str, Any], acts: pl.DataFrame | None = None, as_of: int = END) -> dict[str, Any]:
    return dance_table(*turns_and_exchanges(gestures(*rows)), NOTHING if acts is None else acts, as_of).to_dicts()[0]


def directions(pattern: str, contact: str = "ann", **other: Any) -> pl.DataFrame:
    events = (event(k, contact, day(k), out=letter == "O", **other) for k, letter in enumerate(pattern))
    return encode_interactions(interactions(*events))


@pytest.mark.parametrize(
    "pattern, index, z",
    [
        ("OIOIOI", 1.0, 1.8257418584),  # R = 6, E = 4, Var = 1.2
        ("OOOIII", 0.2, -1.8257418584),  # R = 2
        ("OIOIOIOO", 1.0, 1.8537431420),  # R = 7, n = 5 + 3, M = 6: E = 4.75, Var = 3.75 * 2.75 / 7
        ("OIOIO", None, None),  # two of theirs
        ("OOO", None, None),
    ],
)
def test_alternation(pattern: str, index: float | None, z: float | None) -> None:
    row = alternation(directions(pattern)).to_dicts()[0]
    assert row["alternation_index"] == (None if index is None else pytest.approx(index))
    assert row["alternation_z"] == (None if z is None else pytest.approx(z))


def test_equal_times_are_read_as_owner_first() -> None:
    both = interactions(*(event(k, "ann", day(k // 2), out=k % 2 == 0) for k in range(6)))
    assert alternation(encode_interactions(both))["alternation_index"].to_list() == [1.0]


def test_group_chats_are_ignored() -> None:
    assert alternation(directions("OIOIOI", is_group=True)).is_empty()


def test_the_first_turn_initiates_and_so_does_each_after_a_day_of_silence() -> None:
    row = danced(
        gesture(1, "me", 0),
        gesture(2, "them", 0.5),
        gesture(3, "me", 1.4),
        gesture(4, "them", 2.4),
        gesture(5, "me", 50),
    )
    assert (row["initiations"], row["initiations_mine"], row["initiative_share"]) == (3, 2, round(2 / 3, 10))
    assert (row["restarts"], row["restarts_mine"], row["restart_share"], row["restarts_answered_share"]) == (
        1,
        1,
        1.0,
        0.0,
    )


def test_silence_counts_from_the_last_event_of_the_dyad() -> None:
    long = gesture(1, "me", 0, last_at=day(1.5))
    assert danced(long, gesture(2, "them", 2.4))["initiations"] == 1
    assert danced(long, gesture(2, "them", 2.5))["initiations"] == 2


def test_wilson_of_the_initiative() -> None:
    # 6 of 32 on a published page: .08889545 to .35309155
    rows = [gesture(k, "me" if k < 6 else "them", 2 * k) for k in range(32)]
    row = danced(*rows)
    assert (row["initiations_mine"], row["initiations"]) == (6, 32)
    assert row["initiative_low"] == pytest.approx(0.08889545, abs=1e-8)
    assert row["initiative_high"] == pytest.approx(0.35309155, abs=1e-8)


@pytest.mark.parametrize(
    "pattern, longest, current",
    [
        ("OOO", 3, 3),
        ("OOI", 2, 0),
        ("OOIOOOIO", 3, 1),
        ("OAOO", 2, 2),  # an answered gesture breaks the run
        ("I", 0, 0),
        ("ONO", 2, 2),  # a gesture whose answer no archive could show is not counted
    ],
)
def test_one_sided_runs(pattern: str, longest: int, current: int) -> None:
    rows = [
        gesture(
            k, "them" if letter == "I" else "me", 3 * k, 0.1 if letter == "A" else None, at_risk=letter != "N",
            off_risk_reason="none_visible" if letter == "N" else None,
        )
        for k, letter in enumerate(pattern)
    ]  # fmt: skip
    row = danced(*rows)
    assert (row["longest_one_sided"], row["current_one_sided"]) == (longest, current)


def test_the_longest_unbroken_dance() -> None:
    rows = [
        gesture(1, "me", 0, 1), gesture(2, "them", 1, 1), gesture(3, "me", 2, 1), gesture(4, "them", 3),
        gesture(5, "them", 60, 1), gesture(6, "me", 61),
    ]  # fmt: skip
    assert danced(*rows)["longest_dance"] == 4


def step(number: int, who: str, at: float, cls: str) -> dict[str, Any]:
    return gesture(number, who, at, cls=cls)


@pytest.mark.parametrize(
    "rows, mine, theirs",
    [
        ([step(1, "me", 0, "reaction"), step(2, "them", 1, "reaction")], (1, 1), (1, 0)),
        ([step(1, "me", 0, "comment"), step(2, "them", 1, "reaction")], (1, 0), (1, 0)),
        ([step(1, "me", 0, "comment"), step(2, "them", 1, "message")], (1, 1), (1, 0)),
        ([step(1, "me", 0, "comment"), step(2, "them", 15, "message")], (1, 0), (1, 0)),
        # only the first turn of a higher class is a step up
        ([step(1, "me", 0, "comment"), step(2, "me", 1, "comment"), step(3, "me", 2, "reaction")], (1, 0), (0, 0)),
        # they step, the owner follows and goes further
        ([step(1, "them", 0, "comment"), step(2, "me", 1, "message"), step(3, "them", 2, "invite")], (1, 1), (2, 1)),
        ([step(1, "me", 390, "comment")], (0, 0), (0, 0)),  # younger than 14 days
    ],
)
def test_step_matching(rows: list[dict[str, Any]], mine: tuple[int, int], theirs: tuple[int, int]) -> None:
    row = danced(*rows)
    assert (row["steps_mine"], row["steps_mine_matched"]) == mine
    assert (row["steps_theirs"], row["steps_theirs_matched"]) == theirs
    assert row["step_matching_theirs"] == (mine[1] / mine[0] if mine[0] else None)
    assert row["step_matching_mine"] == (theirs[1] / theirs[0] if theirs[0] else None)


def test_strength_halves_in_ninety_days() -> None:
    row = danced(gesture(1, "me", 0, 10), gesture(2, "them", 10), gesture(3, "me", 100, 0), as_of=day(100))
    assert (row["exchanges"], row["strength"]) == (2, 1.5)


def test_contacts_only_known_from_groups_have_no_dance() -> None:
    assert dance_table(*turns_and_exchanges(gestures(gesture(1, "them", 0, is_group=True))), NOTHING, END).is_empty()


@pytest.mark.parametrize("people", [[], ["ann", "bob", "nobody"]])
def test_contacts_may_come_as_an_enum(people: list[str]) -> None:
    # contact ids are an Enum in runs; each part of the table must keep the type, also in an empty home
    rows = [gesture(k, "me", k, 0.5, contact_id=name) for k, name in enumerate(people[:2])]
    frame = gestures(*rows, *(gesture(9, "them", 40, contact_id=name) for name in people[:1]))
    acts = encode_interactions(interactions(*(event(k, name, day(k), out=True) for k, name in enumerate(people[:2]))))
    by_number = frame.with_columns(pl.col("contact_id").cast(pl.Enum(people)))
    assert_frame_equal(
        dance_table(*turns_and_exchanges(by_number), acts, END), dance_table(*turns_and_exchanges(frame), acts, END)
    )
    for make in (level_changes_table, dormant_spans_table):
        numbered = make(*turns_and_exchanges(by_number), zone="UTC", as_of=END).with_columns(
            pl.col("contact_id").cast(pl.String)
        )
        assert_frame_equal(numbered, make(*turns_and_exchanges(frame), zone="UTC", as_of=END))


PATTERNS = st.text("OI", min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(pattern=PATTERNS)
def test_alternation_is_bounded_and_independent_of_side_and_direction_of_time(pattern: str) -> None:
    row = alternation(directions(pattern)).to_dicts()[0]
    swapped = pattern.translate(str.maketrans("OI", "IO"))
    for other in (alternation(directions(swapped)).to_dicts()[0], alternation(directions(pattern[::-1])).to_dicts()[0]):
        assert other["alternation_index"] == row["alternation_index"]
        assert other["alternation_z"] == row["alternation_z"]
    if row["alternation_index"] is None:
        assert min(pattern.count("O"), pattern.count("I")) < 3
    else:
        assert 0 < row["alternation_index"] <= 1


@settings(max_examples=20, deadline=None)
@given(
    acts=st.lists(st.tuples(st.booleans(), st.integers(0, 50), st.booleans()), min_size=1, max_size=25),
    seed=st.integers(0, 9),
)
def test_the_dance_is_independent_of_the_order_of_rows(acts: list[tuple[bool, int, bool]], seed: int) -> None:
    frame = gestures(
        *(gesture(k, "me" if me else "them", at, 0.5 if yes else None) for k, (me, at, yes) in enumerate(acts))
    )
    events = interactions(*(event(k, "ann", at * DAY + k % 3 * HOUR, out=me) for k, (me, at, _) in enumerate(acts)))
    once = dance_table(*turns_and_exchanges(frame), encode_interactions(events), END)
    mixed = dance_table(
        *turns_and_exchanges(frame.sample(fraction=1, shuffle=True, seed=seed)),
        encode_interactions(events.sample(fraction=1, shuffle=True, seed=seed)),
        END,
    )
    assert_frame_equal(once, mixed)
