"""Two kinds of gestures compared, honestly (METHODS 8).

Entry points: compare(first, second) for one pair of cells, compare_all(pairs) for a set fixed before looking, with Holm.
The difference of the answered shares has a bootstrap interval by contact; the stratified log-rank looks only at contacts
who got both kinds, so that what is fixed about a person cancels. Neither says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from pipeline.matching.encode import places_by
from pipeline.matching.parameters import DAY
from pipeline.measures.reciprocation.shares import WINDOW_US, why_hidden
from pipeline.statistics.bootstrap import BUNDLES, resample_weights
from pipeline.statistics.concurrency import each
from pipeline.statistics.survival import Floats, Ints, aalen_johansen, influence

MINIMUM_ANSWERED: Final = 30
"""Answered gestures of each kind."""
MINIMUM_SHARED: Final = 10
"""Contacts who got both kinds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Gestures of one kind. `contacts` hold the same numbers (small, from 0) in both kinds; times in microseconds, any order."""

    name: str
    times: Ints
    kinds: Ints
    contacts: Ints
    follow_up: Ints
    """Until the end of coverage."""

    def __getitem__(self, chosen: NDArray[np.bool_] | Ints) -> "Kind":
        parts = (self.times, self.kinds, self.contacts, self.follow_up)
        return Kind(self.name, *(part[chosen] for part in parts))

    def by_time(self) -> "Kind":
        """Return the same gestures by rising time."""
        if (self.times[1:] >= self.times[:-1]).all():
            return self
        return self[np.argsort(self.times, kind="stable")]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares answered by the horizon, first minus second, and the test.

    All but the counts is None when too small to test; the shares also where `reciprocation` wouldn't show them.
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


def compare(first: Kind, second: Kind, horizon_us: int = 7 * DAY, window_us: int = WINDOW_US) -> Comparison:
    """Compare two kinds; only counts below 30 answered of each kind or 10 contacts with both.

    Shares that `reciprocation` hides (rulings 7 and 8) are hidden here too, with its word as note; the test, which rests on
    all lags, stands.
    """
    a, b = first.by_time(), second.by_time()
    answered = tuple(int(((k.kinds == 1) & (k.times <= horizon_us)).sum()) for k in (a, b))
    present = _present(a, b)
    both = present[0] & present[1]
    shared = int(both.sum())
    small = [
        note
        for note, too_few in (
            ("fewer_than_30_answered", min(answered) < MINIMUM_ANSWERED),
            ("fewer_than_10_shared_contacts", shared < MINIMUM_SHARED),
        )
        if too_few
    ]
    counts = Comparison(
        a.name, b.name, (len(a.times), len(b.times)), (answered[0], answered[1]), shared, not small,
        "; ".join(small) or None,
    )  # fmt: skip
    if small:
        return counts
    hidden = [why for why in (_why_hidden(kind, horizon_us, window_us) for kind in (a, b)) if why]
    # contacts with gestures of one kind only add nothing to the test
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
    return why_hidden(horizon_us, at_risk, int(of.follow_up.max(initial=0)), window_us)


def compare_all(
    pairs: Sequence[tuple[Kind, Kind]], horizon_us: int = 7 * DAY, window_us: int = WINDOW_US
) -> list[Comparison]:
    """Compare each pair and adjust the p values over all that were tested (Holm)."""
    found = each(lambda pair: compare(pair[0], pair[1], horizon_us, window_us), pairs)
    tested = [k for k, comparison in enumerate(found) if comparison.p_value is not None]
    adjusted = holm([found[k].p_value or 0.0 for k in tested])
    for k, p_value in zip(tested, adjusted, strict=True):
        found[k] = replace(found[k], p_holm=p_value)
    return found


def _present(*kinds: Kind) -> NDArray[np.bool_]:
    """Tell, by kind, which contacts got gestures of it."""
    people = 1 + max(int(kind.contacts.max(initial=-1)) for kind in kinds)
    return np.stack([np.bincount(kind.contacts, minlength=people) > 0 for kind in kinds])


def _difference(a: Kind, b: Kind, horizon_us: int) -> tuple[tuple[float, float], float, float]:
    """Bootstrap the difference over the contacts of either kind (percentiles of 2000 resamples)."""
    lags = np.array([horizon_us], dtype=np.int64)
    either = _present(a, b).any(axis=0)
    units = min(int(either.sum()), BUNDLES)  # as `bootstrap` does with very many contacts
    unit_of = (np.cumsum(either) - 1) % units
    shares: list[float] = []
    columns: list[Floats] = []
    for kind in (a, b):
        curve = aalen_johansen(kind.times, kind.kinds, horizon_us)
        place = unit_of[kind.contacts]
        shares.append(float(curve.at(lags)[0]))
        columns.append(influence(curve, kind.times, kind.kinds, lags).by_contact(place, units)[0])
        columns.append(np.bincount(place, minlength=units).astype(np.float64))
    table = np.stack(columns, axis=1)
    sums = np.concatenate([weights @ table for weights in resample_weights(units)])
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = sums[:, 0] / sums[:, 1] - sums[:, 2] / sums[:, 3]
    moved = moved[np.isfinite(moved)]
    difference = shares[0] - shares[1]
    low, high = np.quantile(moved, [0.025, 0.975])
    return (shares[0], shares[1]), max(-1.0, difference + float(low)), min(1.0, difference + float(high))


def stratified_log_rank(
    times: Ints, events: NDArray[np.bool_], first: NDArray[np.bool_], strata: Ints
) -> tuple[float, float]:
    """Return chi-square (one degree) and p of the log-rank test, observed minus expected summed over strata.

    Strata with one kind only add nothing. Follow-ups and the end of coverage are censorings.
    """
    order = places_by(strata, times)
    t, e, f, s = times[order], events[order], first[order].astype(np.float64), strata[order]
    size = len(t)
    if not size:
        return 0.0, 1.0
    opens = np.ones(size, dtype=np.bool_)
    opens[1:] = s[1:] != s[:-1]
    start = np.flatnonzero(opens)
    stratum = np.cumsum(opens) - 1
    ends = np.append(start[1:], size)
    new_time = opens.copy()
    new_time[1:] |= t[1:] != t[:-1]
    at = np.flatnonzero(new_time)
    # at risk: all later rows of the stratum, these included
    n = (ends[stratum[at]] - at).astype(np.float64)
    ahead = np.concatenate([np.cumsum(f[::-1])[::-1], [0.0]])
    n_first = ahead[at] - ahead[ends[stratum[at]]]
    d = np.add.reduceat(e.astype(np.float64), at)
    d_first = np.add.reduceat(e * f, at)
    expected = d * n_first / n
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(n > 1, d * (n_first / n) * (1 - n_first / n) * (n - d) / (n - 1), 0.0)
    variance = float(spread.sum())
    if variance <= 0:
        return 0.0, 1.0
    statistic = float((d_first - expected).sum()) ** 2 / variance
    return statistic, float(chdtrc(1, statistic))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p values for testing a whole set (Holm's step-down); returned in the order given."""
    count = len(p_values)
    adjusted = [0.0] * count
    running = 0.0
    for rank, k in enumerate(sorted(range(count), key=lambda k: p_values[k])):
        running = max(running, min(1.0, (count - rank) * p_values[k]))
        adjusted[k] = running
    return adjusted
