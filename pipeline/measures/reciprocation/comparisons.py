"""Comparison of the answers to two kinds of gestures: `compare` for one pair, `compare_all` for a set, with Holm.

The difference of the answered shares has a bootstrap interval by contact. The log-rank test is stratified by contact, so
that only contacts with both kinds count and fixed traits of a person cancel. Neither shows a cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.measures.reciprocation.shares import hidden_reason
from pipeline.model.durations import DAY
from pipeline.model.thresholds import LEAST_ANSWERED_COMPARED, LEAST_CONTACTS, WINDOW
from pipeline.statistics.aalen_johansen import aalen_johansen
from pipeline.statistics.arrays import Floats, Ints
from pipeline.statistics.bootstrap import BUNDLES, difference_interval
from pipeline.statistics.concurrency import map_concurrently
from pipeline.statistics.influence import influence
from pipeline.statistics.log_rank import holm, stratified_log_rank


@dataclass(frozen=True, slots=True)
class Kind:
    """Gestures of one kind; arrays have one entry for each gesture, durations are microseconds, any order."""

    name: str
    times: Ints
    kinds: Ints
    """EVENT, COMPETING or CENSORED."""
    contacts: Ints
    """Number of the contact, the same in all kinds that are compared."""
    follow_up: Ints
    """Until the end of coverage."""

    def __getitem__(self, chosen: NDArray[np.bool_] | Ints) -> "Kind":
        parts = (self.times, self.kinds, self.contacts, self.follow_up)
        return Kind(self.name, *(part[chosen] for part in parts))

    def by_time(self) -> "Kind":
        """Return the gestures sorted by time."""
        if (self.times[1:] >= self.times[:-1]).all():
            return self
        return self[np.argsort(self.times, kind="stable")]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares answered by the horizon, their difference (first minus second), and the test.

    Fields with a default are None if the samples are too small to test; shares, difference and interval also where table
    `reciprocation` does not show the shares.
    """

    first: str
    second: str
    gestures: tuple[int, int]
    answered: tuple[int, int]
    shared_contacts: int
    tested: bool
    note: str | None
    shares: tuple[float, float] | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    chi_square: float | None = None
    p_value: float | None = None
    p_holm: float | None = None


def compare(first: Kind, second: Kind, horizon_us: int = 7 * DAY, window_us: int = WINDOW) -> Comparison:
    """Compare two kinds of gestures; with too few of them, count only.

    Args:
        first: gestures of one kind.
        second: gestures of the other kind.
        horizon_us: within which answers count for the shares, microseconds. The test uses all lags.
        window_us: the smallest window in which answers were looked for.

    Source: methods:comparisons.
    """
    a, b = first.by_time(), second.by_time()
    answered = tuple(int(((k.kinds == 1) & (k.times <= horizon_us)).sum()) for k in (a, b))
    present = _present(a, b)
    both = present[0] & present[1]
    shared = int(both.sum())
    small = [
        note
        for note, too_few in (
            ("fewer_than_30_answered", min(answered) < LEAST_ANSWERED_COMPARED),
            ("fewer_than_10_shared_contacts", shared < LEAST_CONTACTS),
        )
        if too_few
    ]
    counts = Comparison(
        first=a.name, second=b.name, gestures=(len(a.times), len(b.times)), answered=(answered[0], answered[1]), shared_contacts=shared, tested=not small,
        note="; ".join(small) or None,
    )  # fmt: skip
    if small:
        return counts
    hidden = [why for why in (_why_hidden(kind, horizon_us, window_us) for kind in (a, b)) if why]
    # contacts with one kind only add nothing to the test
    one, other = (kind[both[kind.contacts]] for kind in (a, b))
    statistic, p_value = stratified_log_rank(
        np.concatenate([one.times, other.times]),
        np.concatenate([one.kinds == 1, other.kinds == 1]),
        np.repeat([True, False], [len(one.times), len(other.times)]),
        np.concatenate([one.contacts, other.contacts]),
    )
    found = replace(counts, chi_square=statistic, p_value=p_value, note="; ".join(dict.fromkeys(hidden)) or None)
    if hidden:
        return found
    shares, low, high = _difference(a, b, horizon_us)
    return replace(found, shares=shares, difference=shares[0] - shares[1], low=low, high=high)


def _why_hidden(of: Kind, horizon_us: int, window_us: int) -> str | None:
    at_risk = len(of.times) - int(np.searchsorted(of.times, horizon_us, side="left"))
    return hidden_reason(horizon_us, at_risk, int(of.follow_up.max(initial=0)), window_us)


def compare_all(
    pairs: Sequence[tuple[Kind, Kind]], horizon_us: int = 7 * DAY, window_us: int = WINDOW
) -> list[Comparison]:
    """Compare pairs of kinds, and adjust the p values over those that were tested (Holm).

    Args:
        pairs: chosen before looking at the data.
        horizon_us: as in `compare`.
        window_us: as in `compare`.

    Source: methods:comparisons.
    """
    found = map_concurrently(lambda pair: compare(pair[0], pair[1], horizon_us, window_us), pairs)
    tested = [k for k, comparison in enumerate(found) if comparison.p_value is not None]
    adjusted = holm([found[k].p_value or 0.0 for k in tested])
    for k, p_value in zip(tested, adjusted, strict=True):
        found[k] = replace(found[k], p_holm=p_value)
    return found


def _present(*kinds: Kind) -> NDArray[np.bool_]:
    """Mark the contacts with gestures of each kind: array (kinds, contacts)."""
    people = 1 + max(int(kind.contacts.max(initial=-1)) for kind in kinds)
    return np.stack([np.bincount(kind.contacts, minlength=people) > 0 for kind in kinds])


def _difference(a: Kind, b: Kind, horizon_us: int) -> tuple[tuple[float, float], float, float]:
    """Compute both shares and the bootstrap interval of their difference, over the contacts with either kind."""
    lags = np.array([horizon_us], dtype=np.int64)
    either = _present(a, b).any(axis=0)
    units = min(int(either.sum()), BUNDLES)  # very many contacts are resampled in bundles
    unit_of = (np.cumsum(either) - 1) % units
    shares: list[float] = []
    sums: list[Floats] = []
    sizes: list[Floats] = []
    for kind in (a, b):
        curve = aalen_johansen(kind.times, kind.kinds, horizon_us)
        unit = unit_of[kind.contacts]
        shares.append(float(curve.at(lags)[0]))
        sums.append(influence(curve, kind.times, kind.kinds, lags).by_cluster(unit, units)[0])
        sizes.append(np.bincount(unit, minlength=units).astype(np.float64))
    first, second = shares
    low, high = difference_interval(first - second, np.stack(sums), np.stack(sizes))
    return (first, second), low, high
