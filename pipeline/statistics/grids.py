"""Grids of points at which curves are read."""

from collections.abc import Sequence

import numpy as np

from pipeline.statistics.arrays import Ints


def log_spaced_grid(marks: Sequence[int], points: int, unit: int = 1) -> Ints:
    """Spread points evenly in logarithm between marks, which are points themselves.

    Args:
        marks: rising, at least two.
        points: of the whole grid, at least as many as marks.
        unit: every point is a multiple of it.

    Returns:
        The points, rising from the first mark to the last.

    Examples:
        >>> log_spaced_grid([1, 100, 10_000], 5).tolist()
        [1, 10, 100, 1000, 10000]
    """
    widths = np.diff(np.log(np.array(marks, dtype=np.float64)))
    spare = points - len(marks)
    shares = widths / widths.sum() * spare
    inner = np.floor(shares).astype(np.int64)
    # the largest remainders get the points that rounding down left over
    for k in np.argsort(inner - shares, kind="stable")[: spare - int(inner.sum())]:
        inner[k] += 1
    grid: list[int] = []
    for left, right, count in zip(marks[:-1], marks[1:], inner.tolist(), strict=True):
        steps = np.exp(np.linspace(np.log(left), np.log(right), count + 2))[:-1]
        grid += [left, *(round(step / unit) * unit for step in steps[1:].tolist())]
    return np.array([*grid, marks[-1]], dtype=np.int64)
