"""Levels, their dated changes, dormancy, opt-ins: causal, month by month."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipeline.measures.people.dormancy import dormant_spans_table
from pipeline.measures.people.level_changes import level_changes_table
from pipeline.measures.people.levels import levels_table
from pipeline.measures.people.opt_ins import opt_ins_table
from pipeline.measures.reciprocation.dimensions import assign
from tests.measures.people.logs import (
    DAY,
    START,
    day,
    event,
    gesture,
    gestures,
    interactions,
    turns_and_exchanges,
)

TIES = pl.DataFrame(
    schema={
        "contact_id": pl.String, "account_id": pl.String, "platform": pl.String, "kind": pl.String, "since": pl.Int64,
        "last_seen_at": pl.Int64, "missing_since": pl.Int64,
    }
)  # fmt: skip
END = day(400)


def moves(*rows: dict[str, Any], as_of: int = END) -> list[tuple[str, str, float]]:
    table = level_changes_table(*turns_and_exchanges(gestures(*rows)), zone="UTC", as_of=as_of)
    return [(old, new, (at - START) / DAY) for old, new, at in table.select("from", "to", "changed_at").rows()]


def test_one_direction_only() -> None:
    assert moves(gesture(1, "me", 1), gesture(2, "me", 9)) == [("stranger", "one_sided_mine", 1.0)]
    assert moves(gesture(1, "them", 2)) == [("stranger", "one_sided_theirs", 2.0)]


def test_the_first_step_is_dated_by_who_took_it() -> None:
    # the contact's turn is known by date only and is sorted after the owner's of that day
    rows = (gesture(1, "me", 3.4, place=0), gesture(2, "them", 3, resolution_s=86400, place=1))
    moves = level_changes_table(*turns_and_exchanges(gestures(*rows)), zone="UTC", as_of=day(30))
    assert moves.select("to", "changed_at").rows() == [("one_sided_mine", day(3.4))]


def test_both_sides_without_an_exchange_stay_one_sided() -> None:
    assert moves(gesture(1, "me", 1), gesture(2, "them", 90)) == [("stranger", "one_sided_mine", 1.0)]


def test_an_exchange_makes_acquaintance_for_good() -> None:
    assert moves(gesture(1, "me", 1, 0.5), gesture(2, "them", 1.5)) == [
        ("stranger", "one_sided_mine", 1.0), ("one_sided_mine", "acquaintance", 1.5),
    ]  # fmt: skip


def test_grade_d_is_no_exchange() -> None:
    assert moves(gesture(1, "me", 1, 0.5, grade="D"), gesture(2, "them", 1.5)) == [("stranger", "one_sided_mine", 1.0)]


def friendly(**change: Any) -> list[dict[str, Any]]:
    """Three exchanges on days 0.5, 7.5 and 14.5, begun twice by me, once by them."""
    return [
        gesture(1, "me", 0, 0.5), gesture(2, "them", 0.5), gesture(3, "them", 7, 0.5, **change), gesture(4, "me", 7.5),
        gesture(5, "me", 14, 0.5), gesture(6, "them", 14.5),
    ]  # fmt: skip


def test_friend_from_the_third_exchange_until_the_window_empties() -> None:
    assert moves(*friendly()) == [
        ("stranger", "one_sided_mine", 0.0), ("one_sided_mine", "acquaintance", 0.5),
        ("acquaintance", "friend", 14.5), ("friend", "acquaintance", 180.5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        friendly(status="open", grade=None, lag_us=None),  # two exchanges
        [row | {"started_at": row["started_at"] // 2 + START // 2, "last_at": row["last_at"] // 2 + START // 2} for row in friendly()],
        [gesture(k, "me", 7 * k, 0.5) for k in range(3)],  # they never begin
    ],
)  # fmt: skip
def test_no_friend_without_number_span_or_both_sides_initiative(rows: list[dict[str, Any]]) -> None:
    assert [new for _, new, _ in moves(*rows)][-1] == "acquaintance"


def close(private: str = "message", surface: bool = False) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for k in range(10):
        me, them = ("me", "them") if k % 2 else ("them", "me")
        rows.append(gesture(2 * k, me, 7 * k, 0.5, cls=private, is_group=surface and k == 9))
        rows.append(gesture(2 * k + 1, them, 7 * k + 0.5, cls=private))
    return rows


def test_close_needs_a_private_channel() -> None:
    assert ("friend", "close", 63.5) in moves(*close())
    assert "close" not in [new for _, new, _ in moves(*close("comment"))]


def test_close_falls_to_friend_then_to_acquaintance() -> None:
    assert [(old, new) for old, new, _ in moves(*close())][-2:] == [("close", "friend"), ("friend", "acquaintance")]


def test_an_unbroken_dance_keeps_its_level_when_its_beginning_leaves_the_window() -> None:
    # begun by them once, by me once, then 400 days without a pause of a day
    rows = [gesture(0, "them", 0), gesture(1, "me", 2, 0.5), gesture(2, "them", 2.5, 0.5)]
    rows += [gesture(3 + k, ("me", "them")[k % 2], 3 + k / 2, 0.5) for k in range(790)]
    found = moves(*rows, as_of=day(390))
    assert found[-1][1] == "close"


def table(
    *rows: dict[str, Any], as_of: int = END, acts: pl.DataFrame | None = None, ties: pl.DataFrame = TIES
) -> pl.DataFrame:
    frame = gestures(*rows)
    opted = opt_ins_table(interactions() if acts is None else acts, ties)
    return levels_table(
        level_changes_table(*turns_and_exchanges(frame), zone="UTC", as_of=as_of),
        opted,
        dormant_spans_table(*turns_and_exchanges(frame), zone="UTC", as_of=as_of),
        zone="UTC",
        as_of=as_of,
    )


def test_levels_at_the_end_of_each_month() -> None:
    found = table(*friendly(), as_of=day(200))
    assert found.select("month", "level", "dormant").rows() == [
        ("2024-01", "friend", False), ("2024-02", "friend", False), ("2024-03", "friend", False),
        ("2024-04", "friend", True), ("2024-05", "friend", True), ("2024-06", "acquaintance", True),
        ("2024-07", "acquaintance", True),
    ]  # fmt: skip


def test_a_gesture_meets_the_level_of_the_month_before() -> None:
    rows = gestures(*friendly(), gesture(9, "me", 40)).with_columns(
        pl.lit("i").alias("first_interaction_id"), pl.lit(None, pl.Int64).alias("superseded_after_us"),
        pl.lit(None, pl.Int64).alias("censored_after_us"), pl.lit(value=False).alias("uncertain"),
    )  # fmt: skip
    found = rows.select("gesture_id").with_columns(
        assign(rows, levels=table(*friendly(), gesture(9, "me", 40)))["dim_level"]
    )
    assert dict(found.rows()) == {f"g{k:04}": "stranger" for k in range(1, 7)} | {"g0009": "friend"}


def test_silence_is_ninety_days_as_long_as_gaps_are_few() -> None:
    spans = dormant_spans_table(
        *turns_and_exchanges(gestures(gesture(1, "me", 0, 0.5), gesture(2, "them", 0.5))), zone="UTC", as_of=day(90.4)
    )
    assert spans.is_empty()
    spans = dormant_spans_table(
        *turns_and_exchanges(gestures(gesture(1, "me", 0, 0.5), gesture(2, "them", 0.5))), zone="UTC", as_of=day(91)
    )
    assert spans.rows() == [("ann", day(90.5), None)]


def test_silence_is_three_usual_gaps_and_at_least_thirty_days() -> None:
    weekly = [gesture(k, "me", 7 * k, 0.1) for k in range(6)]
    assert dormant_spans_table(
        *turns_and_exchanges(gestures(*weekly, gesture(9, "me", 100))), zone="UTC", as_of=day(101)
    ).rows() == [("ann", day(35 + 30), day(100))]
    rare = [gesture(k, "me", 20 * k, 0.1) for k in range(6)]
    assert dormant_spans_table(*turns_and_exchanges(gestures(*rare)), zone="UTC", as_of=day(300)).rows() == [
        ("ann", day(100 + 60), None)
    ]


def test_an_even_number_of_gaps_has_its_median_in_the_middle() -> None:
    days = [0, 10, 20, 30, 43, 56, 69]  # gaps 10, 10, 10, 13, 13, 13: median 11.5
    rows = [gesture(k, "me", at, 0.1) for k, at in enumerate(days)]
    assert dormant_spans_table(*turns_and_exchanges(gestures(*rows)), zone="UTC", as_of=day(300)).rows() == [
        ("ann", day(69 + 34.5), None)
    ]


def test_contacts_without_an_exchange_are_not_dormant() -> None:
    assert dormant_spans_table(*turns_and_exchanges(gestures(gesture(1, "me", 0))), zone="UTC", as_of=END).is_empty()


def test_opt_ins_are_explicit_and_dated() -> None:
    acts = interactions(
        event(1, "ann", day(3), out=False, kind="opt_in"), event(2, "ann", day(9), out=False, kind="unsubscribe"),
        event(3, "bob", day(4), out=False, kind="accept"), event(4, "cid", day(5), out=True, kind="accept"),
        event(5, "dan", day(1), out=True, kind="follow"), event(6, "dan", day(2), out=False, kind="follow"),
        event(7, "eve", day(1), out=False, kind="follow"), event(8, "eve", day(2), out=True, kind="follow"),
    )  # fmt: skip
    ties = pl.DataFrame(
        [("fay", "me", "mailchimp", "subscribed_to_list", None, day(50), day(60)), ("gus", "me", "x", "connected", day(1), day(50), None)],
        schema=TIES.schema, orient="row",
    )  # fmt: skip
    assert opt_ins_table(acts, ties).rows() == [
        ("ann", day(3), True, "opt_in"), ("ann", day(9), False, "unsubscribe"), ("bob", day(4), True, "accept"),
        ("dan", day(2), True, "followed_back"), ("fay", day(50), True, "subscribed_to_list"),
        ("fay", day(60), False, "missing_from_list"),
    ]  # fmt: skip


def test_excluded_contacts_have_no_opt_in() -> None:
    # otherwise `levels` would list excluded contacts as strangers
    acts = interactions(
        event(1, "ann", day(3), out=False, kind="opt_in"), event(2, "bob", day(4), out=False, kind="opt_in")
    )
    assert opt_ins_table(acts, TIES, pl.Series(["bob"]))["contact_id"].to_list() == ["ann"]


def test_the_flag_follows_the_last_decision() -> None:
    acts = interactions(
        event(1, "ann", day(3), out=False, kind="opt_in"), event(2, "ann", day(40), out=False, kind="unsubscribe")
    )
    found = table(gesture(1, "them", 3), acts=acts, as_of=day(50))
    assert found.select("month", "level", "opted_in").rows() == [
        ("2024-01", "one_sided_theirs", True), ("2024-02", "one_sided_theirs", False),
    ]  # fmt: skip


def test_a_subscriber_without_any_event_is_a_stranger_who_opted_in() -> None:
    ties = pl.DataFrame(
        [("fay", "me", "ghost", "subscribed_to_list", day(3), day(50), None)], schema=TIES.schema, orient="row"
    )
    assert table(ties=ties, as_of=day(20)).rows() == [("fay", "2024-01", "stranger", True, False)]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["me", "them"]), st.integers(0, 300), st.none() | st.integers(0, 13), st.sampled_from("ab")
    ),
    min_size=1,
    max_size=40,
)


def drawn(acts: list[tuple[str, int, int | None, str]]) -> list[dict[str, Any]]:
    return [gesture(k, who, at, lag, contact_id=name) for k, (who, at, lag, name) in enumerate(acts)]


@settings(max_examples=30, deadline=None)
@given(acts=ACTS, seed=st.integers(0, 9), cut=st.integers(1, 300))
def test_causal_and_blind_to_order(acts: list[tuple[str, int, int | None, str]], seed: int, cut: int) -> None:
    frame = gestures(*drawn(acts))
    whole = level_changes_table(*turns_and_exchanges(frame), zone="UTC", as_of=END)
    assert_frame_equal(
        whole,
        level_changes_table(
            *turns_and_exchanges(frame.sample(fraction=1, shuffle=True, seed=seed)), zone="UTC", as_of=END
        ),
    )
    # what comes later doesn't change what was
    limit = day(cut)
    answered_at = pl.col("started_at") + pl.col("lag_us")
    late = answered_at.is_not_null() & (answered_at > limit)
    known = frame.filter(pl.col("started_at") <= limit).with_columns(
        pl.when(late).then(pl.lit("open")).otherwise("status").alias("status"),
        *(pl.when(late).then(None).otherwise(name).alias(name) for name in ("grade", "lag_us")),
    )
    assert_frame_equal(
        level_changes_table(*turns_and_exchanges(known), zone="UTC", as_of=limit),
        whole.filter(pl.col("changed_at") <= limit),
    )


@settings(max_examples=30, deadline=None)
@given(acts=ACTS)
def test_changes_chain(acts: list[tuple[str, int, int | None, str]]) -> None:
    found = level_changes_table(*turns_and_exchanges(gestures(*drawn(acts))), zone="UTC", as_of=END)
    for part in found.partition_by("contact_id"):
        assert part["from"].to_list() == ["stranger", *part["to"].to_list()[:-1]]
        assert part["changed_at"].is_sorted()
    assert (found["from"] != found["to"]).all()


def test_rows_end_ten_years_after_the_last_event_when_another_export_tells_of_another_century() -> None:
    """An invented archive with years in the 2360s made seven thousand months for each person of all other archives."""
    start, as_of = 1_704_067_200_000_000, 12_000_000_000_000_000
    changes = pl.DataFrame(
        {"contact_id": ["ann"], "from": ["stranger"], "to": ["one_sided_mine"], "changed_at": [start]}
    )
    nothing = pl.DataFrame(schema={"contact_id": pl.String, "at": pl.Int64, "on": pl.Boolean, "source": pl.String})
    spans = pl.DataFrame(schema={"contact_id": pl.String, "starts_at": pl.Int64, "ends_at": pl.Int64})
    quiet = pl.DataFrame({"contact_id": ["ann"], "at": [start]})
    table = levels_table(changes, nothing, spans, zone="UTC", as_of=as_of, last_activity=quiet)
    assert (table["month"].min(), table["month"].max(), table.height) == ("2024-01", "2034-01", 121)
