"""Survival estimators for gestures (METHODS 2.2): Aalen-Johansen, Kaplan-Meier, and what each gesture contributes.

Times are integer microseconds (any unit works), kinds: 1 answered, 2 superseded, 0 censored. At risk at t: times >= t;
at equal times events come before censorings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Z95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Curve:
    """Aalen-Johansen estimate at its distinct event times."""

    size: int
    times: Ints
    at_risk: Floats
    answered: Floats
    events: Floats
    """Answered and superseded."""
    survival: Floats
    """Neither answered nor superseded, just after each time."""
    share: Floats
    """Cumulative share answered before a follow-up."""

    def at(self, lags: Ints) -> Floats:
        """Return the answered share by each lag (included); 0 before the first event."""
        return _step(self.times, self.share, lags, 0.0)


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """Kaplan-Meier estimate at its distinct event times, with Greenwood's sum."""

    times: Ints
    at_risk: Floats
    events: Floats
    survival: Floats
    greenwood: Floats
    """Sum of d / (n (n - d)); infinite once nobody is left."""

    def at(self, lags: Ints) -> Floats:
        """Return the survival just after each lag; 1 before the first event."""
        return _step(self.times, self.survival, lags, 1.0)

    def standard_error(self) -> Floats:
        """Return Greenwood's standard error of the survival."""
        inner = np.where(np.isfinite(self.greenwood), self.greenwood, 0.0)
        return self.survival * np.sqrt(inner)

    def band(self) -> tuple[Floats, Floats]:
        """Return the 95 % log-log band of the survival; NaN where survival is 0 or 1 (degenerate)."""
        inside = (self.survival > 0) & (self.survival < 1)
        safe = np.where(inside, self.survival, 0.5)
        spread = Z95 * np.sqrt(np.where(inside, self.greenwood, 0.0)) / np.abs(np.log(safe))
        low = np.where(inside, safe ** np.exp(spread), np.nan)
        high = np.where(inside, safe ** np.exp(-spread), np.nan)
        return low, high

    def band_at(self, lags: Ints) -> tuple[Floats, Floats]:
        """Return the log-log band just after each lag."""
        low, high = self.band()
        return _step(self.times, low, lags, np.nan), _step(self.times, high, lags, np.nan)

    def quantile(self, share: float) -> tuple[float | None, float | None, float | None]:
        """Do what `quantiles` does for one share."""
        return self.quantiles((share,))[0]

    def quantiles(self, shares: Sequence[float]) -> list[tuple[float | None, float | None, float | None]]:
        """Return (time, low, high) by which each share has answered; None: not reached, open-ended.

        The smallest event time with survival <= 1 - share (the left end where the curve lies on it exactly); the
        interval inverts the log-log band the same way.
        """
        low, high = self.band()
        # survival 0 has no band: from there on both ends are reached
        low, high = (np.where(self.survival <= 0, end, band) for end, band in ((0.0, low), (np.nan, high)))
        columns = (self.survival, low, high)
        return [
            tuple(_first(self.times, values, 1 - share + 1e-12) for values in columns)  # type: ignore[misc]  # three columns, three values
            for share in shares
        ]


def _first(times: Ints, values: Floats, level: float) -> float | None:
    reached = np.flatnonzero(values <= level)
    return float(times[reached[0]]) if len(reached) else None


def _step(times: Ints, values: Floats, lags: Ints, before: float) -> Floats:
    place = np.searchsorted(times, lags, side="right")
    return np.concatenate([[before], values])[place]


def aalen_johansen(times: Ints, kinds: Ints, until: int | None = None) -> Curve:
    """Estimate the share answered before a follow-up; `times` must rise.

    Args:
        times: of all gestures.
        kinds: theirs.
        until: the longest lag that is asked for, which spares the rest of the curve; None: all of it.
    """
    size = len(times)
    end = size if until is None else int(np.searchsorted(times, until, side="right"))
    times, kinds = times[:end], kinds[:end]
    at = _Times.of(times)
    answered, events = at.counts(kinds == 1), at.counts(kinds > 0)
    some = events > 0
    at_risk = (size - at.begin[some]).astype(np.float64)
    answered, events = answered[some], events[some]
    survival = np.cumprod(1 - events / at_risk).astype(np.float64)
    before = np.concatenate([[1.0], survival])[: len(survival)]
    share = np.cumsum(before * answered / at_risk)
    return Curve(size, times[at.begin[some]], at_risk, answered, events, survival, share)


def kaplan_meier(times: Ints, events: NDArray[np.bool_]) -> KaplanMeier:
    """Estimate the survival; `times` must rise, everything that is no event is censored."""
    at = _Times.of(times)
    count = at.counts(events)
    some = count > 0
    count, at_risk = count[some], (len(times) - at.begin[some]).astype(np.float64)
    left = at_risk - count
    with np.errstate(divide="ignore"):
        terms = np.where(left > 0, count / (at_risk * np.where(left > 0, left, 1)), np.inf)
    survival = np.cumprod(left / at_risk).astype(np.float64)
    return KaplanMeier(times[at.begin[some]], at_risk, count, survival, np.cumsum(terms))


@dataclass(frozen=True, slots=True)
class _Times:
    """Rising times cut where they change."""

    begin: Ints
    """First row of each distinct time: all rows from it on are at risk then."""

    @classmethod
    def of(cls, rising: Ints) -> "_Times":
        opens = np.ones(len(rising), dtype=np.bool_)
        np.not_equal(rising[1:], rising[:-1], out=opens[1:])
        return cls(np.flatnonzero(opens))

    def counts(self, marked: NDArray[np.bool_]) -> Floats:
        """Count the marked rows of each distinct time."""
        if not len(self.begin):
            return np.zeros(0)
        until: Ints = np.cumsum(marked, dtype=np.int64)[np.append(self.begin[1:], len(marked)) - 1]
        counts: Floats = np.diff(until, prepend=0).astype(np.float64)
        return counts


