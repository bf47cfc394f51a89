"""The chance columns of `reciprocation`: what coincidence alone would give.

Entry points:
    chance(...): chance_share, answered_share_adjacent, chance_share_simulated, p_value, lift, kappa and chance_note by
        initiator, outcome, dimension, value and horizon; dimension `grade`, value `D` holds answers across lanes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.match import ANALYSES, Run
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.chance.analytic import UNIT, Expected, across_lanes, expected
from pipeline.measures.chance.events import Bools, Channels, observed_run
from pipeline.measures.chance.rotation import MOST_EVENTS, REPEATS, Simulated, rotate, sample
from pipeline.measures.reciprocation.cohorts import ACROSS, HEADLINE, ended, numbered
from pipeline.measures.reciprocation.dimensions import OF_LAGS_ONLY, PREFIX
from pipeline.measures.tables import conform
from pipeline.model.codes import Initiator, Outcome
from pipeline.model.durations import DAY
from pipeline.model.schemas import Schema
from pipeline.model.thresholds import HORIZON_DAYS
from pipeline.statistics.aalen_johansen import aalen_johansen
from pipeline.statistics.arrays import Ints, stable_order
from pipeline.statistics.concurrency import map_concurrently

LEAST_CHANCE: Final = 0.005
LEAST_EXPECTED: Final = 5.0
"""Below either, lift isn't shown."""
UPPER_BOUND: Final = "chance_upper_bound"
"""Note of grade D: its chance counts events that would be answers in their own lane (`analytic.across_lanes`)."""
SCHEMA: Final[Schema] = {
    "initiator": pl.String, "outcome": pl.String, "dimension": pl.String, "value": pl.String, "horizon_days": pl.Int64,
    "chance_share": pl.Float64, "answered_share_adjacent": pl.Float64, "chance_share_simulated": pl.Float64,
    "p_value": pl.Float64, "lift": pl.Float64, "kappa": pl.Float64, "chance_note": pl.String,
}  # fmt: skip
_BY: Final = ("initiator", "outcome", "dimension", "value", "horizon_days")


def display(
    observed: float | None, by_chance: float | None, expected_answers: float
) -> tuple[float | None, float | None]:
    """Return lift and kappa, each None where it may not be shown.

    lift = observed / chance, only if chance >= 0.005 and at least 5 answers are expected;
    kappa = (observed - chance) / (1 - chance).

    Args:
        observed: the answered share.
        by_chance: the share that coincidence gives.
        expected_answers: how many answers coincidence gives.

    Source: methods:lift-and-kappa.

    Example:
        >>> display(0.5, 0.25, 10.0)
        (2.0, 0.3333333333333333)
    """
    if observed is None or by_chance is None:
        return None, None
    lift = observed / by_chance if by_chance >= LEAST_CHANCE and expected_answers >= LEAST_EXPECTED else None
    return lift, (observed - by_chance) / (1 - by_chance) if by_chance < 1 else None


@dataclass(frozen=True, slots=True)
class _Compared:
    """Gestures sorted by time: their observed outcomes beside those expected of rotations."""

    place: Ints
    """Position in `Channels.gesture`."""
    time: Ints
    kind: Ints
    """1 answered, 2 superseded, 0 censored."""
    gestures: Ints
    """Expected, as in `Expected`."""
    answered: list[Ints]
    long_enough: list[Bools | None]
    """By horizon: gestures in a channel of four horizons or more; None: all are. Equal ones are one object."""


