"""Which value of which dimension a gesture has (ruling 15), and the samples that the rates are computed from.

Entry points:
    assign(gestures, ...): gestures with one column `dim_<dimension>` each.
    samples(assigned, variants): one `Sample` for each initiator x outcome x dimension x value, in sorted order.

Dimensions made from gestures alone: all, platform, class, month, hour, visibility (`partial`), grade (`D`). With frames
of other rooms: tier, level (by the month before), craft, tone. As whole other runs of the matcher (`variants`):
exclusions (`none`), turn_gap (1h, 6h, 24h).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.matching.filters import WORDLESS_CLASSES
from pipeline.measures.survival import Ints

HOUR_S: Final = 3600
PREFIX: Final = "dim_"
HEADLINE_GRADES: Final = ("A", "B", "C")
Variants = Mapping[tuple[str, str], pl.DataFrame]
"""(dimension, value) -> gestures of another run of the matcher, e.g. ("exclusions", "none"), ("turn_gap", "24h")."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The gestures of one cell, by rising time."""

    initiator: str
    outcome: str
    dimension: str
    value: str
    times: Ints
    """Microseconds until the answer, the follow-up or the end of coverage, whichever the kind says."""
    kinds: Ints
    """1 answered, 2 superseded, 0 censored."""
    follow_up: Ints
    """Microseconds until the end of coverage."""
    contacts: Ints
    """Number of the contact, 0 … below `contact_count`."""
    contact_count: int
    coarse: NDArray[np.bool_]
    """Written in days (an hour or wider): no lag finer than that is known."""
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The cell: initiator, outcome, dimension, value."""
        return self.initiator, self.outcome, self.dimension, self.value


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
        tiers: `contact_id`, `month` (YYYY-MM), `tier` at the end of that month.
        levels: the same with `level`.
        labels: dimension (`craft`, `tone`) -> `gesture_id`, `value`; `tone` counts for initiator `them` only.
    """
    local = pl.from_epoch("started_at", time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone)
    frame = gestures.with_columns(
        pl.lit("all").alias(f"{PREFIX}all"),
        pl.col("platform").alias(f"{PREFIX}platform"),
        pl.col("class").alias(f"{PREFIX}class"),
        local.dt.strftime("%Y-%m").alias(f"{PREFIX}month"),
        local.dt.offset_by("-1mo").dt.strftime("%Y-%m").alias("_before")
        if time_zone == "UTC"
        else local.dt.replace_time_zone(None).dt.offset_by("-1mo").dt.strftime("%Y-%m").alias("_before"),
        pl.when(pl.col("resolution_s") < HOUR_S).then(local.dt.strftime("%H")).alias(f"{PREFIX}hour"),
    )
    if zone_assumed is not None and len(zone_assumed):
        unknown = pl.col("first_interaction_id").is_in(zone_assumed.to_list())
        frame = frame.with_columns(pl.when(~unknown).then(f"{PREFIX}hour").alias(f"{PREFIX}hour"))
    for name, table in (("tier", tiers), ("level", levels)):
        if table is not None:
            known = table.select("contact_id", pl.col("month").alias("_before"), pl.col(name).alias(PREFIX + name))
            frame = frame.join(known.unique(["contact_id", "_before"]), on=["contact_id", "_before"], how="left")
    for name, table in (labels or {}).items():
        known = table.select("gesture_id", pl.col("value").alias(PREFIX + name)).unique("gesture_id")
        frame = frame.join(known, on="gesture_id", how="left")
        if name == "tone":
            theirs = pl.when(pl.col("initiator") == "them").then(PREFIX + name)
            frame = frame.with_columns(theirs.alias(PREFIX + name))
    return frame.drop("_before").sort("initiator", "outcome", "gesture_id")


