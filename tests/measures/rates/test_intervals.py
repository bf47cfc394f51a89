"""Intervals: Newcombe's published scores, cluster-robust against the bootstrap, comparisons' minimum sizes."""

import numpy as np
import pytest

from pipeline.measures.bootstrap import bootstrap_t, resample_weights
from pipeline.measures.comparisons import Kind, compare, compare_all
from pipeline.measures.intervals import cluster_t, cluster_variance, design_effect, wilson


@pytest.mark.parametrize(
    ("answered", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
        (6, 32, 0.08889545, 0.35309155), (23, 60, 0.2709, 0.5098), (0, 0, 0.0, 1.0),
    ],
)  # fmt: skip
def test_wilson_equals_newcombe(answered: int, total: int, low: float, high: float) -> None:
    digits = 8 if total == 32 else 4
    assert [round(end, digits) for end in wilson(answered, total)] == [low, high]


def world(contacts: int, seed: int) -> tuple[float, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    gestures = 1 + rng.poisson(8, contacts)
    answered = rng.binomial(gestures, rng.beta(2, 2, contacts))
    share = answered.sum() / gestures.sum()
    return share, (answered - share * gestures).astype(float), gestures.astype(float)


def test_bootstrap_and_cluster_robust_agree_with_many_contacts() -> None:
    share, sums, gestures = world(400, 1)
    variance = cluster_variance(sums[None], gestures.sum())
    robust = cluster_t(share, float(variance[0]), 400)
    drawn = bootstrap_t(np.array([share]), sums[None], gestures, variance)[0]
    assert robust is not None
    assert drawn is not None
    assert drawn == pytest.approx(robust, abs=0.005)
    effect = design_effect(share, float(variance[0]), int(gestures.sum()))
    assert effect is not None
    assert effect > 1.5


def test_fewer_than_ten_contacts_have_no_interval() -> None:
    share, sums, gestures = world(9, 2)
    variance = cluster_variance(sums[None], gestures.sum())
    assert cluster_t(share, float(variance[0]), 9) is None
    assert bootstrap_t(np.array([share]), sums[None], gestures, variance) == [None]


def test_resamples_are_the_same_each_time_and_draw_every_contact_once_on_average() -> None:
    first = np.concatenate(list(resample_weights(30)))
    assert first.shape == (2000, 30)
    assert (first.sum(axis=1) == 30).all()
    assert (first == np.concatenate(list(resample_weights(30)))).all()


def kind(name: str, contacts: int, each: int, share: float, seed: int) -> Kind:
    rng = np.random.default_rng(seed)
    people = np.repeat(np.arange(contacts), each)
    answered = rng.random(len(people)) < share
    times = np.where(answered, rng.integers(1, 6 * 86_400, len(people)), 20 * 86_400) * 1_000_000
    return Kind(name, times, answered.astype(np.int64), people)


def test_a_planted_difference_is_found() -> None:
    found = compare(kind("generic", 60, 10, 0.3, 1), kind("substantive", 60, 10, 0.6, 2))
    assert found.tested
    assert found.difference == pytest.approx(-0.3, abs=0.06)
    assert found.low is not None
    assert found.high is not None
    assert found.low < -0.3 + 0.06 < found.high + 0.06
    assert found.high < 0
    assert found.p_value is not None
    assert found.p_value < 1e-6


def test_too_few_are_only_counted() -> None:
    found = compare(kind("a", 9, 20, 0.5, 1), kind("b", 9, 20, 0.5, 2))
    assert (found.tested, found.note, found.p_value) == (False, "fewer_than_10_shared_contacts", None)
    found = compare(kind("a", 40, 1, 0.1, 1), kind("b", 40, 10, 0.5, 2))
    assert (found.tested, found.note, found.difference) == (False, "fewer_than_30_answered", None)


def test_holm_runs_over_the_tested_ones() -> None:
    small = (kind("a", 9, 20, 0.5, 1), kind("b", 9, 20, 0.5, 2))
    same = (kind("a", 40, 10, 0.5, 3), kind("b", 40, 10, 0.5, 4))
    apart = (kind("a", 40, 10, 0.3, 5), kind("b", 40, 10, 0.6, 6))
    none, null, real = compare_all([small, same, apart])
    assert none.p_holm is None
    assert null.p_holm == null.p_value
    assert real.p_holm == pytest.approx(2 * (real.p_value or 0))
