"""Rank correlation and Theil-Sen slope against scipy, and an exact permutation distribution."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr, theilslopes

from pipeline.statistics.rank_correlation import rank_correlation
from pipeline.statistics.theil_sen import theil_sen

levels = st.integers(0, 3)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(levels, levels), min_size=3, max_size=60))
def test_the_correlation_is_that_of_scipy(rows: list[tuple[int, int]]) -> None:
    first, second = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    assume(len(set(first.tolist())) > 1)
    assume(len(set(second.tolist())) > 1)
    found = rank_correlation(first, second)
    assert found is not None
    assert found.rho == pytest.approx(spearmanr(first, second).statistic, abs=1e-12)
    assert 0.001 <= found.p_value <= 1


def test_a_side_that_never_changes_has_no_correlation() -> None:
    assert rank_correlation(np.array([1, 1, 1]), np.array([0, 1, 2])) is None
    assert rank_correlation(np.array([0, 1, 2]), np.array([1, 1, 1])) is None


def test_the_p_value_is_near_the_share_of_all_permutations_and_one_sided() -> None:
    first, second = np.array([0, 1, 0, 2, 3, 1, 2]), np.array([0, 0, 1, 2, 2, 1, 3])
    found = rank_correlation(first, second, shuffles=20_000)
    assert found is not None
    every = [spearmanr(first, order).statistic for order in list(permutations(second.tolist()))[::7]]
    exact = np.mean(np.array(every) >= found.rho - 1e-9)
    assert found.p_value == pytest.approx(exact, abs=0.02)
    opposite = rank_correlation(first, -second)
    assert opposite is not None
    assert (opposite.rho, opposite.p_value > 0.9) == (-found.rho, True)


def test_equal_data_have_equal_p_values_and_the_least_is_one_in_a_thousand() -> None:
    rising = np.repeat(np.arange(4), 5)
    assert rank_correlation(rising, rising) == (1.0, 0.001)
    assert rank_correlation(rising, rising[::-1]) == (-1.0, 1.0)


def test_long_series_are_shuffled_in_blocks_without_a_change() -> None:
    generator = np.random.default_rng(1)
    first, second = generator.integers(0, 4, (2, 3000))
    found = rank_correlation(first, second)
    assert found is not None
    assert found == rank_correlation(first, second)
    assert found.p_value == pytest.approx(spearmanr(first, second, alternative="greater").pvalue, abs=0.05)


@settings(max_examples=150, deadline=None)
@given(st.lists(levels, min_size=2, max_size=80))
def test_the_slope_is_that_of_scipy(values: list[int]) -> None:
    numbers = np.arange(1, len(values) + 1)
    assert theil_sen(np.array(values)) == pytest.approx(theilslopes(values, numbers).slope, abs=1e-12)


def test_the_slope_of_a_long_series() -> None:
    values = np.repeat(np.arange(4), 5_000)
    assert theil_sen(values) == pytest.approx(theilslopes(values[::10], np.arange(2_000)).slope / 10, rel=0.01)