def _compared(of: Channels, outcomes: pl.DataFrame, made: Expected, horizons: list[int], *, weak: bool) -> _Compared:
    """Read the outcomes of the gestures, matched without links.

    Args:
        of: channels of the analysis.
        outcomes: of its gestures: `gestures.OUTCOMES`, and followed_us (to the end of coverage, in µs).
        made: gestures and answers expected of rotations, for `of.gesture`.
        horizons: microseconds.
        weak: grade D is the answer asked for, and a headline answer ends the wait; else a D answer counts as none.
    """
    own = outcomes[of.gesture].select(
        pl.col("grade").cast(pl.Int64).fill_null(-1), pl.col("lag_us").fill_null(0),
        pl.col("superseded_after_us").fill_null(-1), "followed_us",
    )  # fmt: skip
    grade, lag, follow, followed = (column.to_numpy() for column in own)
    time, kind = ended(grade=grade, lag=lag, follow=follow, end=followed, counted=ACROSS if weak else HEADLINE)
    order = stable_order(time)
    long_enough: list[Bools | None] = []
    for h in horizons:
        mask = of.eligible(h)[of.gesture_channel[order]]
        before = long_enough[-1] if long_enough else None
        same = before is not None and np.array_equal(before, mask)
        long_enough.append(None if mask.all() else before if same else mask)
    answered = {id(values): values[order] for values in made.answered}
    return _Compared(
        place=order, time=time[order], kind=kind[order], gestures=made.gestures[order], answered=[answered[id(values)] for values in made.answered],
        long_enough=long_enough,
    )  # fmt: skip


def _groups(values: pl.Series) -> Iterator[tuple[str, Ints]]:
    """Yield each value with the positions of its gestures, rising; null is no value."""
    numbers, names = numbered(values)
    # sixteen bits are sorted in linear time
    codes = numbers.to_numpy().astype(np.int16 if len(names) < 2**15 else np.int64)
    by_code = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[by_code], np.arange(len(names) + 1), side="left")
    for name, begin, end in zip(names, ends[:-1], ends[1:], strict=True):
        yield name, by_code[begin:end]


