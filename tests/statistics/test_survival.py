"""Survival estimators against published values and lifelines, and properties that always hold."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.statistics.aalen_johansen import aalen_johansen
from pipeline.statistics.influence import influence
from pipeline.statistics.kaplan_meier import kaplan_meier
from pipeline.statistics.log_rank import holm, stratified_log_rank

# Freireich's 6-MP trial (Gehan 1965): weeks of remission, + = censored
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def read(weeks: str) -> tuple[Any, Any]:
    words = weeks.split()
    times = np.array([int(word.rstrip("+")) for word in words], dtype=np.int64)
    events = np.array([not word.endswith("+") for word in words])
    order = np.argsort(times, kind="stable")
    return times[order], events[order]


def test_gehan_survival_and_errors() -> None:
    km = kaplan_meier(*read(TREATED))
    assert km.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert km.survival.round(4).tolist() == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert (km.survival * np.sqrt(km.greenwood)).round(4).tolist() == [
        0.0764,
        0.0869,
        0.0963,
        0.1068,
        0.1141,
        0.1282,
        0.1346,
    ]


def test_gehan_medians() -> None:
    assert kaplan_meier(*read(TREATED)).quantile(0.5) == (23.0, 13.0, None)
    assert kaplan_meier(*read(PLACEBO)).quantile(0.5) == (8.0, 4.0, 11.0)


def test_gehan_log_rank() -> None:
    (t1, e1), (t2, e2) = read(TREATED), read(PLACEBO)
    first = np.repeat([True, False], [len(t1), len(t2)])
    statistic, p_value = stratified_log_rank(
        np.concatenate([t1, t2]), np.concatenate([e1, e2]), first, np.zeros(len(first), dtype=np.int64)
    )
    assert round(statistic, 4) == 16.7929
    assert p_value == pytest.approx(4.17e-5, rel=0.01)


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def drawn(seed: int, size: int = 200) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return np.sort(rng.integers(1, 40, size)), rng.integers(0, 3, size)


@pytest.mark.parametrize("seed", range(5))
def test_equals_lifelines(seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peer's own deprecations are not ours
        from lifelines import AalenJohansenFitter, KaplanMeierFitter  # noqa: PLC0415 - imported where its warnings are off

        times, kinds = drawn(seed)
        peer = KaplanMeierFitter().fit(times, kinds == 1)
        km = kaplan_meier(times, kinds == 1)
        expected = peer.survival_function_at_times(km.times).to_numpy()
        band = peer.confidence_interval_survival_function_.loc[km.times.astype(float)].to_numpy()
        # lifelines spreads tied times by random noise, so ties are drawn apart for this one
        apart = times * 1000 + np.arange(len(times))
        incidence = AalenJohansenFitter(calculate_variance=False).fit(apart, kinds, event_of_interest=1)
        curve = aalen_johansen(apart, kinds)
        cumulative = incidence.cumulative_density_.loc[curve.times.astype(float)].to_numpy()[:, 0]
    assert km.survival == pytest.approx(expected, abs=1e-12)
    low, high = km.band()
    inside = (km.survival > 0) & (km.survival < 1)
    assert low[inside] == pytest.approx(band[inside, 0], abs=1e-9)
    assert high[inside] == pytest.approx(band[inside, 1], abs=1e-9)
    assert curve.incidence == pytest.approx(cumulative, abs=1e-12)


samples = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2)), min_size=1, max_size=60)


@settings(max_examples=150, deadline=None)
@given(samples)
def test_aalen_johansen_never_exceeds_one_minus_km(rows: list[tuple[int, int]]) -> None:
    times, kinds = (np.array(column, dtype=np.int64) for column in zip(*sorted(rows), strict=True))
    lags = np.arange(0, 32)
    assert (aalen_johansen(times, kinds).at(lags) <= 1 - kaplan_meier(times, kinds == 1).at(lags) + 1e-12).all()


@settings(max_examples=100, deadline=None)
@given(samples, st.integers(1, 30))
def test_without_censoring_the_incidence_is_a_plain_share(rows: list[tuple[int, int]], horizon: int) -> None:
    full = sorted((time, kind) if kind else (31, 0) for time, kind in rows)
    times, kinds = (np.array(column, dtype=np.int64) for column in zip(*full, strict=True))
    share = aalen_johansen(times, kinds).at(np.array([horizon]))[0]
    assert share == pytest.approx(((kinds == 1) & (times <= horizon)).sum() / len(times), abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_influence_is_the_derivative(seed: int) -> None:
    times, kinds = drawn(seed, 60)
    lags = np.array([3, 20, 39])
    curve = aalen_johansen(times, kinds)
    found = influence(curve, times, kinds, lags).by_cluster(np.arange(60), 60)
    assert found.sum(axis=1) == pytest.approx([0, 0, 0], abs=1e-9)
    for row in (0, 30, 59):
        # one row counted k times more, k small against 3000 copies of the sample
        copies = np.repeat(np.arange(60), 3000)
        more = np.sort(np.concatenate([copies, np.full(30, row)]))
        moved = (aalen_johansen(times[more], kinds[more]).at(lags) - curve.at(lags)) * 60 / (30 / 3000)
        assert found[:, row] == pytest.approx(moved, abs=5e-3, rel=1e-2)


@settings(max_examples=100, deadline=None)
@given(samples, st.integers(1, 40))
def test_a_curve_cut_at_a_lag_is_the_whole_one_up_to_there(rows: list[tuple[int, int]], until: int) -> None:
    times, kinds = (np.array(column, dtype=np.int64) for column in zip(*sorted(rows), strict=True))
    lags = np.arange(until + 1)
    whole, cut = aalen_johansen(times, kinds), aalen_johansen(times, kinds, until)
    assert cut.at(lags).tolist() == whole.at(lags).tolist()
    assert cut.times.tolist() == [time for time in whole.times.tolist() if time <= until]
    alone = np.arange(len(times))
    assert influence(cut, times, kinds, lags).by_cluster(alone, len(times)) == pytest.approx(
        influence(whole, times, kinds, lags).by_cluster(alone, len(times)), abs=1e-12
    )


def test_the_influence_of_a_cluster_is_the_sum_over_its_rows() -> None:
    times, kinds = drawn(7)
    clusters = np.random.default_rng(8).integers(0, 12, len(times))
    found = influence(aalen_johansen(times, kinds), times, kinds, np.array([2, 9, 9, 30, 99]))
    single = found.by_cluster(np.arange(len(times)), len(times))
    for cluster in range(12):
        assert found.by_cluster(clusters, 12)[:, cluster] == pytest.approx(single[:, clusters == cluster].sum(axis=1))
