"""The chance columns of `reciprocation`: what coincidence alone would give (METHODS 4, Ruling 10).

Entry points:
    adjacent(...): the gestures matched again without explicit links, which a rotation destroys.
    chance(...): chance_share, answered_share_adjacent, chance_share_simulated, p_value, lift, kappa and chance_note by
        initiator, outcome, dimension, value and horizon; dimension `grade`, value `D` holds answers across lanes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.chance_analytic import UNIT, Expected, across_lanes, expected
from pipeline.measures.chance_events import Bools, Channels, channels, encode
from pipeline.measures.chance_rotation import MOST_EVENTS, REPEATS, Simulated, rotate, sample
from pipeline.measures.survival import aalen_johansen
from pipeline.measures.timeline import DAY, HOUR, Ints, Schema, answered, finish

HORIZONS: Final = (1, 7, 14)
LEAST_CHANCE: Final = 0.005
LEAST_EXPECTED: Final = 5.0
"""Below either, lift isn't shown (METHODS 4.5)."""
SCHEMA: Final[Schema] = {
    "initiator": pl.String, "outcome": pl.String, "dimension": pl.String, "value": pl.String, "horizon_days": pl.Int64,
    "chance_share": pl.Float64, "answered_share_adjacent": pl.Float64, "chance_share_simulated": pl.Float64,
    "p_value": pl.Float64, "lift": pl.Float64, "kappa": pl.Float64, "chance_note": pl.String,
}  # fmt: skip
CAME: Final = ("status", "grade", "lag_us", "superseded_after_us", "censored_after_us")
"""Columns of GESTURES that tell what came of a gesture."""
GESTURES_READ: Final = (
    "gesture_id", "initiator", "outcome", "contact_id", "platform", "class", "account_id", "thread_id", "is_group",
    "started_at", "at_risk", *CAME,
)  # fmt: skip
INTERACTIONS_READ: Final = (
    "interaction_id", "contact_id", "platform", "class", "account_id", "thread_id", "kind", "direction", "at", "is_group",
)  # fmt: skip
"""Columns of GESTURES and INTERACTIONS that `chance` looks at."""
_OWN: Final = ("all", "grade")
"""Dimensions that are made here."""
_BY: Final = ("initiator", "outcome", "dimension", "value", "horizon_days")


