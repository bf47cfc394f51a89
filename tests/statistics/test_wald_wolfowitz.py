"""Runs test: worked sequences, and its limits."""

import math
from itertools import pairwise

import numpy as np
import pytest

from pipeline.statistics.wald_wolfowitz import runs_test


@pytest.mark.parametrize(
    ("sequence", "index", "z"),
    [("010101", 1.0, 1.8257), ("000111", 0.2, -1.8257), ("0001000", 1.0, 0.6325), ("01", 1.0, None)],
)
def test_sequences(sequence: str, index: float, z: float | None) -> None:
    ones, changes = sequence.count("1"), sum(a != b for a, b in pairwise(sequence))
    found = runs_test(np.array([len(sequence) - ones]), np.array([ones]), np.array([changes]))
    assert found.regularity.tolist() == [pytest.approx(index)]
    if z is not None:
        assert found.z.tolist() == [pytest.approx(z, abs=1e-4)]


def test_sequences_with_too_few_elements_of_a_kind_are_not_judged() -> None:
    found = runs_test(np.array([2, 3, 0]), np.array([9, 3, 0]), np.array([4, 5, 0]), least=3)
    assert [math.isnan(value) for value in found.regularity.tolist()] == [True, False, True]
    assert [math.isnan(value) for value in found.z.tolist()] == [True, False, True]
