"""Working table `gesture_dimensions`: the value of each gesture in each dimension.

`samples` adds the dimensions that are not a value of each gesture: `all`, `visibility`, `grade`, `certainty`, and the other
runs of the matcher, `exclusions` and `turn_gap`.
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
"""Columns of GESTURES that are kept beside the dimensions."""
READ: Final = (*KEPT, "started_at", "platform")
"""Columns of GESTURES that `assign` needs."""
FIRST: Final = "first_interaction_id"
"""A further one, needed if time zones are assumed; `gesture_id` is needed if there are labels."""
CHOSEN_BY: Final = {"initiator": pl.Enum(INITIATORS), "outcome": pl.Enum(sorted(OUTCOMES))}
"""Enums of the columns that select an analysis, with all values: filters on a file need values that its Enum contains."""
NAMED: Final = ("class", "grade", "off_risk_reason", "platform")
HOURS_OF_WEEK: Final = tuple(
    f"{day} {hour:02d}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") for hour in range(24)
)
OF_LAGS_ONLY: Final = frozenset({"hour_of_week"})
"""Dimensions of `lag_quantiles` only: 168 groups are too many for rates."""
_MONTHS: Final = 120_000
"""More than the number of any month of a year with four digits."""


def assign(
    gestures: pl.DataFrame,
    *,
    time_zone: str = "UTC",
    zone_assumed: pl.Series | None = None,
    tiers: pl.DataFrame | None = None,
    levels: pl.DataFrame | None = None,
    labels: Mapping[str, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """Assign each gesture its value in each dimension; null: none.

    Args:
        gestures: READ, and FIRST or gesture_id where needed.
        time_zone: IANA zone of months and hours.
        zone_assumed: first_interaction_ids whose time zone is only assumed; they get no hour.
        tiers: `contact_id`, `month` (year * 12 + month - 1), `tier` from the end of that month on (null: always, unknown before
            the first); without `month`: at any time.
        levels: `contact_id`, `month` (YYYY-MM), `level` at the end of that month; a contact without a row is a stranger.
        labels: dimension (`asked`, `tone`) -> `gesture_id`, `value`.

    Returns:
        KEPT and a column `dim_<dimension>` for each dimension, in the order of `gestures`; names as Enums. Tier and level
        are those of the end of the month before the gesture.

    Source: methods:dimensions, methods:tier-history.
    """
    ids = [*([FIRST] if zone_assumed is not None and len(zone_assumed) else []), *(["gesture_id"] if labels else [])]
    # the zone is applied once: month and hour are read from the local time
    local = pl.from_epoch("started_at", time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone)
    frame = gestures.select(*READ, *ids, local.dt.replace_time_zone(None).alias("_local")).with_columns(
        *(pl.col(name).cast(kind) for name, kind in CHOSEN_BY.items()),
        *_enums(gestures, NAMED),
        as_enum(gestures["contact_id"]),
        (pl.col("_local").dt.year() * 12 + pl.col("_local").dt.month().cast(pl.Int32) - 1).alias("_month"),
    )
    hour = pl.col("_local").dt.hour().cast(pl.UInt32).cat.to(pl.Enum([f"{k:02d}" for k in range(24)]))
    of_week = (pl.col("_local").dt.weekday().cast(pl.UInt32) - 1) * 24 + pl.col("_local").dt.hour().cast(pl.UInt32)
    hour_known = pl.col("resolution_s") < COARSE_S
    if zone_assumed is not None and FIRST in ids:
        hour_known &= ~pl.col(FIRST).is_in(zone_assumed.to_list())
    frame = frame.with_columns(
        *(pl.col(name).alias(PREFIX + name) for name in ("platform", "class")),
        _months(frame["_month"]).alias(f"{PREFIX}month"),
        pl.when(hour_known).then(hour).alias(f"{PREFIX}hour"),
        pl.when(hour_known).then(of_week.cat.to(pl.Enum(HOURS_OF_WEEK))).alias(f"{PREFIX}hour_of_week"),
    )
    if tiers is not None:
        known = tiers.with_columns(pl.col("tier").cast(pl.Enum(sorted(TIERS))))
        frame = frame.with_columns(_month_before(frame, known, "tier").fill_null("unknown"))
    if levels is not None:
        known = levels.with_columns(pl.col("level").cast(pl.Enum(sorted(LEVELS))))
        frame = frame.with_columns(_month_before(frame, known, "level").fill_null(LEVELS[0]))
    for name, table in (labels or {}).items():
        known = table.select("gesture_id", _enum(table["value"]).alias(PREFIX + name))
        frame = frame.join(known, on="gesture_id", how="left", validate="m:1", maintain_order="left")
    return frame.drop("_local", "_month", *ids, "started_at", "platform")


def _enums(frame: pl.DataFrame, names: Sequence[str]) -> list[pl.Expr]:
    """Convert several columns as `_enum` does, concurrently."""
    values = frame.select(pl.col(name).unique().drop_nulls().cast(pl.String).sort().implode() for name in names)
    return [pl.col(name).cast(pl.Enum(values[name].item())) for name in names]


def _enum(names: pl.Series) -> pl.Series:
    """Convert names to an Enum with sorted values, which costs as little as numbers."""
    return names.cast(pl.Enum(names.unique().drop_nulls().cast(pl.String).sort()))


def _month_before(gestures: pl.DataFrame, table: pl.DataFrame, value: str) -> pl.Series:
    """Look up the value of each gesture's contact at the end of the month before, as `dim_<value>`; null: unknown.

    A row of a table without `month` is valid at any time. If months are numbers, a row is valid until the contact's next.
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
    """Convert month numbers to an Enum of YYYY-MM."""
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
