"""Chance by simulation: rotate the responder's stream and match again, R = 999 times.

Entry point: `rotate(sample, horizons, ...)`. Three nulls: `uniform`, `circadian` (whole weeks, or whole days where the
span is below 8 weeks), `drift` (at most 4 weeks either way). Answers are adjacent answers inside a channel, threads taken
together, without explicit links. The kernel works on arrays, five times as fast as the matching rules; a test puts
rotated streams through `matching.match` and compares the shares.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.measures.chance.events import Channels
from pipeline.model.durations import DAY, WEEK
from pipeline.statistics.arrays import Ints

NULLS: Final = ("uniform", "circadian", "drift")
REPEATS: Final = 999
MOST_EVENTS: Final = 5000
CIRCADIAN_WEEKS: Final = 8
DRIFT: Final = 4 * WEEK
_CHUNK: Final = 500_000  # events held at a time
_TIME_BITS: Final = 50  # 35 years of microseconds; 13 bits are left for the channels of the sample
_NEVER: Final = np.int64(1 << 60)

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """The channels of a bounded sample of contacts, renumbered from 0."""

    span: Ints
    out_channel: Ints
    out_at: Ints
    out_counted: Bools
    in_channel: Ints
    in_at: Ints
    contacts: int
    whole: bool
    """All contacts are in it."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """At one horizon: the observed share on the sample, the mean of each null and its p value."""

    observed: float
    means: dict[str, float]
    p_values: dict[str, float]

    @property
    def largest(self) -> float:
        """The mean of the null that explains most: the one that is published."""
        return max(self.means.values())

    @property
    def p_value(self) -> float:
        """The largest p of the three nulls: never 0, at least 1/(R+1)."""
        return max(self.p_values.values())


def sample(of: Channels, seed: int, most_events: int = MOST_EVENTS) -> Sample:
    """Draw contacts in seeded order as long as their events fit.

    A contact that alone has more events than the bound is skipped.

    Args:
        of: channels of one analysis.
        seed: equal seeds draw equal samples.
        most_events: the bound; with no more events in all, every contact is drawn.
    """
    people = int(of.person.max()) + 1 if len(of.person) else 0
    size = np.bincount(of.person[of.out_channel], minlength=people) + np.bincount(
        of.person[of.in_channel], minlength=people
    )
    chosen = np.zeros(people, dtype=np.bool_)
    left = most_events
    order = np.random.default_rng(seed).permutation(people) if size.sum() > most_events else np.arange(people)
    for person in order.tolist():
        if size[person] <= left:
            chosen[person] = True
            left -= int(size[person])
    kept = chosen[of.person] if people else np.zeros(0, dtype=np.bool_)
    number = np.cumsum(kept) - 1
    out, into = kept[of.out_channel], kept[of.in_channel]
    return Sample(
        span=of.span[kept],
        out_channel=number[of.out_channel[out]],
        out_at=of.out_at[out],
        out_counted=of.out_counted[out],
        in_channel=number[of.in_channel[into]],
        in_at=of.in_at[into],
        contacts=int(chosen.sum()),
        whole=bool(chosen.all()),
    )


def draw_offsets(null: str, span: Ints, repeats: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw the offsets of a null, and the length of the circle on which each channel's stream is rotated.

    Args:
        null: one of NULLS.
        span: by channel, in µs.
        repeats: how often each channel is rotated.
        rng: source of the offsets.

    Returns:
        Offsets (repeats, channels) and lengths (channels), in µs.

    Source: methods:rotation-null.
    """
    shape = (repeats, len(span))
    if null == "uniform":
        return rng.integers(0, span, size=shape), span
    if null == "drift":
        reach = np.minimum(DRIFT, span)
        return rng.integers(-reach, reach + 1, size=shape), span
    unit = np.where(span >= CIRCADIAN_WEEKS * WEEK, WEEK, DAY)
    turns = np.maximum(span // unit, 1)
    return rng.integers(0, turns, size=shape) * unit, np.where(span >= unit, turns * unit, span)


@dataclass(frozen=True, slots=True)
class _Circle:
    """The in events of a sample on circles of a given length, sorted; a rotation is a look-up from a shifted time."""

    length: Ints
    keys: Ints
    begin: Ints
    count: Ints

    @classmethod
    def of(cls, events: Sample, length: Ints) -> "_Circle":
        """Fold the in events onto the circles."""
        at = events.in_at % length[events.in_channel]
        count = np.bincount(events.in_channel, minlength=len(length)).astype(np.int64)
        begin = np.concatenate([[0], np.cumsum(count)])[:-1]
        return cls(length, np.sort((events.in_channel << _TIME_BITS) | at), begin, count)

    def until_next(self, channel: Ints, at: Ints, offsets: Ints) -> Ints:
        """Return the time from each out event to the next in event, in each repeat; `_NEVER` without one.

        Args:
            channel: of each out event.
            at: of each out event.
            offsets: (repeats, out events): by how much the in events were moved.
        """
        length = self.length[channel]
        asked = (at - offsets) % length
        place = np.searchsorted(self.keys, (channel << _TIME_BITS) | asked, side="right")
        past = place == (self.begin + self.count)[channel]  # the last one is followed by the first one
        place = np.where(past, self.begin[channel], place)
        some = self.count[channel] > 0
        found = self.keys[np.minimum(place, len(self.keys) - 1)] & ((1 << _TIME_BITS) - 1)
        wait = (found - asked) % length
        wait[wait == 0] = _NEVER  # a whole turn away is itself
        return np.where(some & (at + wait < length), wait, _NEVER)


def _shares(of: Sample, wait: Ints, horizons: list[int], eligible: list[Bools], turn_gap: int, window: int) -> Floats:
    """Match, given each out event's time to the next in event; return answered shares (horizons, repeats).

    Two out events are one turn iff at most the turn gap apart with nothing in between. A turn is answered by the in event
    before the next out event, within the window from the turn's first event.

    Source: methods:turns, methods:adjacent-answers.
    """
    first = np.ones(len(of.out_at), dtype=np.bool_)
    first[1:] = of.out_channel[1:] != of.out_channel[:-1]
    gap = np.full(len(of.out_at), _NEVER)
    gap[:-1] = np.where(first[1:], _NEVER, np.diff(of.out_at))
    begins = np.empty(wait.shape, dtype=np.bool_)
    begins[:, 0] = True
    begins[:, 1:] = first[1:] | (gap[:-1] > turn_gap) | (wait[:, :-1] < gap[:-1])
    row, column = np.nonzero(wait < gap)
    began = np.maximum.accumulate(np.where(begins, np.arange(wait.shape[1], dtype=np.int32), 0), axis=1)[row, column]
    lag = of.out_at[column] - of.out_at[began] + wait[row, column]
    shares = np.zeros((len(horizons), len(wait)))
    for number, (h, long_enough) in enumerate(zip(horizons, eligible, strict=True)):
        counted = of.out_counted & long_enough[of.out_channel]
        hits = np.bincount(row[(lag <= min(h, window)) & counted[began]], minlength=len(wait))
        shares[number] = hits / np.maximum((begins & counted).sum(axis=1), 1)
    return shares


def rotate(
    of: Sample,
    horizons: list[int],
    *,
    turn_gap: int,
    window: int,
    spans: int = 4,
    repeats: int = REPEATS,
    seed: int = 0,
    nulls: tuple[str, ...] = NULLS,
) -> list[Simulated | None]:
    """Simulate the nulls.

    Args:
        of: a sample of one analysis.
        horizons: microseconds.
        turn_gap: G in microseconds.
        window: W_channel in microseconds.
        spans: a channel counts at a horizon from this many horizons of span on.
        repeats: R.
        seed: equal seeds give equal figures.
        nulls: which of `NULLS`.

    Returns:
        One a horizon; None where no channel is long enough. p = (1 + #{null >= observed}) / (R + 1).

    Source: methods:rotation-null.
    """
    eligible = [of.span >= spans * h for h in horizons]
    if not len(of.out_at) or not any(mask.any() for mask in eligible):
        return [None] * len(horizons)
    if not len(of.in_at):
        return [None] * len(horizons)
    here = np.zeros((1, len(of.out_at)), dtype=np.int64)
    # one more than the span: nothing wraps, and the very last moment keeps its place
    still = _Circle.of(of, of.span + 1).until_next(of.out_channel, of.out_at, here)
    observed = _shares(of=of, wait=still, horizons=horizons, eligible=eligible, turn_gap=turn_gap, window=window)[:, 0]
    rows = max(1, _CHUNK // len(of.out_at))
    found: list[dict[str, Floats]] = [{} for _ in horizons]
    for number, null in enumerate(nulls):
        rng = np.random.default_rng([seed, number])
        parts: list[Floats] = []
        for begin in range(0, repeats, rows):
            offsets, length = draw_offsets(null, of.span, min(rows, repeats - begin), rng)
            wait = _Circle.of(of, length).until_next(of.out_channel, of.out_at, offsets[:, of.out_channel])
            parts.append(
                _shares(of=of, wait=wait, horizons=horizons, eligible=eligible, turn_gap=turn_gap, window=window)
            )
        shares = np.concatenate(parts, axis=1)
        for place, row in enumerate(shares):
            found[place][null] = row
    has_gesture = [bool((mask[of.out_channel] & of.out_counted).any()) for mask in eligible]
    return [
        Simulated(
            float(seen),
            {null: float(shares.mean()) for null, shares in by_null.items()},
            {null: (1 + int((shares >= seen - 1e-12).sum())) / (repeats + 1) for null, shares in by_null.items()},
        )
        if some
        else None
        for seen, by_null, some in zip(observed, found, has_gesture, strict=True)
    ]
