"""Chance by formula: the expected share of gestures that a rotated stream would answer.

Entry point: `expected(channels, horizons, turn_gap)`; `across_lanes` does the same for grade D. Exact in expectation for the
uniform rotation, O(n log n).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.measures.chance.events import Channels
from pipeline.model.thresholds import WINDOW
from pipeline.statistics.arrays import Ints, stable_order

UNIT: Final = 10**12
"""Expectations are summed as integers of this fraction, so that the order of sums can't show."""
LONGEST: Final = WINDOW
_BITS: Final = 41  # 14 days are fewer than 2^41 microseconds

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cover:
    """`cover(x) = (1/T) sum_j min(g_j, x)` over the circular gaps g between one channel's in events.

    The probability that a fixed moment is followed by an in event within x under a uniform rotation; x <= 14 d.
    """

    keys: Ints
    sums: Ints
    begin: Ints
    count: Ints
    span: Ints

    def __call__(self, channel: Ints, x: Ints) -> Floats:
        """Look up many (channel, x) at once."""
        place = np.searchsorted(self.keys, (channel << _BITS) | x, side="right")
        begin = self.begin[channel]
        whole = self.sums[place] - self.sums[begin]
        cut = self.count[channel] - (place - begin)
        covered: Floats = (whole + cut * x) / self.span[channel]
        return covered


@dataclass(frozen=True, slots=True)
class Expected:
    """Gestures and answers expected of rotations, by gesture at risk (in the order of `Channels.gesture`), in 1/UNIT."""

    gestures: Ints
    answered: list[Ints]
    """One array a horizon."""


def cover(channel: Ints, at: Ints, span: Ints) -> Cover:
    """Return the look-up for in events sorted by (channel, time).

    Args:
        channel: of each event.
        at: of each event, in µs since the dyad's first.
        span: by channel, in µs.

    Source: methods:analytic-chance.
    """
    count = np.bincount(channel, minlength=len(span)).astype(np.int64)
    begin = np.concatenate([[0], np.cumsum(count)])
    following = np.empty_like(at)
    if len(at):
        following[:-1] = at[1:]
        some = np.flatnonzero(count)
        # after the last event comes the first one, a whole turn of the circle later
        following[begin[some + 1] - 1] = at[begin[some]] + span[some]
    gaps = np.minimum(following - at, LONGEST)
    # keys are sorted within each channel, which a stable sort makes use of
    keys = np.sort((channel << _BITS) | gaps, kind="stable")
    sums = np.concatenate([[0], np.cumsum(keys & ((1 << _BITS) - 1))])
    return Cover(keys=keys, sums=sums, begin=begin[:-1], count=count, span=span)


def _terms(covers: Cover, channel: Ints, gap: Ints, horizons: list[int]) -> list[Ints]:
    """Return by horizon what `min(horizon, gap)` covers, in 1/UNIT."""
    longest = min(max(horizons), int(gap.max(initial=0)))
    whole = np.rint(covers(channel, np.minimum(gap, longest)) * UNIT).astype(np.int64)
    made: dict[int, Ints] = {longest: whole}  # horizons beyond the longest gap are one
    every = np.arange(len(covers.span))
    for h in horizons:
        if h < longest:
            # gaps longer than this horizon cover the same in all of a channel
            at_most = np.rint(covers(every, np.full(len(every), h)) * UNIT).astype(np.int64)
            made[h] = np.where(gap < h, whole, at_most[channel])
    return [made[min(h, longest)] for h in horizons]


