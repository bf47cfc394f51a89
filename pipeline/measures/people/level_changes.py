"""Table `level_changes`: when the level of each contact changed.

A level at a time depends only on what had happened by then; `levels` reads it at the end of each month.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipeline.measures.calendar import day_number
from pipeline.measures.gestures import is_group
from pipeline.measures.people.turns import initiations
from pipeline.measures.tables import to_table
from pipeline.model.codes import LEVELS
from pipeline.model.durations import DAY
from pipeline.model.thresholds import LEVEL_WINDOW_DAYS
from pipeline.statistics.arrays import Bools, Ints, changes, counts_up_to, stable_order

_ACQUAINTANCE, _FRIEND, _CLOSE = (LEVELS.index(level) for level in ("acquaintance", "friend", "close"))
"""Levels are computed as their positions in LEVELS, which rise with closeness."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Conventions of the levels friend and close. Source: methods:levels.

    Attributes:
        window: days that are looked back.
        friend_exchanges: exchanges in the window that make a friend.
        friend_days: distinct days of these exchanges.
        friend_span: days from the first of them to the last.
        close_exchanges: exchanges in the window that make a close contact.
        close_days: distinct days of these exchanges.
        close_span: days from the first of them to the last.
        initiative: least share of the initiations that each side must have.
    """

    window: int = LEVEL_WINDOW_DAYS
    friend_exchanges: int = 3
    friend_days: int = 3
    friend_span: int = 14
    close_exchanges: int = 10
    close_days: int = 6
    close_span: int = 60
    initiative: float = 0.2


def level_changes_table(
    turns: pl.DataFrame, exchanges: pl.DataFrame, *, zone: str, as_of: int, thresholds: Thresholds | None = None
) -> pl.DataFrame:
    """Compute the table: each change of level, dated when the rule first held or no longer held.

    The one-sided levels are named after the side of the first turn. They last until the first exchange, even if the
    other side has a turn too that answers nothing.

    Args:
        turns: of the outcome `worded`, from `turns.turns_table`.
        exchanges: of the outcome `worded`, from `turns.exchanges_table`.
        zone: IANA name in which days are counted.
        as_of: end of what is known, microseconds UTC.
        thresholds: of friend and close.

    Returns:
        Columns of the table, sorted by contact_id and changed_at; changed_at is in microseconds UTC, <= as_of.

    Source: methods:levels.
    """
    ids = turns.select("contact_id").unique().sort("contact_id").with_row_index("number").cast({"number": pl.Int64})
    begun = initiations(turns.filter(is_group().not_())).select("contact_id", "at", "mine")
    done = _numbered(exchanges, ids)
    begun = _numbered(begun.sort("contact_id", "at", "mine"), ids)
    temporary = _temporary_levels(done, begun, zone=zone, as_of=as_of, rule=thresholds or Thresholds())
    lasting = _lasting_levels(_numbered(turns, ids), done)
    moves = (
        pl.concat([temporary, lasting], how="diagonal")
        .filter(pl.col("at") <= as_of)
        .group_by("number", "at")
        .agg(pl.col("level").max(), pl.col("lasting").max())
        .sort("number", "at")
        .with_columns(pl.col("level", "lasting").forward_fill().over("number", order_by="at"))
        .with_columns(pl.max_horizontal("level", "lasting").fill_null(0).alias("to"))
        .with_columns(pl.col("to").shift(1, fill_value=0).over("number", order_by="at").alias("from"))
        .filter(pl.col("to") != pl.col("from"))
    )
    table = moves.join(ids, on="number").with_columns(
        pl.col("from", "to").replace_strict(dict(enumerate(LEVELS)), return_dtype=pl.String),
        pl.col("at").alias("changed_at"),
    )
    return to_table(table.sort("contact_id", "changed_at"), "level_changes")


def _numbered(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Add the contact's `number` to each row."""
    return frame.join(ids, on="contact_id", how="left", maintain_order="left")


