"""Intervals against Newcombe's published ones, and the cluster-robust method against the bootstrap."""

import numpy as np
import pytest

from pipeline.statistics.bootstrap import bootstrap_t, resample_weights
from pipeline.statistics.intervals import (
    cluster_variance,
    cluster_wilson,
    design_effect,
    effective_clusters,
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
    assert [round(float(end), digits) for end in wilson(answered, total)] == [low, high]


def sample(clusters: int, seed: int) -> tuple[float, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    sizes = 1 + rng.poisson(8, clusters)
    events = rng.binomial(sizes, rng.beta(2, 2, clusters))
    share = events.sum() / sizes.sum()
    return share, (events - share * sizes).astype(float), sizes.astype(float)


def test_bootstrap_and_cluster_wilson_agree_with_many_clusters() -> None:
    share, sums, sizes = sample(400, 1)
    variance = cluster_variance(sums[None], sizes.sum())
    robust = cluster_wilson(np.array([share]), sums[None], sizes)[0]
    drawn = bootstrap_t(np.array([share]), sums[None], sizes, variance)[0]
    assert robust is not None
    assert drawn is not None
    assert drawn == pytest.approx(robust, abs=0.005)
    effect = design_effect(share, float(variance[0]), int(sizes.sum()))
    assert effect is not None
    assert effect > 1.5


def test_fewer_than_ten_clusters_have_no_interval() -> None:
    share, sums, sizes = sample(9, 2)
    variance = cluster_variance(sums[None], sizes.sum())
    assert cluster_wilson(np.array([share]), sums[None], sizes) == [None]
    assert bootstrap_t(np.array([share]), sums[None], sizes, variance) == [None]


def clusters(events: list[int], sizes: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the arguments of `cluster_wilson` for one lag before which nothing is censored."""
    got, of = np.array(events, dtype=float), np.array(sizes, dtype=float)
    share = got.sum() / of.sum()
    return np.array([share]), (got - share * of)[None], of


def test_equally_large_clusters_need_no_leverage_correction() -> None:
    _, sums, sizes = clusters([0, 1, 2, 3, 4, 4, 2, 1, 0, 3, 2, 2], [4] * 12)
    assert leverage_variance(sums, sizes) == pytest.approx(cluster_variance(sums, 48), rel=1e-12)
    assert effective_clusters(sizes) == pytest.approx(12)


def test_a_cluster_with_half_of_the_units_widens_the_interval() -> None:
    # 10 of 20 in one cluster, 1 of 2 in each of ten others but the last two (0 and 2)
    share, sums, sizes = clusters([10, *[1] * 8, 0, 2], [20, *[2] * 10])
    assert effective_clusters(sizes) == pytest.approx(40**2 / (20**2 + 10 * 2**2))
    # residuals of 1 and -1 among 40 units, each divided by 38/40, the part of the other clusters
    assert leverage_variance(sums, sizes) == pytest.approx([2 * 40 / 38 / 40**2])
    low, high = cluster_wilson(share, sums, sizes)[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.3787, 0.6213)
    # the same residuals with clusters of equal size
    share, sums, sizes = clusters([2, *[2] * 8, 1, 3], [4] * 11)
    low, high = cluster_wilson(share, sums, sizes)[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.4257, 0.5743)


def test_clusters_of_one_unit_give_wilson_with_t() -> None:
    share, sums, sizes = clusters([1] * 6 + [0] * 26, [1] * 32)
    assert cluster_wilson(share, sums, sizes)[0] == pytest.approx(wilson(6 * 31 / 32, 31, 2.0395134464), abs=1e-9)


def test_clusters_with_equal_shares_count_as_independent_units() -> None:
    # one of two in each of twelve clusters: no variance between clusters, but 12 of 24 still has an interval
    share, sums, sizes = clusters([1] * 12, [2] * 12)
    assert cluster_wilson(share, sums, sizes)[0] == pytest.approx(wilson(12, 24, 2.2009851601), abs=1e-9)


@pytest.mark.parametrize(("answered", "expected"), [(0, (0.0, 0.2775)), (5, (0.7225, 1.0))])
def test_shares_of_0_and_1_count_clusters(answered: int, expected: tuple[float, float]) -> None:
    low, high = cluster_wilson(*clusters([answered] * 10, [5] * 10))[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == expected


def test_one_dominant_cluster_gives_a_wide_interval() -> None:
    low, high = cluster_wilson(*clusters([400, *[0] * 9], [1000, *[1] * 9]))[0] or (0, 0)
    assert low < 0.2
    assert high > 0.6


def test_a_single_success_is_where_wilson_beats_bootstrap_t() -> None:
    # one of 100 units in ten clusters: resamples without it make bootstrap-t go from 0 to 1
    share, sums, sizes = clusters([1, *[0] * 9], [10] * 10)
    assert bootstrap_t(share, sums, sizes, cluster_variance(sums, 100)) == [(0.0, 1.0)]
    low, high = cluster_wilson(share, sums, sizes)[0] or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.0014, 0.0667)


def test_resamples_are_reproducible_and_draw_as_many_clusters_as_there_are() -> None:
    first = np.concatenate(list(resample_weights(30)))
    assert first.shape == (2000, 30)
    assert (first.sum(axis=1) == 30).all()
    assert (first == np.concatenate(list(resample_weights(30)))).all()