def adjacent(
    interactions: pl.DataFrame, gestures: pl.DataFrame, rematch: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Match again without explicit links.

    Args:
        interactions: `schemas.INTERACTIONS`.
        gestures: what matching gave with links; it stands when there are none.
        rematch: makes `schemas.GESTURES` from interactions, with the same coverage, parameters and contacts.
    """
    if interactions["reply_to"].null_count() + interactions["reply_to_native"].null_count() == 2 * interactions.height:
        return gestures
    unlinked = [pl.lit(None, dtype=pl.String).alias(name) for name in ("reply_to", "reply_to_native")]
    return rematch(interactions.with_columns(unlinked))


def display(
    observed: float | None, by_chance: float | None, expected_answers: float
) -> tuple[float | None, float | None]:
    """Give lift and kappa, each None where it may not be shown.

    lift = observed / chance, only if chance >= 0.005 and at least 5 answers are expected;
    kappa = (observed - chance) / (1 - chance).
    """
    if observed is None or by_chance is None:
        return None, None
    lift = observed / by_chance if by_chance >= LEAST_CHANCE and expected_answers >= LEAST_EXPECTED else None
    return lift, (observed - by_chance) / (1 - by_chance) if by_chance < 1 else None


@dataclass(frozen=True, slots=True)
class _Observed:
    """Time and kind (1 answered, 2 superseded, 0 censored) of each gesture of `Channels.gesture`."""

    time: Ints
    kind: Ints
    order: Ints
    """By time."""


def _observe(rows: pl.DataFrame, *, weak: bool) -> _Observed:
    """Read what came of the gestures, matched without links.

    Args:
        rows: gestures in the order of `Channels.gesture`.
        weak: grade D is the answer asked for, and a headline answer ends the wait; else a D answer counts as none.
    """
    strong, across = answered(), (pl.col("grade") == "D").fill_null(value=False)
    ended = pl.when(strong).then("lag_us") if weak else pl.lit(None, dtype=pl.Int64)
    hit = (across if weak else strong).fill_null(value=False)
    # a follow-up after the end of what can be seen is censored before it, as in the headline (dimensions.timed)
    end = pl.col("censored_after_us")
    other = pl.coalesce(ended, pl.when(pl.col("superseded_after_us") <= end).then("superseded_after_us"))
    read = rows.select(
        pl.when(hit).then("lag_us").otherwise(pl.coalesce(other, "censored_after_us")).fill_null(0).alias("time"),
        pl.when(hit).then(1).when(other.is_not_null()).then(2).otherwise(0).cast(pl.Int64).alias("kind"),
    )
    time = read["time"].to_numpy()
    return _Observed(time, read["kind"].to_numpy(), np.argsort(time, kind="stable"))


def _rows(
    long_enough: list[Bools], made: Expected, real: _Observed, dimension: str, values: pl.Series, horizons: list[int]
) -> list[dict[str, object]]:
    """Compare observed and chance for each value of a dimension and each horizon.

    Args:
        long_enough: by horizon, which gestures stand in a channel of four horizons or more.
        made: what rotations are expected to make of the analysis' gestures.
        real: what came of them.
        dimension: its name.
        values: its value for each of these gestures; null: none.
        horizons: microseconds.
    """
    names = values.drop_nulls().unique().sort()
    code = values.cast(pl.Enum(names)).to_physical().fill_null(len(names)).to_numpy().astype(np.int64)
    by_code = np.argsort(code[real.order], kind="stable")
    order = real.order[by_code]  # by value, then time
    rows: list[dict[str, object]] = []
    for place, h in enumerate(horizons):
        counted = long_enough[place]
        gestures, answers = np.zeros(len(names) + 1, dtype=np.int64), np.zeros(len(names) + 1, dtype=np.int64)
        np.add.at(gestures, code[counted], made.gestures[counted])
        np.add.at(answers, code[counted], made.answered[place][counted])
        here = order[counted[order]]
        ends = np.searchsorted(code[here], np.arange(len(names) + 1), side="left")
        for number, name in enumerate(names.to_list()):
            if not gestures[number]:
                continue
            by_chance = int(answers[number]) / int(gestures[number])
            part = here[ends[number] : ends[number + 1]]
            curve = aalen_johansen(real.time[part], real.kind[part])
            observed = float(curve.at(np.array([h]))[0])
            lift, kappa = display(observed, by_chance, int(answers[number]) / UNIT)
            note = None if lift is not None else "lift not shown: chance gives too little to compare with"
            rows.append({
                "dimension": dimension, "value": name, "horizon_days": h // DAY, "chance_share": by_chance,
                "answered_share_adjacent": observed, "lift": lift, "kappa": kappa, "chance_note": note,
            })  # fmt: skip
    return rows


def _dimensions(dimensions: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give each dimension's name with its frame gesture_id, value, from the long or the wide form."""
    if "dimension" in dimensions.columns:
        for name in dimensions["dimension"].unique().sort().to_list():
            if name not in _OWN:
                yield name, dimensions.filter(pl.col("dimension") == name).select("gesture_id", "value")
        return
    for name in dimensions.columns:
        if name != "gesture_id" and name not in _OWN:
            yield name, dimensions.select("gesture_id", pl.col(name).cast(pl.String).alias("value"))


def _aligned(frame: pl.DataFrame, to: pl.Series) -> pl.DataFrame:
    """Put a frame's rows in the order of gesture_ids; at no cost where they are in it already."""
    if frame.height == len(to) and frame["gesture_id"].equals(to):
        return frame
    return to.to_frame().join(frame, on="gesture_id", how="left", validate="1:1", maintain_order="left")


def _simulate(
    of: Channels, horizons: list[int], turn_gap: int, window: int, seed: int, repeats: int, most: int
) -> tuple[list[Simulated | None], str | None]:
    drawn = sample(of, seed, most)
    found = rotate(drawn, horizons, turn_gap=turn_gap, window=window, repeats=repeats, seed=seed)
    people = len(np.unique(of.person))
    note = None if drawn.whole else f"simulated on a sample of {drawn.contacts} of {people} contacts"
    return found, note


def chance(
    gestures: pl.DataFrame,
    adjacent_gestures: pl.DataFrame,
    interactions: pl.DataFrame,
    dimensions: pl.DataFrame,
    *,
    horizon_days: tuple[int, ...] = HORIZONS,
    turn_gap_us: int = 6 * HOUR,
    window_us: int = 14 * DAY,
    window_contact_us: int = 7 * DAY,
    seed: int = 0,
    repeats: int = REPEATS,
    most_events: int = MOST_EVENTS,
) -> pl.DataFrame:
    """Compute the chance columns.

    Observed (`answered_share_adjacent`) and chance are over the same gestures: direct, at risk, in channels whose span is at
    least four horizons. Dimension `all` is added here and also simulated.

    Args:
        gestures: `schemas.GESTURES`.
        adjacent_gestures: what `adjacent` returns.
        interactions: the interactions that matching kept (after the exclusions), `schemas.INTERACTIONS`.
        dimensions: long (gesture_id, dimension, value) or wide (gesture_id and a column for each dimension; no join is needed
            where its rows are in the order of `gestures`). A gesture has one value of a dimension.
        horizon_days: at most 14.
        turn_gap_us: G.
        window_us: W_channel.
        window_contact_us: W_contact, for grade D.
        seed: of sample and rotations.
        repeats: R.
        most_events: bound of the sample.

    Returns:
        `SCHEMA`, sorted by its first five columns. Groups without a long enough channel have no row.
    """
    horizons = [days * DAY for days in horizon_days]
    ids = gestures["gesture_id"]
    unlinked = _aligned(adjacent_gestures, ids).select(CAME)
    encoded = encode(interactions, gestures)
    # what later dimensions need of an analysis; its events are let go
    analyses: list[tuple[str, str, Ints, list[Bools], Expected, _Observed]] = []
    rows: list[dict[str, object]] = []
    for initiator, outcome in gestures.select("initiator", "outcome").unique().sort("initiator", "outcome").iter_rows():
        of = channels(encoded, initiator, outcome)
        if not len(of.gesture):
            continue
        real = unlinked[of.gesture]
        made = expected(of, horizons, turn_gap_us)
        long_enough = [of.eligible(h)[of.gesture_channel] for h in horizons]
        seen = _observe(real, weak=False)
        analyses.append((initiator, outcome, of.gesture, long_enough, made, seen))
        key = {"initiator": initiator, "outcome": outcome}
        everything = pl.Series(["all"]).new_from_index(0, len(of.gesture))
        own = _rows(long_enough, made, seen, "all", everything, horizons)
        simulated, note = _simulate(of, horizons, turn_gap_us, window_us, seed, repeats, most_events)
        by_days = dict(zip(horizon_days, simulated, strict=True))
        for row in own:
            found = by_days[int(str(row["horizon_days"]))]
            if found:
                row["chance_share_simulated"], row["p_value"] = found.largest, found.p_value
                row["chance_note"] = "; ".join(str(text) for text in (row["chance_note"], note) if text) or None
        weak = across_lanes(of, horizons, turn_gap_us, window_contact_us)
        across = pl.Series(["D"]).new_from_index(0, len(of.gesture))
        own += _rows(long_enough, weak, _observe(real, weak=True), "grade", across, horizons)
        rows += [row | key for row in own]
    for name, frame in _dimensions(dimensions):
        values = _aligned(frame, ids)["value"]
        for initiator, outcome, chosen, long_enough, made, seen in analyses:
            found_rows = _rows(long_enough, made, seen, name, values[chosen], horizons)
            rows += [row | {"initiator": initiator, "outcome": outcome} for row in found_rows]
    return finish(pl.DataFrame(rows, schema=dict(SCHEMA)), SCHEMA, *_BY)