def _lasting_levels(turns: pl.DataFrame, exchanges: pl.DataFrame) -> pl.DataFrame:
    """Date the levels that last: number, at, lasting (one-sided from the first turn, acquaintance from the exchange)."""
    # by place: a first turn that is known by date only may have a later time than the second
    first_turns = turns.filter(pl.col("place") == 0)
    one_sided = pl.when("mine").then(LEVELS.index("one_sided_mine")).otherwise(LEVELS.index("one_sided_theirs"))
    return pl.concat([
        first_turns.select("number", "at", one_sided.cast(pl.Int64).alias("lasting")),
        exchanges.group_by("number").agg(pl.col("at").min(), pl.lit(_ACQUAINTANCE, dtype=pl.Int64).alias("lasting")),
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Window:
    """Rows of a table that lie in the window (at - length, at] of each of several moments: [low, high)."""

    low: Ints
    high: Ints

    @classmethod
    def of(cls, rows: pl.DataFrame, number: Ints, at: Ints, length: int) -> "_Window":
        """Find the rows of each moment.

        Args:
            rows: number (of the contact) and at; sorted by both.
            number: of each moment's contact.
            at: of each moment, microseconds UTC.
            length: of the window, microseconds.
        """
        own, times = rows["number"].to_numpy(), rows["at"].to_numpy()
        return cls(counts_up_to(own, times, number, at - length), counts_up_to(own, times, number, at))

    @property
    def count(self) -> Ints:
        """Rows of each window."""
        return self.high - self.low

    def sum(self, values: Bools) -> Ints:
        """Count the rows of each window for which a value is true."""
        until: Ints = np.concatenate([[0], np.cumsum(values)])
        return until[self.high] - until[self.low]


def _temporary_levels(
    exchanges: pl.DataFrame, begun: pl.DataFrame, *, zone: str, as_of: int, rule: Thresholds
) -> pl.DataFrame:
    """Check for friend and close at each moment at which the content of a contact's window changes.

    Args:
        exchanges: number, at, private; sorted by number and at.
        begun: initiations: number, at, mine; sorted by number and at.
        zone: IANA name in which days are counted.
        as_of: end of what is known, microseconds UTC.
        rule: thresholds.

    Returns:
        number, at, level (0: neither friend nor close): the moments at which the level becomes another one.
    """
    length = rule.window * DAY
    number, at = _moments(exchanges, begun, length, as_of)
    done, initiated = _Window.of(exchanges, number, at, length), _Window.of(begun, number, at, length)
    days, span = _days_and_span(exchanges, done, zone)
    has_private = done.sum(exchanges["private"].to_numpy()) > 0

    mine = initiated.sum(begun["mine"].to_numpy())
    # a dance that began before the window and has not paused for a day since has no initiation in it to share
    begun_before = initiated.low > np.searchsorted(begun["number"].to_numpy(), number, side="left")
    unbroken = (initiated.count == 0) & begun_before
    shared = np.minimum(mine, initiated.count - mine) >= rule.initiative * initiated.count
    mutual = unbroken | ((initiated.count > 0) & shared)

    friend = (done.count >= rule.friend_exchanges) & (days >= rule.friend_days) & (span >= rule.friend_span)
    close = (done.count >= rule.close_exchanges) & (days >= rule.close_days) & (span >= rule.close_span) & has_private
    level = np.where(mutual & close, _CLOSE, np.where(mutual & friend, _FRIEND, 0)).astype(np.int64)
    before = np.where(changes(number), 0, np.roll(level, 1))
    moved = level != before
    return pl.DataFrame({"number": number[moved], "at": at[moved], "level": level[moved]})


def _moments(exchanges: pl.DataFrame, begun: pl.DataFrame, length: int, as_of: int) -> tuple[Ints, Ints]:
    """List (contact number, time) at which an exchange or initiation enters or leaves the window, sorted, up to as_of."""
    rows = pl.concat([exchanges.select("number", "at"), begun.select("number", "at")])
    number, at = (rows[name].to_numpy() for name in ("number", "at"))
    number, at = np.concatenate([number, number]), np.concatenate([at, at + length])
    number, at = number[at <= as_of], at[at <= as_of]
    order = stable_order(number, at)
    number, at = number[order], at[order]
    distinct = changes(number, at)
    return number[distinct], at[distinct]


def _days_and_span(exchanges: pl.DataFrame, window: _Window, zone: str) -> tuple[Ints, Ints]:
    """Count the distinct days of the exchanges in each window, and the days from the first of them to the last."""
    day = exchanges.select(day_number(pl.col("at"), zone)).to_series().to_numpy()
    nth_day = np.cumsum(changes(exchanges["number"].to_numpy(), day))
    # one more entry, so that an empty window can be read
    nth_day, day = np.append(nth_day, 0), np.append(day, 0)
    some, first, last = window.count > 0, np.minimum(window.low, len(day) - 1), window.high - 1
    days = np.where(some, nth_day[last] - nth_day[first] + 1, 0)
    return days, np.where(some, day[last] - day[first], 0)
