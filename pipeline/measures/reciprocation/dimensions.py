"""Which value of which dimension a gesture has (ruling 15).

Entry point: assign(gestures, ...): gestures with one column `dim_<dimension>` each; `cells.samples` cuts them.

Dimensions made from gestures alone: platform, class, month, hour, hour_of_week (of lags only). With frames of other rooms: tier, level (by the month
before), craft, tone. The cells add all, visibility (`partial`), grade (`D`), certainty (`strict`: answers whose order is
uncertain are dropped, METHODS 1.2 R2), and whole other runs of the matcher: exclusions (`none`), turn_gap (1h, 6h, 24h).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.encoding import as_enum
from pipeline.measures.reciprocation import cohorts
from pipeline.model.codes import INITIATORS, LEVELS, OUTCOMES, TIERS
from pipeline.model.thresholds import COARSE_S

PREFIX: Final = "dim_"
KEPT: Final = ("initiator", "outcome", *cohorts.READ)
"""Columns of GESTURES that stay beside the dimensions."""
READ: Final = (*KEPT, "started_at", "platform")
"""Columns of GESTURES that `assign` always looks at."""
FIRST: Final = "first_interaction_id"
"""And this one where time zones are assumed; `gesture_id` where there are labels."""
CHOSEN_BY: Final = {"initiator": pl.Enum(INITIATORS), "outcome": pl.Enum(sorted(OUTCOMES))}
"""Names that analyses are chosen by, whether or not any gesture has them: a file is asked for a name that its Enum must know."""
NAMED: Final = ("class", "grade", "off_risk_reason", "platform")
HOURS_OF_WEEK: Final = tuple(
    f"{day} {hour:02d}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") for hour in range(24)
)
OF_LAGS_ONLY: Final = frozenset({"hour_of_week"})
"""Dimensions of `lag_quantiles` alone (METHODS 3: what is sent at night waits for the morning): 168 rates would say little each."""
_MONTHS: Final = 120_000
"""More than the months of the years that are written with four digits."""


def assign(
    gestures: pl.DataFrame,
    *,
    time_zone: str = "UTC",
    zone_assumed: pl.Series | None = None,
    tiers: pl.DataFrame | None = None,
    levels: pl.DataFrame | None = None,
    labels: Mapping[str, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """Give every gesture its value in each dimension (null: none).

    Args:
        gestures: schema GESTURES.
        time_zone: IANA zone of months and hours.
        zone_assumed: first_interaction_ids whose time zone is only assumed and wasn't set by the owner: no hour is
            given for them.
        tiers: `contact_id`, `month` (year * 12 + month - 1), `tier` from the end of that month on (null: always, unknown before
            the first); without `month`: at any time.
        levels: `contact_id`, `month` (YYYY-MM), `level` at the end of that month; who has no row yet is a stranger.
        labels: dimension (`craft`, `tone`) -> `gesture_id`, `value`; `tone` counts for initiator `them` only.

    Returns:
        KEPT columns and one column a dimension, in the order of `gestures`; names as Enums.
    """
    ids = [*([FIRST] if zone_assumed is not None and len(zone_assumed) else []), *(["gesture_id"] if labels else [])]
    # the zone is looked up once: month and hour are read from the time of day there
    local = pl.from_epoch("started_at", time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone)
    frame = gestures.select(*READ, *ids, local.dt.replace_time_zone(None).alias("_local")).with_columns(
        *(pl.col(name).cast(kind) for name, kind in CHOSEN_BY.items()),
        *_enums(gestures, NAMED),
        as_enum(gestures["contact_id"]),
        (pl.col("_local").dt.year() * 12 + pl.col("_local").dt.month().cast(pl.Int32) - 1).alias("_month"),
    )
    hour = pl.col("_local").dt.hour().cast(pl.UInt32).cat.to(pl.Enum([f"{k:02d}" for k in range(24)]))
    of_week = (pl.col("_local").dt.weekday().cast(pl.UInt32) - 1) * 24 + pl.col("_local").dt.hour().cast(pl.UInt32)
    told = pl.col("resolution_s") < COARSE_S
    if zone_assumed is not None and FIRST in ids:
        told &= ~pl.col(FIRST).is_in(zone_assumed.to_list())
    frame = frame.with_columns(
        *(pl.col(name).alias(PREFIX + name) for name in ("platform", "class")),
        _months(frame["_month"]).alias(f"{PREFIX}month"),
        pl.when(told).then(hour).alias(f"{PREFIX}hour"),
        pl.when(told).then(of_week.cat.to(pl.Enum(HOURS_OF_WEEK))).alias(f"{PREFIX}hour_of_week"),
    )
    if tiers is not None:
        known = tiers.with_columns(pl.col("tier").cast(pl.Enum(sorted(TIERS))))
        frame = frame.with_columns(_held(frame, known, "tier").fill_null("unknown"))
    if levels is not None:
        known = levels.with_columns(pl.col("level").cast(pl.Enum(sorted(LEVELS))))
        frame = frame.with_columns(_held(frame, known, "level").fill_null(LEVELS[0]))
    for name, table in (labels or {}).items():
        known = table.select("gesture_id", _enum(table["value"]).alias(PREFIX + name))
        frame = frame.join(known, on="gesture_id", how="left", validate="m:1", maintain_order="left")
        if name == "tone":
            theirs = pl.when(pl.col("initiator") == "them").then(PREFIX + name)
            frame = frame.with_columns(theirs.alias(PREFIX + name))
    return frame.drop("_local", "_month", *ids, "started_at", "platform")


def _enums(frame: pl.DataFrame, names: Sequence[str]) -> list[pl.Expr]:
    """Do what `_enum` does, with several columns at the same time."""
    values = frame.select(pl.col(name).unique().drop_nulls().cast(pl.String).sort().implode() for name in names)
    return [pl.col(name).cast(pl.Enum(values[name].item())) for name in names]


def _enum(names: pl.Series) -> pl.Series:
    """Write names as an Enum whose values run in their own order: it costs what numbers cost."""
    return names.cast(pl.Enum(names.unique().drop_nulls().cast(pl.String).sort()))


def _held(gestures: pl.DataFrame, table: pl.DataFrame, value: str) -> pl.Series:
    """Return what each gesture's contact was at the end of the month before (null: nothing is known), as `dim_<value>`.

    A table without `month` holds at any time; where months are numbers, a row holds until the contact's next one.
    """
    lasting = table.schema.get("month") == pl.Int64
    who = pl.col("contact_id").cast(gestures.schema["contact_id"], strict=False).to_physical().cast(pl.Int64) * _MONTHS
    key, asked = who, who
    if lasting:
        key, asked = who + (pl.col("month") + 1).fill_null(0), who + pl.col("_month")
    elif "month" in table.columns:
        after = {month: int(month[:4]) * 12 + int(month[5:]) for month in table["month"].unique().drop_nulls()}
        # an empty mapping would leave months as text
        key = who + (pl.col("month").replace_strict(after, return_dtype=pl.Int64) if after else None)
        asked = who + pl.col("_month")
    known = table.select(key.alias("key"), pl.col(value).alias(PREFIX + value)).drop_nulls("key")
    known = known if known["key"].is_sorted() else known.sort("key")
    keys, these = known["key"].to_numpy(), gestures.select(asked).to_series().to_numpy()
    if lasting:
        place = np.searchsorted(keys, these, side="right") - 1
        same = np.append(keys, -1)[place] // _MONTHS == these // _MONTHS
    else:
        place = np.searchsorted(keys, these)
        same = np.append(keys, -1)[place] == these
    rows = pl.select(pl.when(pl.Series(same)).then(pl.Series(place))).to_series()
    return known[PREFIX + value].gather(rows)


def _months(months: pl.Series) -> pl.Series:
    """Turn month numbers (year x 12 + month - 1) into an Enum of YYYY-MM."""
    if months.is_empty():
        return months.cast(pl.String).cast(pl.Enum([]))
    first, last = (int(end) for end in (months.min(), months.max()))  # type: ignore[arg-type]  # whole numbers, none missing
    names = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
    return (months - first).cast(pl.UInt32).cat.to(pl.Enum(names))


def zone_assumed(interactions: pl.LazyFrame) -> pl.Series:
    """Return the interaction_ids of interactions whose time zone is only assumed.

    Args:
        interactions: interaction_id, zone_assumed.
    """
    return interactions.filter("zone_assumed").select("interaction_id").collect().to_series()
