"""Evenness, Simpson, Gini, and distance to a target mix."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.statistics.concentration import distance, distance_interval, evenness, gini, simpson


@pytest.mark.parametrize(
    "counts, expected",
    [([1, 1, 1], 1.0), ([5, 0, 0], 0.0), ([1, 1, 0], math.log(2) / math.log(3)), ([0, 0, 0], None), ([4], None)],
)
def test_evenness_counts_empty_categories(counts: list[int], expected: float | None) -> None:
    assert evenness(counts) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("counts, expected", [([2, 2], 2 / 3), ([4, 0], 0.0), ([1, 0], None), ([1, 1, 1], 1.0)])
def test_simpson_is_the_chance_of_two_categories(counts: list[int], expected: float | None) -> None:
    assert simpson(counts) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    "amounts, small, expected",
    [
        ([1, 1, 1, 1], False, 0.0), ([0, 0, 0, 8], False, 0.75), ([0, 0, 0, 8], True, 1.0), ([1, 3], False, 0.25),
        ([], False, None), ([0], False, None), ([7], True, 0.0),
    ],
)  # fmt: skip
def test_gini(amounts: list[int], small: bool, expected: float | None) -> None:
    assert gini(amounts, small=small) == (None if expected is None else pytest.approx(expected))


def test_distance_is_what_would_have_to_move() -> None:
    assert distance([0.5, 0.5, 0.0], [0.3, 0.3, 0.4]) == pytest.approx(0.4)
    assert distance([1, 0], [0, 1]) == 1.0


def test_distance_interval_needs_ten_units_and_is_seeded() -> None:
    assert distance_interval([0] * 9, [1] * 9, [0.5, 0.5]) is None
    tiers, amounts = [0, 1] * 20, [3, 1] * 20
    first = distance_interval(tiers, amounts, [0.5, 0.5], seed=4)
    assert first is not None
    assert first == distance_interval(tiers[::-1], amounts[::-1], [0.5, 0.5], seed=4)
    low, high = first
    assert 0 <= low < 0.25 < high <= 0.5  # observed: 0.75 against 0.5


NUMBERS = st.lists(st.integers(0, 50), min_size=1, max_size=20)


@given(amounts=NUMBERS)
def test_gini_is_bounded_and_independent_of_order_and_scale(amounts: list[int]) -> None:
    value = gini(amounts)
    if value is None:
        assert sum(amounts) == 0
        return
    assert -1e-12 <= value < 1
    assert gini(amounts[::-1]) == pytest.approx(value)
    assert gini([7 * x for x in amounts]) == pytest.approx(value, abs=1e-12)


@given(counts=st.lists(st.integers(0, 50), min_size=2, max_size=5))
def test_evenness_is_bounded_and_independent_of_order(counts: list[int]) -> None:
    value = evenness(counts)
    if value is None:
        assert sum(counts) == 0
        return
    assert 0 <= value <= 1 + 1e-12
    assert evenness(counts[::-1]) == pytest.approx(value)
