"""The Theil-Sen slope of a series of levels on its positions."""

import numpy as np

from pipeline.statistics.arrays import Floats, Ints


def theil_sen(levels: Ints) -> float:
    """Compute the median of the slopes between all pairs of a series.

    Few levels give few distinct slopes: (b - a) / d for levels a and b at a distance d. They are counted by one
    correlation for each two levels, so that a series of any length takes little memory.

    Args:
        levels: whole numbers, at least two of them, few of them distinct.

    Returns:
        The slope for each step of the series; the mean of the two middle ones of an even number of pairs.

    Source: methods:gradual-disclosure (Theil 1950; Sen 1968).

    Examples:
        >>> theil_sen(np.array([0, 0, 1, 1, 2]))
        0.5
    """
    number = len(levels)
    distances = np.arange(1, number)
    # padded to twice the length, so that the circular correlation doesn't wrap round
    spectra = {int(level): np.fft.rfft(levels == level, 2 * number) for level in np.unique(levels)}
    slopes: list[Floats] = []
    counts: list[Ints] = []
    for before, of_before in spectra.items():
        for after, of_after in spectra.items():
            pairs = np.fft.irfft(of_before.conj() * of_after, 2 * number)[1:number]
            slopes.append((after - before) / distances)
            counts.append(np.rint(pairs).astype(np.int64))
    every, times = np.concatenate(slopes), np.concatenate(counts)
    order = np.argsort(every, kind="stable")
    until = np.cumsum(times[order])
    middle = np.searchsorted(until, [(until[-1] - 1) // 2, until[-1] // 2], side="right")
    return float(every[order][middle].mean())
