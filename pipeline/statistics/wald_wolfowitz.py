"""Wald-Wolfowitz runs test: how strictly two kinds alternate in a sequence."""

from typing import NamedTuple

import numpy as np

from pipeline.statistics.arrays import Floats, Ints


class Alternation(NamedTuple):
    """How strictly each of several sequences alternates; NaN where it was not computed."""

    regularity: Floats
    """Changes of kind as a share of the most that are possible: 0 = two blocks at most, 1 = strict alternation."""
    z: Floats
    """Standardised number of runs; positive = more alternation than in a random order."""


def runs_test(first: Ints, second: Ints, changes: Ints, least: int = 1) -> Alternation:
    """Compare the number of runs with that of a random order, for each of several sequences.

    With R = changes + 1 runs over n = n1 + n2 elements: `E = 1 + 2 n1 n2 / n`, `Var = (E-1)(E-2)/(n-1)`,
    `z = (R - E) / sqrt(Var)`. The index divides the changes by the most possible: `2 min(n1, n2)`, or n - 1 if n1 = n2.

    Args:
        first: elements of the first kind, by sequence.
        second: elements of the second kind, by sequence.
        changes: how often the kind changes from one element to the next, by sequence.
        least: elements that each kind must have.

    Returns:
        NaN for sequences in which either kind has fewer than `least` elements.

    Source: methods:alternation (Wald & Wolfowitz 1940).

    Examples:
        >>> found = runs_test(np.array([3]), np.array([3]), np.array([5]))
        >>> found.regularity.tolist(), found.z.round(3).tolist()
        ([1.0], [1.826])
    """
    size = first + second
    enough = np.minimum(first, second) >= max(1, least)
    most = np.where(first == second, size - 1, 2 * np.minimum(first, second))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = 1 + 2 * first * second / size
        variance = (expected - 1) * (expected - 2) / (size - 1)
        index = np.where(enough, changes / most, np.nan)
        z = np.where(enough, (changes + 1 - expected) / np.sqrt(variance), np.nan)
    return Alternation(index, z)
