"""What the measures of people share: turns on a contact's timeline, exchanges, months in the owner's zone, words.

Frames in, frames out. `gestures` is `schemas.GESTURES`; times are microseconds UTC. METHODS 6 and its Rulings 16 and 12.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import polars as pl

from pipeline.statistics.rounding import significant

SECOND: Final = 1_000_000
HOUR: Final = 3_600 * SECOND
DAY: Final = 24 * HOUR
HEADLINE_GRADES: Final = ("A", "B", "C")

GESTURES_READ: Final = (
    "initiator", "outcome", "contact_id", "class", "is_group", "started_at", "last_at", "status", "grade",
    "lag_us", "at_risk", "off_risk_reason", "place",
)  # fmt: skip
"""Columns of GESTURES that turns and exchanges are made from."""

Schema = Mapping[str, pl.DataType | type[pl.DataType]]


def answered() -> pl.Expr:
    """Say whether a gesture has a headline answer: grades A, B, C (Ruling 6)."""
    return (pl.col("status") == "answered") & pl.col("grade").is_in(HEADLINE_GRADES).fill_null(value=False)


def seen() -> pl.Expr:
    """Say whether an answer to a gesture would be known: at risk, or made when the archive ended."""
    return (pl.col("at_risk") | (pl.col("off_risk_reason") == "no_follow_up")).fill_null(value=False)


def is_group() -> pl.Expr:
    """Read the group flag, unknown counting as direct."""
    return pl.col("is_group").fill_null(value=False)


def local(at: pl.Expr, zone: str) -> pl.Expr:
    """Turn microseconds UTC into the owner's local time."""
    return pl.from_epoch(at, time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone)


def day_number(at: pl.Expr, zone: str) -> pl.Expr:
    """Number the owner's local days since 1970."""
    return local(at, zone).dt.date().cast(pl.Int32).cast(pl.Int64)


def month_number(at: pl.Expr, zone: str) -> pl.Expr:
    """Number the owner's local months: year * 12 + month - 1, so that months can be counted through."""
    moment = local(at, zone)
    return moment.dt.year().cast(pl.Int64) * 12 + moment.dt.month().cast(pl.Int64) - 1


def month_name(number: pl.Expr) -> pl.Expr:
    """Write a month's number as YYYY-MM."""
    return pl.format(
        "{}-{}", (number // 12).cast(pl.String).str.zfill(4), (number % 12 + 1).cast(pl.String).str.zfill(2)
    )


def month_end(number: pl.Expr, zone: str) -> pl.Expr:
    """Find a month's last microsecond in the owner's zone, as microseconds UTC."""
    after = number + 1
    start = pl.datetime(after // 12, after % 12 + 1, 1).dt.replace_time_zone(
        zone, ambiguous="earliest", non_existent="null"
    )
    # a zone may skip midnight of the first of a month: then the month ends an hour later
    skipped = pl.datetime(after // 12, after % 12 + 1, 1, 1).dt.replace_time_zone(zone, ambiguous="earliest")
    return pl.coalesce(start, skipped).dt.convert_time_zone("UTC").dt.epoch("us") - 1


def words(text: pl.Expr) -> pl.Expr:
    """Count the words of a text: runs without white space; no text, no words."""
    # their ends are found quicker than their whole length
    return text.str.count_matches(r"\S(?:\s|$)").fill_null(0).cast(pl.Int64)


def turns(gestures: pl.DataFrame, outcome: str) -> pl.DataFrame:
    """Merge the lane turns of both sides into each contact's timeline (METHODS 6: global order = R2 with a = out).

    Returns:
        contact_id, mine, at, last_at, class, is_group, answered (headline), seen, `place` (order in the
        contact's timeline, from 0), sorted by contact_id and place.
    """
    found = (
        gestures.filter(pl.col("outcome") == outcome)
        .select(
            "contact_id",
            (pl.col("initiator") == "me").alias("mine"),
            pl.col("started_at").alias("at"),
            "last_at",
            "class",
            is_group().alias("is_group"),
            answered().alias("answered"),
            seen().alias("seen"),
            "place",
        )
        .rechunk()
    )
    # places run by contact already where they are the matcher's: numbers sort faster than names
    found = found[np.argsort(found["place"].to_numpy(), kind="stable")]
    if not found["contact_id"].is_sorted():
        found = found.sort("contact_id", "place")
    who = found["contact_id"].rle_id().cast(pl.Int64).to_numpy()
    first = np.flatnonzero(np.diff(who, prepend=-1))
    return found.with_columns(pl.Series("place", np.arange(len(who)) - first[who], dtype=pl.Int64))


def exchanges(gestures: pl.DataFrame, outcome: str = "worded") -> pl.DataFrame:
    """List the exchanges: each answered gesture (A-C) of either side, dated at its answer (Ruling 16).

    Returns:
        contact_id, at, mine (the owner began), private (a direct message); sorted by contact_id, at.
    """
    return (
        gestures.filter((pl.col("outcome") == outcome) & answered())
        .select(
            "contact_id",
            (pl.col("started_at") + pl.col("lag_us")).alias("at"),
            (pl.col("initiator") == "me").alias("mine"),
            ((pl.col("class") == "message") & is_group().not_()).alias("private"),
            "place",
        )
        .sort("contact_id", "at", "place")
        .drop("place")
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """Turns and exchanges of one outcome, all contacts': what most measures of people are made from."""

    turns: pl.DataFrame
    """What `turns` returns."""
    exchanges: pl.DataFrame
    """What `exchanges` returns."""

    @classmethod
    def of(cls, gestures: pl.DataFrame, outcome: str = "worded") -> "Timeline":
        """Make both from `schemas.GESTURES`."""
        return cls(turns(gestures, outcome), exchanges(gestures, outcome))


def silences(of_turns: pl.DataFrame) -> pl.DataFrame:
    """Add `silence_us` before each turn: time since the last event of any earlier turn of the dyad, null at the first.

    Args:
        of_turns: what `turns` returns, or a filtered part of it in its order.
    """
    # in their order they need no sorting back
    earlier = pl.col("last_at").cum_max().shift(1).over("contact_id", mapping_strategy="explode")
    return of_turns.with_columns((pl.col("at") - earlier).clip(lower_bound=0).alias("silence_us"))


def initiations(of_turns: pl.DataFrame, silence_us: int = DAY) -> pl.DataFrame:
    """Pick the turns that begin something: the dyad's first, and each after `silence_us` of silence or more."""
    return silences(of_turns).filter(pl.col("silence_us").is_null() | (pl.col("silence_us") >= silence_us))


def finish(frame: pl.DataFrame, schema: Schema, *by: str) -> pl.DataFrame:
    """Give a frame its final form: the schema's columns and types, rounded (Ruling 18), in a total order.

    Args:
        frame: has at least the schema's columns.
        schema: name -> type of the table.
        by: columns that make a row unique; none where rows are in their order already.
    """
    rounded = [
        significant(pl.col(name).cast(pl.Float64))
        if dtype == pl.Float64
        else pl.col(name).cast(cast("pl.DataType", dtype))
        for name, dtype in schema.items()
    ]
    table = frame.select(rounded)
    return table.sort(*by, nulls_last=True) if by else table