def _gaps(group: Ints, at: Ints, end: Ints) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Return the gap to the next event, to the one before, and which events are first, by group."""
    first = np.ones(len(at), dtype=np.bool_)
    first[1:] = group[1:] != group[:-1]
    last = np.ones(len(at), dtype=np.bool_)
    last[:-1] = first[1:]
    step = np.diff(at, append=0)
    following = np.where(last, end - at, step)
    before = np.zeros_like(at)
    before[1:] = step[:-1]
    return following, before, first


def expected(of: Channels, horizons: list[int], turn_gap: int) -> Expected:
    """Return, for each gesture, the gestures and answers that a rotation is expected to make of its events.

    `E[answered] = sum_k cover(min(h, e_{k+1} - e_k))`, `E[gestures] = 1 + sum_k (1 if e_{k+1} - e_k > G else cover(..))`;
    the k-th term of the second sum is booked on event k + 1.

    Args:
        of: one analysis.
        horizons: microseconds, at most 14 days each.
        turn_gap: G in microseconds.

    Returns:
        One value a gesture of `of.gesture`.

    Source: methods:analytic-chance.
    """
    covers = cover(of.in_channel, of.in_at, of.span)
    following, before, first = _gaps(of.out_channel, of.out_at, of.span[of.out_channel])
    split = covers(of.out_channel, np.minimum(before, LONGEST))
    begins = np.where(first | (before > turn_gap), 1.0, split)
    begun = np.rint(begins * UNIT).astype(np.int64)
    terms = _carried(_terms(covers, of.out_channel, following, horizons), begins)
    gestures, *answered = _booked(of, [begun, *terms])
    return Expected(gestures, answered)


def _carried(terms: list[Ints], begins: Floats) -> list[Ints]:
    """Book each event's term on the event that would begin its gesture: itself, else one before it, in 1/UNIT.

    The sum over a channel stays what it was; but a gesture never expects more answers than gestures, so that the ratio is a
    share in groups that part a channel (month, hour, level), too.

    Args:
        terms: by horizon, by event; events by channel, then time. One array may stand for several horizons.
        begins: chance that an event begins a gesture; 1 for the first of each channel.
    """
    joined = begins < 1
    joined[:-1] |= joined[1:]
    chained = np.flatnonzero(joined)
    stays = begins[chained]
    # what the next event passes on: nothing where that begins for certain, as behind every gap in `chained`
    passed = np.append(1 - stays[1:], 0.0)[: len(stays)]
    steps: list[tuple[Ints, Ints, Floats]] = []  # chains are added up in steps of 1, 2, 4 … events
    step, places = 1, np.flatnonzero(passed)
    while len(places):
        part = passed[places]
        steps.append((places, places + step, part))
        passed[places] = part * passed[places + step]
        step, places = 2 * step, places[passed[places] > 0]
    made: dict[int, Ints] = {}
    for values in terms:
        if id(values) not in made:
            mass = values[chained].astype(np.float64)
            for to, source, part in steps:
                mass[to] += part * mass[source]
            made[id(values)] = values.copy()
            made[id(values)][chained] = np.rint(stays * mass).astype(np.int64)
    return [made[id(values)] for values in terms]


def across_lanes(of: Channels, horizons: list[int], window: int, gestures: Ints) -> Expected:
    """Return the same for grade D: an event of the responder in any *other* channel of the contact, before the next of mine.

    An overestimate, up to two or three times what a rerun of the matcher gives on lively logs: neither events of the channel
    itself that would come first are taken off, nor those of other channels that would answer a gesture there. The note of its rows is `chance_upper_bound`.

    Args:
        of: one analysis.
        horizons: microseconds, at most 14 days each.
        window: W_contact in microseconds.
        gestures: `Expected.gestures` of the same analysis: in what channel the answer is makes no gesture.
    """
    source, at = _from_elsewhere(of)
    covers = cover(source, at, of.span)
    # the initiator's next event in whatever channel blocks
    person = of.person[of.out_channel]
    order = stable_order(person, of.out_at)
    following = np.empty_like(of.out_at)
    following[order] = _gaps(person[order], of.out_at[order], of.span[of.out_channel][order])[0]
    following = np.clip(np.minimum(following, of.span[of.out_channel] - of.out_at), 0, window)
    return Expected(gestures, _booked(of, _terms(covers, of.out_channel, following, horizons)))


def _from_elsewhere(of: Channels) -> tuple[Ints, Ints]:
    """Return for each channel the responder's events of the contact's other channels: channel and time, sorted by both.

    Times share their zero, the dyad's first event.
    """
    people = int(of.person.max(initial=-1)) + 1
    size = np.bincount(of.every_person, minlength=people)
    begin = np.concatenate([[0], np.cumsum(size)])[:-1]
    seen = size[of.person]
    channel = np.repeat(np.arange(len(of.span)), seen)
    # the person's events once for each of the channels
    event = np.arange(len(channel)) - np.repeat(np.cumsum(seen) - seen - begin[of.person], seen)
    kept = (of.every_channel[event] != channel) & (of.every_at[event] <= of.span[channel])
    return channel[kept], of.every_at[event[kept]]


def _booked(of: Channels, of_events: list[Ints]) -> list[Ints]:
    """Sum values of events over the gestures at risk."""
    place = np.searchsorted(of.gesture, of.out_gesture[of.out_counted])
    made: dict[int, Ints] = {}  # horizons that gave one array give one sum
    for values in of_events:
        if id(values) not in made:
            made[id(values)] = np.zeros(len(of.gesture), dtype=np.int64)
            np.add.at(made[id(values)], place, values[of.out_counted])
    return [made[id(values)] for values in of_events]