def _sums(values: Floats, begin: Ints) -> Floats:
    return np.add.reduceat(values, begin) if len(begin) else np.zeros(0)


@dataclass(frozen=True, slots=True)
class Influence:
    """What each gesture does to the share: d F(lag) / d weight, times the number of gestures.

    The first-order effect of weighing a gesture more; it sums to zero over the gestures, and equals `answered by
    lag - F` where nothing is censored or superseded before lag. A gesture whose time is within the lag adds
    `own + F(lag) slope`, any other one `waiting(lag)`, so sums by contact need one pass however many lags there are.
    """

    shares: Floats
    """F by lag."""
    own: Floats
    slope: Floats
    """Of the gestures within the longest lag; `waiting` tells of the others."""
    waiting: Floats
    """By lag."""
    beyond: Ints
    """By lag: how many gestures have a time within it."""

    def by_contact(self, contacts: Ints, count: int) -> Floats:
        """Return the sums over each contact's gestures: array (lags, contacts); `contacts` run as the times do."""
        sums = np.empty((len(self.shares), count))
        owned, sloped, spare = np.zeros(count), np.zeros(count), np.empty(count)
        left = np.bincount(contacts, minlength=count).astype(np.float64)
        begin = 0
        # gestures come by time: each lag adds a stretch of them to what the lags before it had
        for row, share, waiting, end in zip(sums, self.shares, self.waiting, self.beyond.tolist(), strict=True):
            here = contacts[begin:end]
            np.add.at(owned, here, self.own[begin:end])
            np.add.at(sloped, here, self.slope[begin:end])
            np.subtract.at(left, here, 1.0)
            np.multiply(sloped, share, out=row)
            np.add(row, owned, out=row)
            np.add(row, np.multiply(left, waiting, out=spare), out=row)
            begin = end
        return sums


def influence(curve: Curve, times: Ints, kinds: Ints, lags: Ints) -> Influence:
    """Differentiate the Aalen-Johansen share at rising lags by the weight of each gesture; `times` must rise.

    Of the curve only the part up to the longest lag is looked at.
    """
    shares = curve.at(lags)
    beyond = np.searchsorted(times, lags, side="right")
    within = int(beyond[-1]) if len(lags) else 0
    times, kinds = times[:within], kinds[:within]
    if not len(curve.times):
        return Influence(shares, np.zeros(within), np.zeros(within), np.zeros(len(lags)), beyond)
    before = np.concatenate([[1.0], curve.survival])[: len(curve.times)]
    left = curve.at_risk - curve.events
    # where nobody is left the curve can't move any more: F(lag) - F(t) is 0 from there on
    inverse = np.where(left > 0, 1 / np.where(left > 0, left, 1), 0.0)
    hazard = curve.events / curve.at_risk

    def summed(values: Floats) -> Floats:
        return np.concatenate([[0.0], np.cumsum(values)])

    exposure, exposure_share = summed(inverse * hazard), summed(inverse * hazard * curve.share)
    risk = summed(before * curve.answered / curve.at_risk**2)
    first = np.searchsorted(times, curve.times, side="left")
    seen = np.repeat(np.arange(len(first) + 1), np.diff(first, prepend=0, append=len(times)))
    at = np.maximum(seen - 1, 0)
    event = kinds > 0
    own = np.where(kinds == 1, before[at] / curve.at_risk[at], 0.0) - risk[seen] - exposure_share[seen]
    own += np.where(event, curve.share[at] * inverse[at], 0.0)
    slope = exposure[seen] - np.where(event, inverse[at], 0.0)
    last = np.searchsorted(curve.times, lags, side="right")
    waiting = shares * exposure[last] - risk[last] - exposure_share[last]
    return Influence(shares, own * curve.size, slope * curve.size, waiting * curve.size, beyond)


def grouped_kaplan_meier(groups: Ints, times: Ints, events: NDArray[np.bool_]) -> tuple[Ints, Ints, Floats]:
    """Estimate one Kaplan-Meier curve a group in one pass.

    Args:
        groups: number of each row's group, any order.
        times: time of each row.
        events: whether it is an event.

    Returns:
        (group, time, survival just after it) for each distinct event time of each group, sorted.
    """
    order = np.lexsort((~events, times, groups))
    g, t, e = groups[order], times[order], events[order]
    size = len(g)
    opens = np.ones(size, dtype=np.bool_)
    opens[1:] = g[1:] != g[:-1]
    start = np.flatnonzero(opens)
    end = np.append(start[1:], size)
    at_risk = np.repeat(end, end - start) - np.arange(size)
    opens_time = opens.copy()
    opens_time[1:] |= t[1:] != t[:-1]
    first = np.flatnonzero(opens_time)
    deaths = _sums(e.astype(np.float64), first)
    risk = at_risk[first].astype(np.float64)
    keep = deaths > 0
    first, deaths, risk = first[keep], deaths[keep], risk[keep]
    group, time = g[first], t[first]
    over = deaths >= risk
    logs = np.log1p(np.where(over, 0.0, -deaths / risk))
    total = np.cumsum(logs)
    head = np.searchsorted(group, group, side="left")
    survival = np.exp(total - np.where(head > 0, total[head - 1], 0.0))
    return group, time, np.where(over, 0.0, survival)
