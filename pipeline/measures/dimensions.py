"""Which value of which dimension a gesture has (ruling 15).

Entry point: assign(gestures, ...): gestures with one column `dim_<dimension>` each; `cells.samples` cuts them.

Dimensions made from gestures alone: platform, class, month, hour. With frames of other rooms: tier, level (by the month
before), craft, tone. The cells add all, visibility (`partial`), grade (`D`), certainty (`strict`: answers whose order is
uncertain are dropped, METHODS 1.2 R2), and whole other runs of the matcher: exclusions (`none`), turn_gap (1h, 6h, 24h).
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.measures import cohorts
from pipeline.measures.cohorts import HOUR_S
from pipeline.measures.stages import LEVELS

PREFIX: Final = "dim_"
KEPT: Final = ("initiator", "outcome", *cohorts.READ)
"""Columns of GESTURES that stay beside the dimensions."""
READ: Final = (*KEPT, "started_at", "platform")
"""Columns of GESTURES that `assign` always looks at."""
FIRST: Final = "first_interaction_id"
"""And this one where time zones are assumed; `gesture_id` where there are labels."""
CHOSEN_BY: Final = {"initiator": pl.Enum(["me", "them"]), "outcome": pl.Enum(["any", "worded"])}
"""Names that analyses are chosen by, whether or not any gesture has them: a file is asked for a name that its Enum must know."""
NAMED: Final = ("initiator", "outcome", "contact_id", "class", "grade", "off_risk_reason", "platform")


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
        tiers: `contact_id`, `month` (YYYY-MM), `tier` at the end of that month; without `month`: at any time.
        levels: the same with `level`; who has no row yet is a stranger.
        labels: dimension (`craft`, `tone`) -> `gesture_id`, `value`; `tone` counts for initiator `them` only.

    Returns:
        KEPT columns and one column a dimension, in the order of `gestures`; names as Enums.
    """
    local = pl.from_epoch("started_at", time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone)
    ids = [*([FIRST] if zone_assumed is not None and len(zone_assumed) else []), *(["gesture_id"] if labels else [])]
    frame = gestures.select(*READ, *ids).with_columns(
        gestures[name].cast(CHOSEN_BY[name]) if name in CHOSEN_BY else _enum(gestures[name]) for name in NAMED
    )
    frame = frame.with_columns(
        (local.dt.year().cast(pl.Int32) * 12 + local.dt.month().cast(pl.Int32) - 1).alias("_month"),
        pl.col("platform").alias(f"{PREFIX}platform"),
        pl.col("class").alias(f"{PREFIX}class"),
    )
    hour = local.dt.hour().cast(pl.UInt32).cat.to(pl.Enum([f"{k:02d}" for k in range(24)]))
    told = pl.col("resolution_s") < HOUR_S
    if zone_assumed is not None and FIRST in ids:
        told &= ~pl.col(FIRST).is_in(zone_assumed.to_list())
    frame = frame.with_columns(
        _months(frame["_month"]).alias(f"{PREFIX}month"), pl.when(told).then(hour).alias(f"{PREFIX}hour")
    )
    for name, table in (("tier", tiers), ("level", levels)):
        if table is not None:
            known = _by_month(table, frame.schema["contact_id"], name)
            keys = [column for column in known.columns if column != PREFIX + name]
            frame = frame.join(known, on=keys, how="left", validate="m:1", maintain_order="left")
    if levels is not None:
        level = pl.col(f"{PREFIX}level").cast(pl.String).fill_null(LEVELS[0]).cast(pl.Enum(sorted(LEVELS)))
        frame = frame.with_columns(level)
    for name, table in (labels or {}).items():
        known = table.select("gesture_id", _enum(table["value"]).alias(PREFIX + name))
        frame = frame.join(known, on="gesture_id", how="left", validate="m:1", maintain_order="left")
        if name == "tone":
            theirs = pl.when(pl.col("initiator") == "them").then(PREFIX + name)
            frame = frame.with_columns(theirs.alias(PREFIX + name))
    return frame.drop("_month", *ids, "started_at", "platform")


def _enum(names: pl.Series) -> pl.Series:
    """Write names as an Enum whose values run in their own order: it costs what numbers cost."""
    return names.cast(pl.Enum(names.unique().drop_nulls().cast(pl.String).sort()))


def _by_month(table: pl.DataFrame, contacts: pl.DataType, name: str) -> pl.DataFrame:
    """Return contact_id, `_month` (the one after that at whose end the value held; absent: any) and `dim_<name>`."""
    known = table.select(
        pl.col("contact_id").cast(contacts, strict=False),
        *(pl.col("month").alias("_month") for _ in ("month",) if "month" in table.columns),
        _enum(table[name]).alias(PREFIX + name),
    ).drop_nulls("contact_id")
    if "_month" not in known.columns:
        return known.unique("contact_id")
    months = known["_month"].unique().drop_nulls().to_list()
    after = {month: int(month[:4]) * 12 + int(month[5:]) for month in months}
    number = pl.col("_month").replace_strict(after, return_dtype=pl.Int32) if after else pl.col("_month").cast(pl.Int32)
    return known.with_columns(number).unique(["contact_id", "_month"])  # an empty mapping would leave months as text


def _months(months: pl.Series) -> pl.Series:
    """Turn month numbers (year x 12 + month - 1) into an Enum of YYYY-MM."""
    if months.is_empty():
        return months.cast(pl.String).cast(pl.Enum([]))
    first, last = (int(end) for end in (months.min(), months.max()))  # type: ignore[arg-type]  # whole numbers, none missing
    names = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
    return (months - first).cast(pl.UInt32).cat.to(pl.Enum(names))
