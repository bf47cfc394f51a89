"""The chance columns of `reciprocation`: what coincidence alone would give (METHODS 4, Ruling 10).

Entry points:
    adjacent(...): the gestures matched again without explicit links, which a rotation destroys.
    chance(...): chance_share, answered_share_adjacent, chance_share_simulated, p_value, lift, kappa and chance_note by
        initiator, outcome, dimension, value and horizon; dimension `grade`, value `D` holds answers across lanes.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.chance_analytic import UNIT, across_lanes, expected
from pipeline.measures.chance_events import KEY, Channels, channels
from pipeline.measures.chance_rotation import MOST_EVENTS, REPEATS, Simulated, rotate, sample
from pipeline.measures.survival import aalen_johansen
from pipeline.measures.timeline import DAY, HOUR, Schema, answered, finish, is_group

HORIZONS: Final = (1, 7, 14)
LEAST_CHANCE: Final = 0.005
LEAST_EXPECTED: Final = 5.0
"""Below either, lift isn't shown (METHODS 4.5)."""
SCHEMA: Final[Schema] = {
    "initiator": pl.String, "outcome": pl.String, "dimension": pl.String, "value": pl.String, "horizon_days": pl.Int64,
    "chance_share": pl.Float64, "answered_share_adjacent": pl.Float64, "chance_share_simulated": pl.Float64,
    "p_value": pl.Float64, "lift": pl.Float64, "kappa": pl.Float64, "chance_note": pl.String,
}  # fmt: skip
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


def _times(rows: pl.DataFrame, *, weak: bool) -> pl.DataFrame:
    """Give each gesture its time and kind (1 answered, 2 superseded, 0 censored), sorted by time.

    Args:
        rows: gestures.
        weak: grade D is the answer asked for, and a headline answer ends the wait; else a D answer counts as none.
    """
    strong, across = answered(), (pl.col("grade") == "D").fill_null(value=False)
    ended = pl.when(strong).then("lag_us") if weak else pl.lit(None, dtype=pl.Int64)
    hit = across if weak else strong
    other = pl.coalesce(ended, "superseded_after_us")
    return rows.select(
        "gesture_id",
        "channel",
        pl.when(hit).then("lag_us").otherwise(pl.coalesce(other, "censored_after_us")).alias("time"),
        pl.when(hit).then(1).when(other.is_not_null()).then(2).otherwise(0).cast(pl.Int64).alias("kind"),
    ).sort("time", "gesture_id")


def _observed(times: pl.DataFrame, horizon: int) -> float | None:
    if times.is_empty():
        return None
    curve = aalen_johansen(times["time"].to_numpy(), times["kind"].to_numpy())
    return float(curve.at(np.array([horizon]))[0])


def _rows(
    of: Channels, terms: pl.DataFrame, times: pl.DataFrame, dimensions: pl.DataFrame, horizons: list[int]
) -> list[dict[str, object]]:
    """Compare observed and chance for each dimension, value and horizon."""
    rows: list[dict[str, object]] = []
    placed = dimensions.join(terms, on="gesture_id").sort("dimension", "value", "gesture_id")
    seen = dimensions.join(times, on="gesture_id").sort("dimension", "value", "time", "gesture_id")
    parts = {key: part for key, part in seen.group_by("dimension", "value", maintain_order=True)}  # noqa: C416 - partition keys
    eligible = [of.eligible(h) for h in horizons]
    for key, part in placed.group_by("dimension", "value", maintain_order=True):
        real = parts.get(key, times.clear())
        for place, (h, long_enough) in enumerate(zip(horizons, eligible, strict=True)):
            counted = part.filter(pl.Series(long_enough[part["channel"].to_numpy()]))
            gestures = int(counted["expected"].sum())
            if not gestures:
                continue
            answers = int(counted[f"answered_{place}"].sum())
            by_chance = answers / gestures
            observed = _observed(real.filter(pl.Series(long_enough[real["channel"].to_numpy()])), h)
            lift, kappa = display(observed, by_chance, answers / UNIT)
            note = None if lift is not None else "lift not shown: chance gives too little to compare with"
            rows.append({
                "dimension": key[0], "value": key[1], "horizon_days": h // DAY, "chance_share": by_chance,
                "answered_share_adjacent": observed, "lift": lift, "kappa": kappa, "chance_note": note,
            })  # fmt: skip
    return rows


def _simulate(
    of: Channels, horizons: list[int], turn_gap: int, window: int, seed: int, repeats: int, most: int
) -> tuple[list[Simulated | None], str | None]:
    drawn = sample(of, seed, most)
    found = rotate(drawn, horizons, turn_gap=turn_gap, window=window, repeats=repeats, seed=seed)
    people = len(np.unique(of.contact))
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
        dimensions: gesture_id, dimension, value.
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
    frames: list[pl.DataFrame] = []
    analyses = gestures.select("initiator", "outcome").unique().sort("initiator", "outcome")
    for initiator, outcome in analyses.iter_rows():
        of = channels(interactions, gestures, initiator, outcome)
        if not len(of.out_at):
            continue
        rows = _analysis(
            of, adjacent_gestures, dimensions, initiator, outcome, horizons, turn_gap_us, window_contact_us
        )  # fmt: skip
        simulated, note = _simulate(of, horizons, turn_gap_us, window_us, seed, repeats, most_events)
        by_days = dict(zip(horizon_days, simulated, strict=True))
        for row in rows:
            found = by_days[int(str(row["horizon_days"]))] if row["dimension"] == "all" else None
            if found:
                row["chance_share_simulated"], row["p_value"] = found.largest, found.p_value
                row["chance_note"] = "; ".join(str(text) for text in (row["chance_note"], note) if text) or None
        frames.append(
            pl.DataFrame(rows, schema={k: v for k, v in SCHEMA.items() if k not in _BY[:2]}).with_columns(
                pl.lit(initiator).alias("initiator"), pl.lit(outcome).alias("outcome")
            )
        )
    if not frames:
        return pl.DataFrame(schema=dict(SCHEMA))
    return finish(pl.concat(frames), SCHEMA, *_BY)


def _analysis(
    of: Channels,
    adjacent_gestures: pl.DataFrame,
    dimensions: pl.DataFrame,
    initiator: str,
    outcome: str,
    horizons: list[int],
    turn_gap: int,
    window_contact: int,
) -> list[dict[str, object]]:
    numbers = of.names.with_row_index("channel").with_columns(pl.col("channel").cast(pl.Int64))
    here = adjacent_gestures.filter(
        (pl.col("initiator") == initiator) & (pl.col("outcome") == outcome) & pl.col("at_risk") & is_group().not_()
    ).join(numbers, on=KEY)
    everything = here.select("gesture_id", pl.lit("all").alias("dimension"), pl.lit("all").alias("value"))
    asked = pl.concat([
        everything,
        dimensions.select("gesture_id", "dimension", "value")
        .filter((pl.col("dimension") != "all") & (pl.col("dimension") != "grade") & pl.col("value").is_not_null())
        .join(everything.select("gesture_id"), on="gesture_id", how="semi"),
    ])  # fmt: skip
    rows = _rows(of, expected(of, horizons, turn_gap), _times(here, weak=False), asked, horizons)
    across = everything.with_columns(pl.lit("grade").alias("dimension"), pl.lit("D").alias("value"))
    terms = across_lanes(of, horizons, turn_gap, window_contact)
    return rows + _rows(of, terms, _times(here, weak=True), across, horizons)
