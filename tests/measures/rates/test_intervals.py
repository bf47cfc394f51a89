"""Intervals: Newcombe's published scores, cluster-robust against the bootstrap, comparisons' minimum sizes."""

import numpy as np
import pytest

from pipeline.matching.parameters import DAY
from pipeline.measures.reciprocation.comparisons import Kind, compare, compare_all
from pipeline.statistics.bootstrap import bootstrap_t, resample_weights
from pipeline.statistics.intervals import (
    cluster_variance,
    cluster_wilson,
    design_effect,
    effective_contacts,
    leverage_variance,
    wilson,
)


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
    robust = cluster_wilson(np.array([share]), sums[None], gestures)[0]
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
    assert cluster_wilson(np.array([share]), sums[None], gestures) == [None]
    assert bootstrap_t(np.array([share]), sums[None], gestures, variance) == [None]


def by_contact(answered: list[int], gestures: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what `cluster_wilson` takes, of one lag before which nothing is censored."""
    got, of = np.array(answered, dtype=float), np.array(gestures, dtype=float)
    share = got.sum() / of.sum()
    return np.array([share]), (got - share * of)[None], of


def test_contacts_with_equally_many_gestures_need_no_correction() -> None:
    _, sums, gestures = by_contact([0, 1, 2, 3, 4, 4, 2, 1, 0, 3, 2, 2], [4] * 12)
    assert leverage_variance(sums, gestures) == pytest.approx(cluster_variance(sums, 48), rel=1e-12)
    assert effective_contacts(gestures) == pytest.approx(12)


def test_a_contact_with_half_of_the_gestures_pulls_the_share_and_widens_the_interval() -> None:
    # 10 of 20 answered by one, 1 of 2 by each of ten others but the last two (0 and 2)
    share, sums, gestures = by_contact([10, *[1] * 8, 0, 2], [20, *[2] * 10])
    assert effective_contacts(gestures) == pytest.approx(40**2 / (20**2 + 10 * 2**2))
    # residues of 1 and -1 among 40 gestures, each divided by the 38 fortieths that others have
    assert leverage_variance(sums, gestures) == pytest.approx([2 * 40 / 38 / 40**2])
    low, high = cluster_wilson(share, sums, gestures)[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.3787, 0.6213)
    # the same answers, were all contacts equal
    share, sums, gestures = by_contact([2, *[2] * 8, 1, 3], [4] * 11)
    low, high = cluster_wilson(share, sums, gestures)[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.4257, 0.5743)


def test_one_gesture_a_contact_is_wilson_with_t() -> None:
    share, sums, gestures = by_contact([1] * 6 + [0] * 26, [1] * 32)
    assert cluster_wilson(share, sums, gestures)[0] == pytest.approx(wilson(6 * 31 / 32, 31, 2.0395134464), abs=1e-9)


def test_contacts_who_answer_alike_do_not_make_a_share_certain() -> None:
    # each of twelve answered one of two: no variance between them, and yet 12 of 24 isn't known to the last digit
    share, sums, gestures = by_contact([1] * 12, [2] * 12)
    assert cluster_wilson(share, sums, gestures)[0] == pytest.approx(wilson(12, 24, 2.2009851601), abs=1e-9)


@pytest.mark.parametrize(("answered", "expected"), [(0, (0.0, 0.2775)), (5, (0.7225, 1.0))])
def test_nobody_and_everybody_count_contacts(answered: int, expected: tuple[float, float]) -> None:
    low, high = cluster_wilson(*by_contact([answered] * 10, [5] * 10))[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == expected


def test_one_contact_alone_says_almost_nothing() -> None:
    low, high = cluster_wilson(*by_contact([400, *[0] * 9], [1000, *[1] * 9]))[0] or (0, 0)
    assert low < 0.2
    assert high > 0.6


def test_the_first_answer_does_not_open_the_interval_to_everything() -> None:
    # one of 100 gestures to ten people answered: resamples without it made bootstrap-t go from 0 to 1
    share, sums, gestures = by_contact([1, *[0] * 9], [10] * 10)
    assert bootstrap_t(share, sums, gestures, cluster_variance(sums, 100)) == [(0.0, 1.0)]
    low, high = cluster_wilson(share, sums, gestures)[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.0014, 0.0667)


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
    return Kind(name, times, answered.astype(np.int64), people, np.full(len(people), 20 * DAY))


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
