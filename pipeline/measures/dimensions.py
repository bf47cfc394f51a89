"""Which value of which dimension a gesture has (ruling 15), and the samples that the rates are computed from.

Entry points:
    assign(gestures, ...): gestures with one column `dim_<dimension>` each.
    samples(assigned, variants): one `Sample` for each initiator x outcome x dimension x value, in sorted order.

Dimensions made from gestures alone: all, platform, class, month, hour, visibility (`partial`), grade (`D`), certainty
(`strict`: answers whose order is uncertain are dropped, METHODS 1.2 R2). With frames of other rooms: tier, level (by the
month before), craft, tone. As whole other runs of the matcher (`variants`): exclusions (`none`), turn_gap (1h, 6h, 24h).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.matching.match import ANALYSES, Initiator, Outcome
from pipeline.matching.wordless import WORDLESS_CLASSES
from pipeline.measures.survival import Ints

HOUR_S: Final = 3600
PREFIX: Final = "dim_"
HEADLINE_GRADES: Final = ("A", "B", "C")
NEEDED: Final = (
    "contact_id", "class", "status", "grade", "lag_us", "superseded_after_us", "censored_after_us", "uncertain", "at_risk",
    "off_risk_reason", "resolution_s",
)  # fmt: skip
"""Columns of GESTURES that the cells of one analysis are made from."""
READ: Final = ("initiator", "outcome", *NEEDED, "started_at", "platform", "gesture_id", "first_interaction_id")
"""Columns of GESTURES that `assign` looks at."""
Variants: TypeAlias = (
    Mapping[tuple[str, str], pl.DataFrame]
    | Callable[[Initiator, Outcome, pl.DataFrame], Iterable[tuple[str, str, pl.DataFrame]]]
)
"""Gestures of other runs of the matcher: (dimension, value) -> gestures, e.g. ("turn_gap", "24h"), or what makes dimension,
value and gestures of one analysis from its name and its rows in `assigned`, one after the other."""


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
    frame = gestures.select(READ).with_columns(
        (local.dt.year().cast(pl.Int32) * 12 + local.dt.month().cast(pl.Int32) - 1).alias("_month"),
        pl.lit("all").alias(f"{PREFIX}all"),
        pl.col("platform").alias(f"{PREFIX}platform"),
        pl.col("class").alias(f"{PREFIX}class"),
    )
    hour = local.dt.hour().cast(pl.UInt32).cat.to(pl.Enum([f"{k:02d}" for k in range(24)]))
    told = pl.col("resolution_s") < HOUR_S
    if zone_assumed is not None and len(zone_assumed):
        told &= ~pl.col("first_interaction_id").is_in(zone_assumed.to_list())
    frame = frame.with_columns(
        _months(frame["_month"]).alias(f"{PREFIX}month"), pl.when(told).then(hour).alias(f"{PREFIX}hour")
    )
    for name, table in (("tier", tiers), ("level", levels)):
        if table is not None:
            month = pl.col("month").str.split("-")
            known = table.select(
                "contact_id",
                # the month after the one at whose end the value held
                (month.list.get(0).cast(pl.Int32) * 12 + month.list.get(1).cast(pl.Int32)).alias("_month"),
                pl.col(name).alias(PREFIX + name),
            ).unique(["contact_id", "_month"])
            frame = frame.join(known, on=["contact_id", "_month"], how="left", validate="m:1", maintain_order="left")
    for name, table in (labels or {}).items():
        known = table.select("gesture_id", pl.col("value").alias(PREFIX + name))
        frame = frame.join(known, on="gesture_id", how="left", validate="m:1", maintain_order="left")
        if name == "tone":
            theirs = pl.when(pl.col("initiator") == "them").then(PREFIX + name)
            frame = frame.with_columns(theirs.alias(PREFIX + name))
    return frame.drop("_month", "gesture_id", "first_interaction_id", "started_at", "platform")


def _months(months: pl.Series) -> pl.Series:
    """Turn month numbers (year x 12 + month - 1) into an Enum of YYYY-MM."""
    if months.is_empty():
        return months.cast(pl.String).cast(pl.Enum([]))
    first, last = (int(end) for end in (months.min(), months.max()))  # type: ignore[arg-type]  # whole numbers, none missing
    names = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
    return (months - first).cast(pl.UInt32).cat.to(pl.Enum(names))


def samples(assigned: pl.DataFrame, variants: Variants | None = None) -> Iterator[Sample]:
    """Yield every cell that has a gesture at risk, sorted by initiator, outcome, dimension and value.

    Args:
        assigned: from `assign`.
        variants: other runs of the matcher, each one value of its dimension.
    """
    for initiator, outcome in sorted(ANALYSES):
        chosen = (pl.col("initiator") == initiator) & (pl.col("outcome") == outcome)
        part = assigned.filter(chosen)
        made = _of_run(part, initiator, outcome)
        if variants is None:
            others: Iterable[tuple[str, str, pl.DataFrame]] = ()
        elif isinstance(variants, Mapping):
            others = ((*key, run.filter(chosen)) for key, run in variants.items())
        else:
            others = variants(initiator, outcome, part)
        for dimension, value, run in others:
            at_risk = run.filter("at_risk").with_columns(pl.lit(value).alias("_value"))
            made += _cells(at_risk, initiator, outcome, {dimension: "_value"})
        del part, others
        yield from sorted(made, key=lambda sample: sample.key)


def _of_run(part: pl.DataFrame, initiator: str, outcome: str) -> list[Sample]:
    at_risk = part.filter("at_risk")
    columns = {name.removeprefix(PREFIX): name for name in part.columns if name.startswith(PREFIX)}
    made = _cells(at_risk, initiator, outcome, columns)
    weak = at_risk.with_columns(pl.lit("D").alias("_value"))
    made += _cells(weak, initiator, outcome, {"grade": "_value"}, counted=("D",))
    strict = at_risk.with_columns(
        pl.when(~pl.col("uncertain")).then("grade").alias("grade"), pl.lit("strict").alias("_value")
    )
    made += _cells(strict, initiator, outcome, {"certainty": "_value"})
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
    frame = timed(frame, counted)
    order = np.argsort(frame["_time"].to_numpy(), kind="stable")
    times, kinds, ends, contacts = (
        frame[name].to_numpy()[order] for name in ("_time", "_kind", "censored_after_us", "_contact")
    )
    coarse = (frame["resolution_s"] >= HOUR_S).to_numpy()[order]
    people = int(contacts.max()) + 1
    made: list[Sample] = []
    for dimension, column in columns.items():
        numbers, values = numbered(frame[column])
        codes = numbers.to_numpy()[order]
        by_value = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[by_value], np.arange(len(values) + 1))
        for value, begin, stop in zip(values, bounds[:-1], bounds[1:], strict=True):
            rows = by_value[begin:stop]
            present = np.bincount(contacts[rows], minlength=people) > 0
            place = np.cumsum(present) - 1
            made.append(
                Sample(
                    initiator, outcome, dimension, value, times[rows], kinds[rows], ends[rows],
                    place[contacts[rows]], int(present.sum()), coarse[rows], notes,
                )
            )  # fmt: skip
    return made


def timed(frame: pl.DataFrame, counted: tuple[str, ...] = HEADLINE_GRADES) -> pl.DataFrame:
    """Add what became of gestures at risk: `_time` (µs), `_kind` (1 answered, 2 superseded, 0 censored), `_contact`.

    Args:
        frame: NEEDED columns.
        counted: grades that are an answer here.
    """
    grade = pl.col("grade")
    end = pl.col("censored_after_us")
    answered = (pl.col("status") == "answered") & grade.is_in(list(counted))
    # an answer of a grade that isn't counted here ends the wait only where it is the certain one (dimension grade)
    otherwise = (pl.col("status") == "answered") & grade.is_in(list(HEADLINE_GRADES)) & ~answered
    follow = pl.col("superseded_after_us").is_not_null() & (pl.col("superseded_after_us") <= end)
    return frame.with_columns(
        pl.when(answered | otherwise)
        .then("lag_us")
        .when(follow)
        .then("superseded_after_us")
        .otherwise(end)
        .alias("_time"),
        pl.when(answered).then(1).when(otherwise | follow).then(2).otherwise(0).cast(pl.Int64).alias("_kind"),
        numbered(frame["contact_id"])[0].alias("_contact"),
    )


def numbered(column: pl.Series) -> tuple[pl.Series, list[str]]:
    """Number the values of a text column in their order from 0 (-1: null); also return the values."""
    values = column.drop_nulls().unique().sort().cast(pl.String).to_list()
    return column.cast(pl.String).cast(pl.Enum(values)).to_physical().cast(pl.Int64).fill_null(-1), values
