"""The three tables of rates: a planted process with known shares, suppression, dimensions, and invariances."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from pipeline.measures.reciprocation.dimensions import assign
from pipeline.measures.reciprocation.rates import measure_rates
from pipeline.measures.reciprocation.reciprocation import CHANCE
from pipeline.measures.reciprocation.shares import LAG_GRID
from pipeline.model.durations import DAY, HOUR
from pipeline.model.schemas import GESTURES
from pipeline.statistics.rounding import significant

START = 1_577_836_800_000_000  # 2020-01-01T00:00Z


def gestures(rows: list[dict[str, Any]]) -> pl.DataFrame:
    base: dict[str, Any] = {
        "initiator": "me", "outcome": "worded", "contact_id": "ann", "platform": "x", "class": "message",
        "account_id": "me", "surface": "direct", "is_group": False, "started_at": START, "status": "open",
        "censored_after_us": 30 * DAY, "uncertain": False, "at_risk": True, "resolution_s": 1,
    }  # fmt: skip
    full = [base | {"gesture_id": f"g{k:06d}", "first_interaction_id": f"e{k:06d}"} | row for k, row in enumerate(rows)]
    return pl.DataFrame(full, schema=GESTURES)


def answered(lag: float, **other: Any) -> dict[str, Any]:
    return {"status": "answered", "grade": "C", "lag_us": int(lag * DAY)} | other


def planted(background: float = 0.0, seed: int = 7) -> pl.DataFrame:
    """400 contacts, a gesture every 30 days x 10, answered with p = 0.6 after an exponential lag of mean 1 day."""
    rng = np.random.default_rng(seed)
    lag = np.where(rng.random(4000) < 0.6, rng.exponential(1.0, 4000), np.inf)
    if background:
        lag = np.minimum(lag, rng.exponential(1 / background, 4000))
    rows = [answered(x) if x <= 14 else {} for x in lag.tolist()]
    for k, entry in enumerate(rows):
        entry |= {"contact_id": f"c{k // 10:03d}", "started_at": START + (k % 10) * 30 * DAY}
    return gestures(rows)


def cell(table: pl.DataFrame, days: int, dimension: str = "all", value: str = "all") -> dict[str, Any]:
    return table.filter(dimension=dimension, value=value, horizon_days=days).row(0, named=True)


@pytest.mark.parametrize(
    ("background", "day", "week"), [(0.0, 0.3793, 0.5995), (1 / 60, 0.3895, 0.6436), (0.1, 0.4383, 0.8011)]
)
def test_planted_process(background: float, day: float, week: float) -> None:
    table = measure_rates(assign(planted(background))).reciprocation
    assert cell(table, 1)["answered_share"] == pytest.approx(day, abs=0.025)
    assert cell(table, 7)["answered_share"] == pytest.approx(week, abs=0.025)


def test_nothing_censored_means_all_estimates_agree() -> None:
    row = cell(measure_rates(assign(planted())).reciprocation, 7)
    assert row["answered_share"] == row["naive_share"] == row["mature_share"]
    assert row["one_minus_km"] == pytest.approx(row["answered_share"], abs=1e-9)
    assert (row["gestures"], row["contacts"], row["shown"]) == (4000, 400, True)
    assert row["low"] < row["answered_share"] < row["high"]


def test_young_gestures_lower_only_the_naive_share() -> None:
    # a fifth of the gestures is an hour old and unanswered
    young = [{"contact_id": f"c{k:03d}", "censored_after_us": HOUR // 2} for k in range(1000)]
    frame = pl.concat([planted(), gestures(young)])
    base, row = (
        cell(measure_rates(assign(planted())).reciprocation, 7),
        cell(measure_rates(assign(frame)).reciprocation, 7),
    )
    assert row["naive_share"] == pytest.approx(0.8 * base["naive_share"])
    assert row["mature_share"] == base["mature_share"]
    assert row["answered_share"] == pytest.approx(base["answered_share"], abs=0.005)


def test_fresh_unanswered_gestures_change_no_curve_at_older_lags() -> None:
    rows: list[dict[str, Any]] = [answered(1 + k / 10, contact_id=f"c{k}") for k in range(40)]
    rows += [{"contact_id": f"d{k}"} for k in range(40)]
    fresh: list[dict[str, Any]] = [{"contact_id": f"c{k}", "censored_after_us": 8 * HOUR} for k in range(25)]
    before, after = (measure_rates(assign(gestures(entries))).response_lag for entries in (rows, rows + fresh))
    older = pl.col("lag_s") >= 8 * 3600
    columns = ["dimension", "value", "lag_s", "answered_share", "km_share", "at_risk"]
    assert before.filter(older).select(columns).equals(after.filter(older).select(columns))


def test_order_of_rows_changes_nothing() -> None:
    frame = planted(0.1)
    first, second = (measure_rates(assign(part)) for part in (frame, frame.sample(fraction=1, shuffle=True, seed=3)))
    assert first.reciprocation.equals(second.reciprocation)
    assert first.response_lag.equals(second.response_lag)
    assert first.lag_quantiles.equals(second.lag_quantiles)


def test_curve_and_table_agree_at_the_horizons() -> None:
    rates = measure_rates(assign(planted(0.1)))
    assert len(LAG_GRID) == len(set(LAG_GRID.tolist())) == 48
    for days in (1, 7, 14):
        row = cell(rates.reciprocation, days)
        point = rates.response_lag.filter(dimension="all", lag_s=days * 86400.0).row(0, named=True)
        assert [point[name] for name in ("answered_share", "low", "high")] == [
            row[name] for name in ("answered_share", "low", "high")
        ]


@pytest.mark.parametrize(
    ("count", "after", "note"), [(9, 30, "fewer_than_10_at_risk"), (40, 5, "too_recent"), (10, 30, None)]
)
def test_suppression(count: int, after: int, note: str | None) -> None:
    rows = [{"contact_id": f"c{k}", "censored_after_us": after * DAY} for k in range(count)]
    row = cell(measure_rates(assign(gestures(rows))).reciprocation, 7)
    assert (row["shown"], row["note"], row["gestures"]) == (note is None, note, count)
    assert (row["answered_share"] is None) == (note is not None)


def test_no_share_beyond_the_smallest_window_in_which_answers_are_looked_for() -> None:
    # with a window of 5 days answers after it are not looked for, so that no share within 7 days may be shown
    table = assign(gestures([{"contact_id": f"c{k}"} for k in range(40)]))
    rates = measure_rates(table, window_us=5 * DAY)
    assert [cell(rates.reciprocation, days)["note"] for days in (1, 7, 14)] == [None, "beyond_window", "beyond_window"]
    shown = rates.response_lag.filter(dimension="all", initiator="me").drop_nulls("answered_share")["lag_s"]
    assert (shown <= 5 * 86_400).all()
    assert cell(measure_rates(table, window_us=7 * DAY).reciprocation, 7)["shown"]


def test_with_few_contacts_the_share_has_no_interval() -> None:
    row = cell(measure_rates(assign(gestures([{"contact_id": f"c{k % 9}"} for k in range(90)]))).reciprocation, 7)
    assert (row["answered_share"], row["low"], row["high"], row["note"]) == (0.0, None, None, "fewer_than_10_contacts")


def test_follow_ups_compete_with_answers() -> None:
    rows: list[dict[str, Any]] = [{"contact_id": f"c{k}"} for k in range(60)]
    for k in range(20):
        rows[k] |= answered(3)
        rows[k + 20] |= {"status": "superseded", "superseded_after_us": 2 * DAY}
    row = cell(measure_rates(assign(gestures(rows))).reciprocation, 7)
    # 20 of 60 answered before a follow-up; had nobody followed up, 20 of the 40 left at day 3
    assert (row["answered_share"], row["one_minus_km"]) == (pytest.approx(1 / 3), 0.5)
    assert "follow_ups_matter" in row["note"]


def test_answers_of_grade_d_are_a_group_of_their_own() -> None:
    rows = [answered(2, contact_id=f"c{k}", grade="D" if k < 10 else "C") for k in range(30)]
    rows += [{"contact_id": f"d{k}"} for k in range(30)]
    table = measure_rates(assign(gestures(rows))).reciprocation
    assert cell(table, 7)["answered_share"] == pytest.approx(20 / 60)
    assert cell(table, 7, "grade", "D")["answered_share"] == pytest.approx(10 / 60)


def test_the_strict_share_ignores_answers_of_uncertain_order() -> None:
    rows = [answered(2, contact_id=f"c{k}", uncertain=k < 10) for k in range(30)]
    rows += [{"contact_id": f"d{k}"} for k in range(30)]
    # without its answer, the follow-up of the first one ends the wait
    rows[0] |= {"superseded_after_us": DAY}
    table = measure_rates(assign(gestures(rows))).reciprocation
    assert cell(table, 7)["answered_share"] == pytest.approx(30 / 60)
    strict = cell(table, 7, "certainty", "strict")
    assert (strict["gestures"], strict["answered_share"]) == (60, pytest.approx(20 / 60))
    assert strict["one_minus_km"] == pytest.approx(20 / 59)


def test_partial_visibility_is_a_group_with_a_lower_bound() -> None:
    seen = [{"contact_id": f"c{k}"} for k in range(20)]
    part = [answered(1, contact_id=f"d{k}", at_risk=False, off_risk_reason="partial") for k in range(20)]
    table = measure_rates(assign(gestures(seen + part))).reciprocation
    assert cell(table, 7)["gestures"] == 20
    row = cell(table, 7, "visibility", "partial")
    assert (row["gestures"], row["note"]) == (20, "lower_bound; fewer_than_10_at_risk")


def test_dimensions_of_time_use_the_owners_zone_and_the_month_before() -> None:
    late = gestures([{"started_at": START + 31 * DAY - HOUR // 2}])  # 2020-01-31T23:30Z
    # since the end of November 2019 a peer, since that of January a guru
    tiers = pl.DataFrame({"contact_id": ["ann", "ann"], "month": [24_238, 24_240], "tier": ["peer", "guru"]})
    there = assign(late, time_zone="Europe/Berlin", tiers=tiers).row(0, named=True)
    here = assign(late, tiers=tiers).row(0, named=True)
    assert [there[f"dim_{name}"] for name in ("month", "hour", "tier")] == ["2020-02", "00", "guru"]
    assert [here[f"dim_{name}"] for name in ("month", "hour", "tier")] == ["2020-01", "23", "peer"]


@pytest.mark.parametrize(("month", "tier"), [(None, "guru"), (24_238, "guru"), (24_239, "guru"), (24_240, "unknown")])
def test_a_tier_is_valid_from_the_end_of_its_month(month: int | None, tier: str) -> None:
    # whoever became a guru in January 2020 (month 24240 since the year 0) wasn't known to be one when written to in January
    tiers = pl.DataFrame(
        {"contact_id": ["ann"], "month": [month], "tier": ["guru"]}, schema_overrides={"month": pl.Int64}
    )
    assert assign(gestures([{}, {"contact_id": "bob"}]), tiers=tiers)["dim_tier"].to_list() == [tier, "unknown"]


def test_no_hour_for_an_assumed_zone_or_a_date() -> None:
    frame = gestures([{}, {"resolution_s": 86400}, {}])
    hours = assign(frame, zone_assumed=pl.Series(["e000000"]))["dim_hour"].to_list()
    assert hours == [None, None, "00"]


def test_lags_by_hour_of_the_week_in_the_owners_zone() -> None:
    # Sunday 2020-03-29, an hour before and an hour after Lisbon puts its clocks forward, and Monday 00:30
    times = [START + 88 * DAY + int(hour * HOUR) for hour in (0.5, 1.5, 23.5)]
    rows = [answered(2, contact_id=f"c{k}", started_at=times[k % 3]) for k in range(60)]
    rows += [answered(2, contact_id="c0", resolution_s=86400)]
    assigned = assign(gestures(rows), time_zone="Europe/Lisbon")
    assert assigned["dim_hour_of_week"].to_list()[:3] == ["Sun 00", "Sun 02", "Mon 00"]
    assert assigned["dim_hour_of_week"].null_count() == 1
    made = measure_rates(assigned)
    found = made.lag_quantiles.filter(pl.col("dimension") == "hour_of_week", pl.col("quantile") == 0.5)
    assert found.select("value", "conditional_s").rows() == [
        ("Mon 00", 172_800.0), ("Sun 00", 172_800.0), ("Sun 02", 172_800.0),
    ]  # fmt: skip
    # 168 groups are too many for rates
    for table in (made.reciprocation, made.response_lag):
        assert "hour_of_week" not in table["dimension"].to_list()


def test_variants_are_values_of_their_dimension() -> None:
    frame = gestures([{"contact_id": f"c{k}"} for k in range(20)])
    runs = {("turn_gap", "1h"): frame, ("exclusions", "none"): frame.head(12)}
    table = measure_rates(assign(frame), variants=runs).reciprocation
    assert cell(table, 7, "turn_gap", "1h")["gestures"] == 20
    assert cell(table, 7, "exclusions", "none")["gestures"] == 12


def test_chance_is_joined_on() -> None:
    frame = assign(gestures([{"contact_id": f"c{k}"} for k in range(20)]))
    chance = pl.DataFrame(
        {
            "initiator": ["me"], "outcome": ["worded"], "dimension": ["all"], "value": ["all"], "horizon_days": [7],
            "chance_share": [0.25], "chance_note": ["sampled"],
        }
    )  # fmt: skip
    row = cell(measure_rates(frame, chance=chance).reciprocation, 7)
    assert (row["chance_share"], row["lift"], row["note"]) == (0.25, None, "sampled")
    assert all(cell(measure_rates(frame).reciprocation, 7)[name] is None for name in CHANCE)


def test_no_chance_beside_a_share_that_is_not_shown() -> None:
    few = assign(gestures([{"contact_id": f"c{k}"} for k in range(9)]))
    key = {"initiator": ["me"], "outcome": ["worded"], "dimension": ["all"], "value": ["all"], "horizon_days": [7]}
    figures = {"chance_share": [0.25], "answered_share_adjacent": [0.5], "p_value": [0.01], "chance_note": ["sampled"]}
    row = cell(measure_rates(few, chance=pl.DataFrame(key | figures)).reciprocation, 7)
    assert [row[name] for name in CHANCE] == [None] * len(CHANCE)
    assert row["note"] == "fewer_than_10_at_risk"


def test_quantiles_of_all_and_of_those_who_answer() -> None:
    rows = [answered((k + 1) / 24, contact_id=f"c{k}") for k in range(40)] + [
        {"contact_id": f"d{k}"} for k in range(60)
    ]
    table = measure_rates(assign(gestures(rows))).lag_quantiles.filter(dimension="all")
    first, half = table.row(0, named=True), table.row(1, named=True)
    assert (first["quantile"], first["unconditional_s"], first["conditional_s"]) == (0.25, 25 * 3600, 10 * 3600)
    assert (half["unconditional_s"], half["conditional_s"], half["note"]) == (None, 20 * 3600, "not_reached")
    assert first["mature_gestures"] == 100


def test_dates_only_are_counted_in_whole_days_and_never_mixed_with_fine_times() -> None:
    dated = [answered(k % 4, contact_id=f"c{k}", resolution_s=86400) for k in range(40)]
    alone = (
        measure_rates(assign(gestures(dated))).lag_quantiles.filter(dimension="all", quantile=0.5).row(0, named=True)
    )
    assert (alone["unconditional_s"], alone["note"]) == (86400, "day_grain")
    fine = [answered(0.25, contact_id=f"c{k}") for k in range(40)]
    mixed = (
        measure_rates(assign(gestures(dated + fine)))
        .lag_quantiles.filter(dimension="all", quantile=0.5)
        .row(0, named=True)
    )
    assert (mixed["unconditional_s"], mixed["mature_gestures"]) == (21600, 40)


def test_ten_significant_digits() -> None:
    frame = pl.DataFrame({"x": [1 / 3, 2e9 / 3, float("nan"), -0.0], "n": [1, 2, 3, 4]})
    assert frame.select(significant(pl.col("x"), 10))["x"].to_list() == [0.3333333333, 666666666.7, None, 0.0]


@pytest.mark.parametrize(("contacts", "same"), [(39, True), (40, False)])
def test_only_the_whole_is_bootstrapped_and_only_with_enough_contacts(contacts: int, same: bool) -> None:
    # one platform is everybody; docs/validation.md has the coverage of both ways
    table = measure_rates(assign(planted().filter(pl.col("contact_id") < f"c{contacts:03d}"))).reciprocation
    whole, platform = cell(table, 7), cell(table, 7, "platform", "x")
    assert whole["contacts"] == contacts
    assert (whole["low"] == platform["low"]) == same
    assert whole["low"] == pytest.approx(platform["low"], abs=0.02)
