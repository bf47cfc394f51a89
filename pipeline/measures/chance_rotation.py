"""Chance by simulation: rotate the responder's stream and match again (METHODS 4.1), R = 999 times, vectorised.

Entry point: `rotate(channels, horizons, ...)`. Three nulls: `uniform` (A), `circadian` (whole weeks, or whole days where
the span is below 8 weeks), `drift` (at most 4 weeks either way). Matching is rule R5's inside of a channel, threads taken
together, explicit links off.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.measures.chance_events import Channels
from pipeline.measures.timeline import DAY, Ints

NULLS: Final = ("uniform", "circadian", "drift")
REPEATS: Final = 999
MOST_EVENTS: Final = 5000
WEEK: Final = 7 * DAY
CIRCADIAN_WEEKS: Final = 8
DRIFT: Final = 4 * WEEK
_CHUNK: Final = 1_000_000  # events held at a time
_TICK: Final = 1000  # milliseconds: channel, time and two flags fit one sortable integer
_TIME_BITS: Final = 42

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
    """Everybody is in it."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """At one horizon: the observed share on the sample, the mean of each null and its p value."""

    observed: float
    means: dict[str, float]
    p_values: dict[str, float]

    @property
    def largest(self) -> float:
        """The null that leaves least to explain (METHODS 4.1: publish the largest)."""
        return max(self.means.values())

    @property
    def p_value(self) -> float:
        """The largest p of the three nulls: never 0, at least 1/(R+1)."""
        return max(self.p_values.values())


def sample(of: Channels, seed: int, most_events: int = MOST_EVENTS) -> Sample:
    """Draw contacts in seeded order as long as their events fit.

    A contact that alone has more than the bound is passed over.
    """
    people = int(of.contact.max()) + 1 if len(of.contact) else 0
    size = np.bincount(of.contact[of.out_channel], minlength=people) + np.bincount(
        of.contact[of.in_channel], minlength=people
    )
    chosen = np.zeros(people, dtype=np.bool_)
    left = most_events
    order = np.random.default_rng(seed).permutation(people) if size.sum() > most_events else np.arange(people)
    for person in order.tolist():
        if size[person] <= left:
            chosen[person] = True
            left -= int(size[person])
    kept = chosen[of.contact] if people else np.zeros(0, dtype=np.bool_)
    number = np.cumsum(kept) - 1
    out, come = kept[of.out_channel], kept[of.in_channel]
    return Sample(
        of.span[kept],
        number[of.out_channel[out]],
        of.out_at[out],
        of.out_counted[out],
        number[of.in_channel[come]],
        of.in_at[come],
        int(chosen.sum()),
        bool(chosen.all()),
    )


def _offsets(null: str, span: Ints, repeats: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw offsets (repeats, channels) and the circle they turn on."""
    shape = (repeats, len(span))
    if null == "uniform":
        return rng.integers(0, span, size=shape), span
    if null == "drift":
        reach = np.minimum(DRIFT, span)
        return rng.integers(-reach, reach + 1, size=shape), span
    unit = np.where(span >= CIRCADIAN_WEEKS * WEEK, WEEK, DAY)
    turns = np.maximum(span // unit, 1)
    return rng.integers(0, turns, size=shape) * unit, np.where(span >= unit, turns * unit, span)


def _shares(of: Sample, come: Ints, horizons: list[int], eligible: list[Bools], turn_gap: int, window: int) -> Floats:
    """Match each row of `come` (repeats, in events) with the fixed out events; answered shares (horizons, repeats)."""
    fixed = (of.out_channel << _TIME_BITS) | ((of.out_at // _TICK) << 2) | (~of.out_counted).astype(np.int64)
    moved = (of.in_channel << _TIME_BITS) | ((come // _TICK) << 2) | 2
    keys = np.sort(np.concatenate([np.broadcast_to(fixed, (len(come), len(fixed))), moved], axis=1), axis=1)
    channel = keys >> _TIME_BITS
    at = (keys & ((1 << _TIME_BITS) - 1)) >> 2
    out = (keys & 2) == 0
    counted = out & ((keys & 1) == 0)
    same = np.zeros(keys.shape, dtype=np.bool_)
    same[:, 1:] = channel[:, 1:] == channel[:, :-1]
    joins = np.zeros(keys.shape, dtype=np.bool_)
    joins[:, 1:] = same[:, 1:] & out[:, 1:] & out[:, :-1] & (at[:, 1:] - at[:, :-1] <= turn_gap // _TICK)
    begins = out & ~joins
    place = np.arange(keys.shape[1], dtype=np.int32)
    began = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
    # the answer: an in event right after an out event; the gesture is the turn that the out event belongs to
    row, column = np.nonzero(~out[:, 1:] & out[:, :-1] & same[:, 1:])
    gesture = began[row, column]
    lag = at[row, column + 1] - at[row, gesture]
    fits = counted[row, gesture] & (lag > 0) & (lag <= window // _TICK)
    row, lag, of_channel = row[fits], lag[fits], channel[row[fits], gesture[fits]]
    start_row, start_column = np.nonzero(begins & counted)
    start_channel = channel[start_row, start_column]
    shares = np.zeros((len(horizons), len(come)))
    for number, (h, long_enough) in enumerate(zip(horizons, eligible, strict=True)):
        gestures = np.bincount(start_row[long_enough[start_channel]], minlength=len(come))
        answered = np.bincount(row[(lag <= h // _TICK) & long_enough[of_channel]], minlength=len(come))
        shares[number] = answered / np.maximum(gestures, 1)
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
    """
    eligible = [of.span >= spans * h for h in horizons]
    if not len(of.out_at) or not any(mask.any() for mask in eligible):
        return [None] * len(horizons)
    observed = _shares(of, of.in_at[None, :], horizons, eligible, turn_gap, window)[:, 0]
    rows = max(1, _CHUNK // (len(of.out_at) + len(of.in_at)))
    found: list[dict[str, Floats]] = [{} for _ in horizons]
    for number, null in enumerate(nulls):
        rng = np.random.default_rng([seed, number])
        parts: list[Floats] = []
        for begin in range(0, repeats, rows):
            offsets, circle = _offsets(null, of.span, min(rows, repeats - begin), rng)
            come = (of.in_at[None, :] + offsets[:, of.in_channel]) % circle[of.in_channel]
            parts.append(_shares(of, come, horizons, eligible, turn_gap, window))
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
