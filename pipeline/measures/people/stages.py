"""Levels as a step function of time: when the rule of METHODS 6's table first held, and when it held no longer.

Entry point: `stage_changes(timeline, zone, as_of)`. Causal: a change rests on events up to its own date only.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.people.timeline import DAY, Timeline, day_number, initiations, is_group
from pipeline.statistics.arrays import Ints, counts_up_to, stable_order

LEVELS: Final = ("stranger", "one_sided_mine", "one_sided_theirs", "acquaintance", "friend", "close")
"""In rising order (the two one-sided ones are equals)."""
_ACQUAINTANCE, _FRIEND, _CLOSE = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The conventions of METHODS 6; days."""

    window: int = 180
    friend_exchanges: int = 3
    friend_days: int = 3
    friend_span: int = 14
    close_exchanges: int = 10
    close_days: int = 6
    close_span: int = 60
    initiative: float = 0.2
    """Least share of the initiations that each side must have."""


def _grouped(frame: pl.DataFrame, codes: pl.DataFrame) -> tuple[Ints, Ints]:
    coded = frame.join(codes, on="contact_id", how="left", maintain_order="left")
    return coded["code"].to_numpy(), coded["at"].to_numpy()


def _windowed(
    done: pl.DataFrame, begun: pl.DataFrame, codes: pl.DataFrame, zone: str, as_of: int, rule: Thresholds
) -> pl.DataFrame:
    """Judge friend and close at each moment when a window's content changes: an event comes in, or falls out.

    Returns:
        code, at, level (0: neither): the moments at which the level becomes another one.
    """
    window = rule.window * DAY
    who_done, at_done = _grouped(done, codes)
    who_begun, at_begun = _grouped(begun, codes)
    who = np.concatenate([who_done, who_done, who_begun, who_begun])
    at = np.concatenate([at_done, at_done + window, at_begun, at_begun + window])
    early = at <= as_of
    who, at = who[early], at[early]
    order = stable_order(who, at)
    who, at = who[order], at[order]
    new = np.ones(len(who), dtype=np.bool_)
    new[1:] = (who[1:] != who[:-1]) | (at[1:] != at[:-1])
    who, at = who[new], at[new]

    # the window is (t - 180 d, t]
    low, high = counts_up_to(who_done, at_done, who, at - window), counts_up_to(who_done, at_done, who, at)
    count = high - low
    day = done.select(day_number(pl.col("at"), zone)).to_series().to_numpy()
    new_day = np.ones(len(day), dtype=np.int64)
    new_day[1:] = (day[1:] != day[:-1]) | (who_done[1:] != who_done[:-1])
    nth_day = np.concatenate([np.cumsum(new_day), [0]])  # one more, so that an empty window can be looked up
    day = np.concatenate([day, [0]])
    some = count > 0
    days = np.where(some, nth_day[high - 1] - nth_day[np.minimum(low, len(day) - 1)] + 1, 0)
    span = np.where(some, day[high - 1] - day[np.minimum(low, len(day) - 1)], 0)
    private = np.concatenate([[0], np.cumsum(done["private"].to_numpy())])
    has_private = private[high] > private[low]

    low, high = counts_up_to(who_begun, at_begun, who, at - window), counts_up_to(who_begun, at_begun, who, at)
    by_me = np.concatenate([[0], np.cumsum(begun["mine"].to_numpy())])
    mine, all_begun = by_me[high] - by_me[low], high - low
    # a dance that began before the window and hasn't paused for a day since has no beginning left to share
    unbroken = (all_begun == 0) & (low > np.searchsorted(who_begun, who, side="left"))
    both = unbroken | ((all_begun > 0) & (np.minimum(mine, all_begun - mine) >= rule.initiative * all_begun))

    friend = both & (count >= rule.friend_exchanges) & (days >= rule.friend_days) & (span >= rule.friend_span)
    close = both & has_private & (count >= rule.close_exchanges) & (days >= rule.close_days) & (span >= rule.close_span)
    level = np.where(close, _CLOSE, np.where(friend, _FRIEND, 0)).astype(np.int64)
    before = np.zeros(len(level), dtype=np.int64)
    before[1:] = np.where(who[1:] == who[:-1], level[:-1], 0)
    moved = level != before
    return pl.DataFrame({"code": who[moved], "at": at[moved], "level": level[moved]})


def _ever(of_turns: pl.DataFrame, done: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Date what lasts: the first turn of either side (a date-only one may be later than it is written), the first exchange."""
    first = of_turns.filter(pl.col("place") == 0)
    one_sided = first.select("contact_id", "at", pl.when("mine").then(1).otherwise(2).cast(pl.Int64).alias("level"))
    met = done.group_by("contact_id").agg(pl.col("at").min()).with_columns(
        pl.lit(_ACQUAINTANCE, dtype=pl.Int64).alias("level")
    )  # fmt: skip
    return (
        pl.concat([one_sided, met]).join(codes, on="contact_id").select("code", "at", pl.col("level").alias("lasting"))
    )


def stage_changes(timeline: Timeline, zone: str, as_of: int, rule: Thresholds | None = None) -> pl.DataFrame:
    """List each change of level of each contact, dated when the rule first held (or no longer held).

    One-sided is named after the side that took the first step and stays so until the first exchange, even if the other
    side has stepped too, too late to answer.

    Returns:
        contact_id, from, to, changed_at (microseconds UTC, <= as_of); sorted by contact_id, changed_at.
    """
    rule = rule or Thresholds()
    codes = (
        timeline.turns.select("contact_id").unique().sort("contact_id").with_row_index("code").cast({"code": pl.Int64})
    )
    done, direct = timeline.exchanges, timeline.turns.filter(is_group().not_())
    begun = initiations(direct).select("contact_id", "at", "mine").sort("contact_id", "at", "mine")
    moments = _windowed(done, begun, codes, zone, as_of, rule)
    lasting = _ever(timeline.turns, done, codes)
    steps = (
        pl.concat([moments, lasting], how="diagonal")
        .filter(pl.col("at") <= as_of)
        .group_by("code", "at")
        .agg(pl.col("level").max(), pl.col("lasting").max())
        .sort("code", "at")
        .with_columns(pl.col("level", "lasting").forward_fill().over("code", order_by="at"))
        .with_columns(pl.max_horizontal(pl.col("level"), pl.col("lasting")).fill_null(0).alias("to"))
        .with_columns(pl.col("to").shift(1, fill_value=0).over("code", order_by="at").alias("from"))
        .filter(pl.col("to") != pl.col("from"))
    )
    names = dict(enumerate(LEVELS))
    return (
        steps.join(codes, on="code")
        .select(
            "contact_id",
            pl.col("from", "to").replace_strict(names, return_dtype=pl.String),
            pl.col("at").alias("changed_at"),
        )
        .sort("contact_id", "changed_at")
    )
