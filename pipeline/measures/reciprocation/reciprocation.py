"""Table `reciprocation`: the share of gestures answered within 1, 7 and 14 days, in each group.

Codes in `note`, joined by `; `:
    beyond_window, too_recent, fewer_than_10_at_risk: why no share is shown.
    fewer_than_10_contacts: no interval.
    lower_bound: answers could be seen in part only.
    design_effect: over 1.5, as gestures to one contact are answered alike.
    follow_ups_matter: 1 - KM is more than 2 points away.
    chance_upper_bound and others: from the frame of chance.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.reciprocation.samples import Sample
from pipeline.measures.reciprocation.shares import LAG_GRID, Shares
from pipeline.measures.tables import table_schema
from pipeline.model.durations import DAY
from pipeline.model.thresholds import HORIZON_DAYS
from pipeline.statistics.aalen_johansen import EVENT
from pipeline.statistics.intervals import MINIMUM_CLUSTERS, design_effect
from pipeline.statistics.kaplan_meier import KaplanMeier

KEY: Final = ("initiator", "outcome", "dimension", "value", "horizon_days")
CHANCE: Final = ("answered_share_adjacent", "chance_share", "chance_share_simulated", "p_value", "lift", "kappa")
"""Columns that the frame of chance fills."""
NOTABLE_DESIGN_EFFECT: Final = 1.5
NOTABLE_DIFFERENCE: Final = 0.02
"""Of 1 - KM from the answered share."""


def reciprocation_rows(sample: Sample, found: Shares, km: KaplanMeier) -> list[dict[str, object]]:
    """Compute the rows of one group, without the columns of chance.

    Args:
        sample: the group's gestures.
        found: its answered shares at LAG_GRID, which contains the horizons.
        km: Kaplan-Meier estimate of all of its lags.

    Returns:
        A row for each horizon, as column -> value; columns that do not apply are left out.

    Source: methods:answered-share, methods:naive-share, methods:mature-share, methods:one-minus-km, methods:design-effect,
    methods:small-samples.
    """
    return [_row(sample, found, days, 1 - float(km.at(np.array([days * DAY]))[0])) for days in HORIZON_DAYS]


def _row(sample: Sample, found: Shares, days: int, one_minus_km: float) -> dict[str, object]:
    lag, size = days * DAY, len(sample.times)
    at = int(np.searchsorted(LAG_GRID, lag))
    hidden = found.hidden[at]
    row: dict[str, object] = sample.group | {
        "horizon_days": days,
        "gestures": size,
        "contacts": sample.contact_count,
        "shown": hidden is None,
    }
    if hidden is not None:
        return row | {"note": "; ".join([*sample.notes, hidden])}
    share = float(found.shares[at])
    effect = design_effect(share, float(found.variances[at]), size)
    in_time = (sample.kinds == EVENT) & (sample.times <= lag)
    mature = sample.follow_up >= lag
    low, high = found.intervals[at] or (None, None)
    conditions = {
        "fewer_than_10_contacts": sample.contact_count < MINIMUM_CLUSTERS,
        "design_effect": effect is not None and effect > NOTABLE_DESIGN_EFFECT,
        "follow_ups_matter": one_minus_km - share > NOTABLE_DIFFERENCE,
    }
    notes = [*sample.notes, *(note for note, applies in conditions.items() if applies)]
    return row | {
        "answered_share": share,
        "low": low,
        "high": high,
        "naive_share": int(in_time.sum()) / size,
        "mature_share": int((in_time & mature).sum()) / int(mature.sum()),
        "one_minus_km": one_minus_km,
        "design_effect": effect,
        "note": "; ".join(notes) or None,
    }


def with_chance(rates: pl.DataFrame, chance: pl.DataFrame | None) -> pl.DataFrame:
    """Fill the columns of chance, where a share is shown.

    Args:
        rates: KEY, shown, note.
        chance: KEY and any of CHANCE, optionally `chance_note`, which is appended to the note; None: unknown.

    Source: methods:chance, methods:lift-and-kappa.
    """
    schema = table_schema("reciprocation")
    if chance is None:
        return rates.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in CHANCE)
    given = chance.with_columns(
        pl.lit(None, dtype=schema.get(name, pl.String)).alias(name)
        for name in (*CHANCE, "chance_note")
        if name not in chance.columns
    ).select(*(pl.col(name).cast(schema[name]) for name in (*KEY, *CHANCE)), "chance_note")
    joined = rates.join(given, on=list(KEY), how="left", validate="1:1").with_columns(
        # gestures that are too few for a share are too few to compare with chance
        pl.when("shown").then(pl.col(name)).alias(name)
        for name in (*CHANCE, "chance_note")
    )
    note = pl.concat_str("note", "chance_note", separator="; ", ignore_nulls=True)
    return joined.with_columns(pl.when(note != "").then(note).alias("note"))
