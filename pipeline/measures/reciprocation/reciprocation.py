"""Table `reciprocation`: the share of gestures answered within 1, 7 and 14 days (METHODS 2.2, 2.3; rulings 7, 8, 9, 14).

Entry point: reciprocation(assigned, variants=..., chance=...), `assigned` from `dimensions.assign`.
Notes are machine words, joined by `; `: beyond_window, too_recent, fewer_than_10_at_risk, fewer_than_10_contacts, lower_bound,
design_effect (over 1.5: gestures to one contact are alike), follow_ups_matter (1 - KM is more than 2 points away),
and what the chance frame adds (chance_upper_bound: of grade D, so that lift and kappa are lower bounds).
"""

from typing import Any, Final

import numpy as np
import polars as pl

from pipeline.measures.reciprocation.cells import Sample, Variants, samples
from pipeline.measures.reciprocation.dimensions import OF_LAGS_ONLY
from pipeline.measures.reciprocation.shares import LAG_GRID, Shares, shares_by
from pipeline.measures.tables import table_schema
from pipeline.model.durations import DAY
from pipeline.model.thresholds import HORIZON_DAYS
from pipeline.statistics.intervals import MINIMUM_CLUSTERS, design_effect
from pipeline.statistics.kaplan_meier import KaplanMeier, kaplan_meier
from pipeline.statistics.rounding import round_significant

KEY: Final = ("initiator", "outcome", "dimension", "value", "horizon_days")
CHANCE: Final = ("answered_share_adjacent", "chance_share", "chance_share_simulated", "p_value", "lift", "kappa")
SCHEMA: Final = table_schema("reciprocation")


def reciprocation(
    assigned: pl.DataFrame | pl.LazyFrame, *, variants: Variants | None = None, chance: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Compute the table.

    Args:
        assigned: gestures with their dimensions.
        variants: other runs of the matcher (dimensions exclusions and turn_gap).
        chance: KEY and any of CHANCE, optionally `chance_note`; joined on where given.

    Returns:
        Frame of SCHEMA, one row for each cell and horizon, sorted by KEY.
    """
    rows: list[dict[str, Any]] = []
    for sample in samples(assigned, variants):
        if sample.dimension in OF_LAGS_ONLY:
            continue
        rows += reciprocation_rows(sample, shares_by(sample, LAG_GRID), kaplan_meier(sample.times, sample.kinds == 1))
    return reciprocation_table(rows, chance)


def reciprocation_table(rows: list[dict[str, Any]], chance: pl.DataFrame | None = None) -> pl.DataFrame:
    """Put rows of `reciprocation_rows` and the figures of chance together."""
    own = [name for name in SCHEMA if name not in CHANCE]
    table = pl.DataFrame(rows, schema={name: SCHEMA[name] for name in own}, orient="row")
    return round_significant(_with_chance(table, chance).select(*SCHEMA).sort(*KEY))


def _with_chance(table: pl.DataFrame, chance: pl.DataFrame | None) -> pl.DataFrame:
    if chance is None:
        return table.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in CHANCE)
    given = chance.with_columns(
        pl.lit(None, dtype=SCHEMA.get(name, pl.String)).alias(name)
        for name in (*CHANCE, "chance_note")
        if name not in chance.columns
    ).select(*(pl.col(name).cast(SCHEMA[name]) for name in (*KEY, *CHANCE)), "chance_note")
    joined = table.join(given, on=list(KEY), how="left", validate="1:1").with_columns(
        # too few gestures for a share are too few to hold against chance (ruling 8)
        pl.when("shown").then(pl.col(name)).alias(name)
        for name in (*CHANCE, "chance_note")
    )
    note = pl.concat_str("note", "chance_note", separator="; ", ignore_nulls=True)
    return joined.with_columns(pl.when(note != "").then(note).alias("note"))


def reciprocation_rows(sample: Sample, found: Shares, km: KaplanMeier) -> list[dict[str, Any]]:
    """Return one row a horizon.

    Args:
        sample: a cell.
        found: the shares by the lags of LAG_GRID, which include the horizons.
        km: the curve of all of its lags.
    """
    lags = np.array([days * DAY for days in HORIZON_DAYS], dtype=np.int64)
    places = np.searchsorted(LAG_GRID, lags).tolist()
    one_minus_km = 1 - km.at(lags)
    size = len(sample.times)
    rows: list[dict[str, Any]] = []
    for k, (days, at) in enumerate(zip(HORIZON_DAYS, places, strict=True)):
        in_time = (sample.kinds == 1) & (sample.times <= lags[k])
        mature = sample.follow_up >= lags[k]
        hidden = found.hidden[at]
        notes = [*sample.notes]
        row: dict[str, Any] = dict.fromkeys(SCHEMA)
        row |= dict(zip(KEY, (*sample.key, days), strict=True))
        row |= {"gestures": size, "contacts": sample.contact_count, "shown": hidden is None}
        if hidden is not None:
            notes.append(hidden)
        else:
            share = float(found.shares[at])
            effect = design_effect(share, float(found.variances[at]), size)
            row |= {
                "answered_share": share,
                "naive_share": int(in_time.sum()) / size,
                "mature_share": int((in_time & mature).sum()) / int(mature.sum()),
                "one_minus_km": float(one_minus_km[k]),
                "design_effect": effect,
            }
            if found.intervals[at] is not None:
                row["low"], row["high"] = found.intervals[at]
            if sample.contact_count < MINIMUM_CLUSTERS:
                notes.append("fewer_than_10_contacts")
            if effect is not None and effect > 1.5:
                notes.append("design_effect")
            if one_minus_km[k] - share > 0.02:
                notes.append("follow_ups_matter")
        row["note"] = "; ".join(notes) or None
        rows.append({name: row[name] for name in SCHEMA if name not in CHANCE})
    return rows