def samples(assigned: pl.DataFrame, variants: Variants | None = None) -> Iterator[Sample]:
    """Yield every cell that has a gesture at risk, sorted by initiator, outcome, dimension and value.

    Args:
        assigned: from `assign`.
        variants: other runs of the matcher, each one value of its dimension.
    """
    groups = assigned.partition_by("initiator", "outcome", as_dict=True)
    other = {key: frame.partition_by("initiator", "outcome", as_dict=True) for key, frame in (variants or {}).items()}
    for analysis in sorted({*groups, *(key for parts in other.values() for key in parts)}):
        initiator, outcome = (str(part) for part in analysis)
        made: list[Sample] = []
        if analysis in groups:
            made += _of_run(groups[analysis], initiator, outcome)
        for (dimension, value), parts in other.items():
            if analysis in parts:
                at_risk = parts[analysis].filter("at_risk").with_columns(pl.lit(value).alias("_value"))
                made += _cells(at_risk, initiator, outcome, {dimension: "_value"})
        yield from sorted(made, key=lambda sample: sample.key)


def _of_run(part: pl.DataFrame, initiator: str, outcome: str) -> list[Sample]:
    at_risk = part.filter("at_risk")
    columns = {name.removeprefix(PREFIX): name for name in part.columns if name.startswith(PREFIX)}
    made = _cells(at_risk, initiator, outcome, columns)
    weak = at_risk.with_columns(pl.lit("D").alias("_value"))
    made += _cells(weak, initiator, outcome, {"grade": "_value"}, counted=("D",))
    seen_in_part = (pl.col("off_risk_reason") == "partial") & (pl.col("censored_after_us") > 0)
    if outcome == "worded":
        seen_in_part &= ~pl.col("class").is_in(list(WORDLESS_CLASSES))
    partial = part.filter(seen_in_part).with_columns(pl.lit("partial").alias("_value"))
    return made + _cells(partial, initiator, outcome, {"visibility": "_value"}, notes=("lower_bound",))


def _cells(
    frame: pl.DataFrame,
    initiator: str,
    outcome: str,
    columns: Mapping[str, str],
    *,
    counted: tuple[str, ...] = HEADLINE_GRADES,
    notes: tuple[str, ...] = (),
) -> list[Sample]:
    """Cut gestures into cells, one dimension after the other; time is sorted once for all of them."""
    if frame.is_empty():
        return []
    grade = pl.col("grade")
    end = pl.col("censored_after_us")
    answered = (pl.col("status") == "answered") & grade.is_in(list(counted))
    # an answer of a grade that isn't counted here ends the wait only where it is the certain one (dimension grade)
    otherwise = (pl.col("status") == "answered") & grade.is_in(list(HEADLINE_GRADES)) & ~answered
    follow = pl.col("superseded_after_us").is_not_null() & (pl.col("superseded_after_us") <= end)
    frame = frame.with_columns(
        pl.when(answered | otherwise)
        .then("lag_us")
        .when(follow)
        .then("superseded_after_us")
        .otherwise(end)
        .alias("_time"),
        pl.when(answered).then(1).when(otherwise | follow).then(2).otherwise(0).cast(pl.Int64).alias("_kind"),
        pl.col("contact_id").rank("dense").cast(pl.Int64).alias("_contact"),
    )
    order = np.argsort(frame["_time"].to_numpy(), kind="stable")
    times, kinds, ends, contacts = (
        frame[name].to_numpy()[order] for name in ("_time", "_kind", "censored_after_us", "_contact")
    )
    coarse = (frame["resolution_s"] >= HOUR_S).to_numpy()[order]
    made: list[Sample] = []
    for dimension, column in columns.items():
        codes = frame[column].rank("dense").fill_null(0).cast(pl.Int64).to_numpy()[order]
        values = frame[column].drop_nulls().unique().sort().to_list()
        by_value = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[by_value], np.arange(1, len(values) + 2))
        for value, begin, stop in zip(values, bounds[:-1], bounds[1:], strict=True):
            rows = by_value[begin:stop]
            people, numbers = np.unique(contacts[rows], return_inverse=True)
            made.append(
                Sample(
                    initiator, outcome, dimension, value, times[rows], kinds[rows], ends[rows], numbers, len(people),
                    coarse[rows], notes,
                )
            )  # fmt: skip
    return made