def _rows(
    compared: _Compared, dimension: str, name: str, here: Ints | slice, horizons: list[int]
) -> Iterator[dict[str, object]]:
    """Compare observed and chance for one value of a dimension at each horizon.

    Args:
        compared: the gestures.
        dimension: its name.
        name: the value.
        here: which of them have it, rising.
        horizons: microseconds.
    """
    time, kind = compared.time[here], compared.kind[here]
    first = True
    for place, h in enumerate(horizons):
        mask = compared.long_enough[place]
        if first or mask is not compared.long_enough[place - 1]:
            first = False
            kept = slice(None) if mask is None else mask[here]
            curve = aalen_johansen(time[kept], kind[kept], max(horizons))
            gestures = int(compared.gestures[here][kept].sum())
        answers = int(compared.answered[place][here][kept].sum())
        if not gestures:
            continue
        by_chance = answers / gestures
        observed = float(curve.at(np.array([h]))[0])
        lift, kappa = display(observed, by_chance, answers / UNIT)
        note = None if lift is not None else "lift not shown: chance gives too little to compare with"
        yield {
            "dimension": dimension, "value": name, "horizon_days": h // DAY, "chance_share": by_chance,
            "answered_share_adjacent": observed, "lift": lift, "kappa": kappa, "chance_note": note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Draw:
    """How much is simulated."""

    seed: int
    repeats: int
    most_events: int


def _simulate(
    of: Channels, horizons: list[int], parameters: MatchingParameters, draw: _Draw
) -> tuple[list[Simulated | None], str | None]:
    drawn = sample(of, draw.seed, draw.most_events)
    found = rotate(
        drawn, horizons, turn_gap=parameters.turn_gap_us, window=parameters.window_channel_us, repeats=draw.repeats,
        seed=draw.seed,
    )  # fmt: skip
    people = len(np.unique(of.person))
    note = None if drawn.whole else f"simulated on a sample of {drawn.contacts} of {people} contacts"
    return found, note


def chance_table(
    encoded: pl.DataFrame,
    assigned: pl.DataFrame | pl.LazyFrame,
    parameters: MatchingParameters,
    *,
    horizon_days: tuple[int, ...] = HORIZON_DAYS,
    seed: int = 0,
    repeats: int = REPEATS,
    most_events: int = MOST_EVENTS,
) -> pl.DataFrame:
    """Compute the chance columns.

    Gestures are matched again without explicit links, which a rotation destroys. Observed (`answered_share_adjacent`) and
    chance are over the same gestures: direct, at risk, in channels whose span is at least four horizons. Dimension `all` is
    added here and also simulated.

    Args:
        encoded: what `match.encode_interactions` returns.
        assigned: all their gestures with their dimensions, from `dimensions.assign`, in the order of `match.gesture_tables`; of a
            lazy frame only the analyses at work are in memory.
        parameters: turn gap and windows that the gestures were matched with.
        horizon_days: at most 14.
        seed: of sample and rotations.
        repeats: R.
        most_events: bound of the sample.

    Returns:
        `SCHEMA`, sorted by its first five columns. Groups without a long enough channel have no row.

    Source: methods:chance, methods:rotation-null, methods:analytic-chance.
    """

    def rows_of(analysis: tuple[Initiator, Outcome]) -> list[dict[str, object]]:
        initiator, outcome = analysis
        chosen = (pl.col("initiator") == initiator) & (pl.col("outcome") == outcome)
        needed = pl.selectors.starts_with(PREFIX) | pl.selectors.by_name("at_risk", "censored_after_us")
        part = assigned.lazy().filter(chosen).select(needed).collect()
        if part.is_empty():
            return []
        outcomes, of = observed_run(encoded, initiator, Run(outcome, parameters), part)
        draw = _Draw(seed, repeats, most_events)
        found = _of_analysis(
            of=of, outcomes=outcomes, part=part, parameters=parameters, horizon_days=horizon_days, draw=draw
        )
        return [row | {"initiator": initiator, "outcome": outcome} for row in found]

    rows = [row for found in map_concurrently(rows_of, sorted(ANALYSES)) for row in found]
    return conform(pl.DataFrame(rows, schema=dict(SCHEMA)), SCHEMA, *_BY)


def _of_analysis(
    of: Channels,
    outcomes: pl.DataFrame,
    part: pl.DataFrame,
    parameters: MatchingParameters,
    horizon_days: tuple[int, ...],
    draw: _Draw,
) -> Iterator[dict[str, object]]:
    """Compare observed and chance in every dimension of one analysis, and for answers across lanes (grade D)."""
    if not len(of.gesture):
        return
    horizons = [days * DAY for days in horizon_days]
    made = expected(of, horizons, parameters.turn_gap_us)
    elsewhere = across_lanes(of, horizons, parameters.window_contact_us, made.gestures)
    weak = _compared(of, outcomes, elsewhere, horizons, weak=True)
    for row in _rows(compared=weak, dimension="grade", name="D", here=slice(None), horizons=horizons):
        yield row | {"chance_note": "; ".join(str(text) for text in (UPPER_BOUND, row["chance_note"]) if text)}
    del weak, elsewhere
    compared = _compared(of, outcomes, made, horizons, weak=False)
    simulated, note = _simulate(of, horizons, parameters, draw)
    by_days = dict(zip(horizon_days, simulated, strict=True))
    for row in _rows(compared=compared, dimension="all", name="all", here=slice(None), horizons=horizons):
        if drawn := by_days[int(str(row["horizon_days"]))]:
            row["chance_share_simulated"], row["p_value"] = drawn.largest, drawn.p_value
            row["chance_note"] = "; ".join(str(text) for text in (row["chance_note"], note) if text) or None
        yield row
    for column in part.columns:
        if column.startswith(PREFIX) and column.removeprefix(PREFIX) not in OF_LAGS_ONLY:
            for name, here in _groups(part[column].gather(of.gesture[compared.place])):
                yield from _rows(
                    compared=compared, dimension=column.removeprefix(PREFIX), name=name, here=here, horizons=horizons
                )
