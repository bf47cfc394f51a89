"""Comparison of two kinds of gestures: minimum sizes, planted differences, Holm over the tested pairs."""

import numpy as np
import pytest

from pipeline.measures.reciprocation.comparisons import Kind, compare, compare_all
from pipeline.model.durations import DAY


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


def test_samples_too_small_to_test_have_counts_only() -> None:
    found = compare(kind("a", 9, 20, 0.5, 1), kind("b", 9, 20, 0.5, 2))
    assert (found.tested, found.note, found.p_value) == (False, "fewer_than_10_shared_contacts", None)
    found = compare(kind("a", 40, 1, 0.1, 1), kind("b", 40, 10, 0.5, 2))
    assert (found.tested, found.note, found.difference) == (False, "fewer_than_30_answered", None)


def test_holm_adjusts_over_the_tested_pairs() -> None:
    small = (kind("a", 9, 20, 0.5, 1), kind("b", 9, 20, 0.5, 2))
    same = (kind("a", 40, 10, 0.5, 3), kind("b", 40, 10, 0.5, 4))
    apart = (kind("a", 40, 10, 0.3, 5), kind("b", 40, 10, 0.6, 6))
    none, null, real = compare_all([small, same, apart])
    assert none.p_holm is None
    assert null.p_holm == null.p_value
    assert real.p_holm == pytest.approx(2 * (real.p_value or 0))
