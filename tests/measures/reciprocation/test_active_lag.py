"""The lag in active hours: the hours, the active time of an interval, whose hours count, and what has no hour."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measures.reciprocation.active_hours import HOURS, ActiveTime, busiest_hours
from pipeline.measures.reciprocation.active_lag import ACTS_INPUT, active_lag_table
from pipeline.measures.reciprocation.dimensions import assign
from pipeline.measures.reciprocation.rates import measure_rates
from pipeline.model.durations import DAY, HOUR
from pipeline.model.schemas import INTERACTIONS
from tests.measures.reciprocation.test_rates import START, answered, gestures

EVENING = START + 5 * DAY + 20 * HOUR  # Monday, 2020-01-06T20:00Z


def acts(rows: list[dict[str, Any]]) -> pl.LazyFrame:
    base = {"contact_id": "ann", "platform": "x", "direction": "inbound", "resolution_s": 1}
    base |= {"automatic": None, "zone_assumed": False}
    full = [base | {"interaction_id": f"i{k:06d}"} | row for k, row in enumerate(rows)]
    return pl.DataFrame(full, schema={name: INTERACTIONS[name] for name in ACTS_INPUT}).lazy()


def daily(hours: range, days: int = 140, **other: Any) -> list[dict[str, Any]]:
    """An act in each of these hours (UTC) of each day."""
    return [{"at": START + day * DAY + hour * HOUR} | other for day in range(days) for hour in hours]


def medians(rows: list[dict[str, Any]], done: list[dict[str, Any]], **zone: Any) -> tuple[float, float, int]:
    frame = gestures(rows)
    table = active_lag_table(assign(frame, **zone_of(zone)).lazy(), frame.lazy(), acts(done), **zone)
    row = table.filter(dimension="all", quantile=0.5).row(0, named=True)
    return row["active_s"], row["wall_s"], row["answers"]


def zone_of(zone: dict[str, Any]) -> dict[str, Any]:
    return {"time_zone": zone["time_zone"]} if "time_zone" in zone else {}


OVERNIGHT = [answered(0.5, started_at=EVENING + k * 7 * DAY, contact_id="ann") for k in range(10)]
"""Answered at 8:00, twelve hours later."""


def test_the_night_does_not_count() -> None:
    # active from 6:00 to 22:00: two hours in the evening and two in the morning
    assert medians(OVERNIGHT, daily(range(6, 22))) == (4 * 3600, 12 * 3600, 10)


def test_hours_are_those_of_the_responder() -> None:
    owner = daily(range(20, 24), direction="outbound")
    assert medians(OVERNIGHT, daily(range(6, 22)) + owner)[0] == 4 * 3600
    theirs = [row | {"initiator": "them"} for row in OVERNIGHT]
    assert medians(theirs, daily(range(6, 22)) + owner)[0] == 4 * 3600
    assert medians(theirs, daily(range(6, 22)) + daily(range(20, 23), direction="outbound"))[0] == 3 * 3600


@pytest.mark.parametrize(("days", "active_h"), [(100, 2), (99, 4)])
def test_a_contact_with_200_acts_has_own_hours(days: int, active_h: int) -> None:
    # of 20:00 to 8:00, ann's own hours hold two, and those of all contacts of the platform four
    own = daily(range(20, 22), days)
    pooled = daily(range(6, 22), 700, contact_id="ben")
    assert medians(OVERNIGHT, own + pooled)[0] == active_h * 3600


def test_what_has_no_hour_does_not_count() -> None:
    known = daily(range(6, 22))
    at_night = daily(range(24), resolution_s=86400) + daily(range(24), automatic="out_of_office")
    assumed = daily(range(24), zone_assumed=True)
    assert medians(OVERNIGHT, known + at_night)[0] == 4 * 3600
    assert medians(OVERNIGHT, known + assumed, zone_is_set=False)[0] == 4 * 3600
    assert medians(OVERNIGHT, known + assumed)[0] > 4 * 3600
    # nor do answers whose own time is only a date
    answers = [row | {"response_interaction_id": "i000000" if k else "other"} for k, row in enumerate(OVERNIGHT)]
    frame = gestures(answers)
    table = active_lag_table(assign(frame).lazy(), frame.lazy(), acts([{"at": START, "resolution_s": 86400}, *known]))
    assert table.select("answers", "active_s", "note").unique().rows() == [(1, None, "fewer_than_10_answers")]


def test_hours_are_local() -> None:
    # 6:00 to 22:00 in Tokyo is 21:00 to 13:00 UTC: of 20:00 to 8:00 UTC, eleven hours are active
    tokyo = daily(range(13)) + daily(range(21, 24))
    assert medians(OVERNIGHT, tokyo, time_zone="Asia/Tokyo")[0] == 11 * 3600


def test_plain_lags_are_those_of_the_lag_quantiles() -> None:
    rng = np.random.default_rng(3)
    rows = [
        answered(lag, contact_id=f"c{k % 30:02}", started_at=START + k * HOUR, platform="xy"[k % 2]) if lag < 14 else {}
        for k, lag in enumerate(rng.exponential(6, 500).tolist())
    ]
    frame = gestures(rows)
    assigned = assign(frame)
    done = daily(range(24), platform="x") + daily(range(24), platform="y")
    table = active_lag_table(assigned.lazy(), frame.lazy(), acts(done))
    wanted = measure_rates(assigned).lag_quantiles.filter(pl.col("dimension").is_in(["all", "platform"]))
    assert table["wall_s"].to_list() == wanted["conditional_s"].to_list()
    assert (table["active_s"] <= table["wall_s"]).all()


def test_a_home_without_gestures_has_no_rows() -> None:
    frame = gestures([])
    assert active_lag_table(assign(frame).lazy(), frame.lazy(), acts([])).is_empty()


@given(
    st.lists(st.integers(0, 5), min_size=HOURS, max_size=HOURS),
    st.integers(0, 10**9),
    st.integers(0, 30 * 24 * 60),
)
def test_active_time_is_the_sum_of_active_minutes(counts: list[int], start_min: int, lag_min: int) -> None:
    time = ActiveTime.of(np.array([counts]))
    one = np.array([0])
    minute = HOUR // 60
    found = int(time.between(one, np.array([start_min * minute]), np.array([lag_min * minute]))[0])
    minutes = np.arange(start_min, start_min + lag_min)
    assert found == int(time.active[0, (minutes + 3 * 1440) // 60 % HOURS].sum()) * minute


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_no_smaller_set_of_hours_holds_nine_tenths(counts: list[int]) -> None:
    active = busiest_hours(np.array([counts]))[0]
    held = int(np.array(counts)[active].sum())
    assert held * 10 >= sum(counts) * 9
    size = int(active.sum())
    assert size == 0 or sum(sorted(counts, reverse=True)[: size - 1]) * 10 < sum(counts) * 9
