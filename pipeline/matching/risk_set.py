"""The risk set: a gesture counts only where an answer could have been seen.

Coverage rows of one (account, platform, class, direction) that cover a gesture's surface unite; rows of the gesture's
own thread replace the general ones. The follow-up lasts from the gesture to the end of the unbroken full coverage
around it, at most to the known end of the tie.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.encoding import as_enum, enum_of
from pipeline.matching.wordless_classes import WORDLESS_CLASSES
from pipeline.model.codes import OFF_RISK_REASONS, SURFACES
from pipeline.statistics.arrays import Bools, Ints

_FOREVER: Final = 2**62
_CELL: Final = ("account_id", "platform", "class", "surface")
_NAMES: Final = (*_CELL, "contact_id", "thread_id")


class RiskSet:
    """Coverage, indexed by account, platform, class, surface and thread.

    Args:
        coverage: schema COVERAGE.
        tie_ends: `contact_id`, `platform`, `ended_at` in µs; None: no end is known.

    Source: methods:risk-set, methods:coverage-windows.
    """

    def __init__(self, coverage: pl.DataFrame, tie_ends: pl.DataFrame | None = None) -> None:
        surfaces = pl.DataFrame({"_of": ["all"] * (len(SURFACES) - 1), "surface": [s for s in SURFACES if s != "all"]})
        known = coverage.rename({"surface": "_of"})
        own = known.filter(pl.col("_of") != "all").with_columns(pl.col("_of").alias("surface"))
        every = known.filter(pl.col("_of") == "all").join(surfaces, on="_of")
        self._rows = pl.concat([own, every.select(own.columns)]).with_columns(
            pl.col("starts_at").fill_null(-_FOREVER),
            # a window without an end is no evidence that anything was seen
            pl.when(pl.col("visibility") == "none").then(_FOREVER).otherwise(pl.col("ends_at").fill_null(-_FOREVER)).alias("ends_at"),
        )  # fmt: skip
        self._ends = None
        if tie_ends is not None:
            self._ends = tie_ends.group_by("contact_id", "platform").agg(pl.col("ended_at").min())
        self._links = coverage.group_by(_CELL[:3]).agg(
            pl.col("reply_links").fill_null(value=False).any().cast(pl.Int64).alias("links")
        )

    def assess(self, gestures: pl.DataFrame, initiator: str, outcome: str) -> pl.DataFrame:
        """Put every gesture on or off the risk set.

        Args:
            gestures: `encoding.NAMES` (Enums or text), is_group and started_at (µs); any order.
            initiator: of the analysis.
            outcome: of the analysis.

        Returns:
            The same rows in the same order, with
                censored_after_us: the follow-up in full coverage (for reason `partial`: in partial or full coverage),
                    in µs; null where nothing could be seen.
                off_risk_reason: Enum, the first reason that applies; null at risk.
                at_risk: Boolean.

        Source: methods:risk-set, methods:off-risk-reasons, methods:partial-visibility, methods:group-gestures.
        """
        names = _Names(gestures)
        rows = self._rows.filter(pl.col("direction") == ("inbound" if initiator == "me" else "outbound"))
        rows, scope = names.scopes(rows)
        start = gestures["started_at"].to_numpy()
        end = _end_of_cover(rows.filter(pl.col("visibility") == "full"), scope, start)
        full = end >= start
        seen = rows.filter(pl.col("visibility") != "none")
        # a gesture in full coverage is in coverage
        rest = np.flatnonzero(~full)
        end[rest] = _end_of_cover(seen, scope[rest], start[rest])
        known = end >= start
        visible = _find(scope, seen["_scope"].to_numpy())[1]
        if self._ends is not None:
            end = np.minimum(end, names.look_up(self._ends, ("contact_id", "platform"), "ended_at", _FOREVER))
        left = np.maximum(0, end - start)
        wordless = np.zeros(len(start), dtype=np.bool_)
        if outcome == "worded":
            wordless = gestures["class"].is_in(list(WORDLESS_CLASSES)).to_numpy()
        unlinked = gestures["is_group"].to_numpy()
        if unlinked.any():
            unlinked = unlinked & (names.look_up(self._links, _CELL[:3], "links", 0) == 0)
        reason = np.select([~visible, ~known, left <= 0, wordless, unlinked, ~full], [0, 1, 2, 3, 4, 5], default=-1)
        codes = pl.Series(reason, dtype=pl.Int64)
        return gestures.with_columns(
            pl.when(pl.Series(known)).then(pl.Series(left)).alias("censored_after_us"),
            pl.when(codes >= 0).then(codes).cast(pl.UInt8).cat.to(pl.Enum(OFF_RISK_REASONS)).alias("off_risk_reason"),
            pl.Series("at_risk", reason < 0),
        )


class _Names:
    """Names of gestures as numbers, and those of other tables in the same numbers."""

    def __init__(self, gestures: pl.DataFrame) -> None:
        columns = {name: as_enum(gestures[name]) for name in _NAMES}
        self._kinds = {name: enum_of(column) for name, column in columns.items()}
        self._numbers = {name: _codes(column) for name, column in columns.items()}
        self._widths = {name: len(kind.categories) + 1 for name, kind in self._kinds.items()}

    def scopes(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, Ints]:
        """Return the coverage rows that apply to some gesture, with `_scope`, and the scope of each gesture.

        A scope is a cell (account, platform, class, surface), or one thread of it that coverage rows name.
        """
        width = self._widths["thread_id"]
        cell, thread = self._cells(rows, _CELL), self._of(rows, "thread_id")
        rows = rows.with_columns(pl.Series("_scope", cell * width + thread)).filter(
            pl.Series(cell >= 0) & (pl.col("thread_id").is_null() | pl.Series(thread > 0))
        )
        general = self._own(_CELL) * width
        own = general + self._numbers["thread_id"]
        threads = rows.filter(pl.col("thread_id").is_not_null())["_scope"].to_numpy()
        return rows, np.where(_find(own, threads)[1], own, general)

    def look_up(self, table: pl.DataFrame, key: Sequence[str], value: str, other: int) -> Ints:
        """Return for each gesture the value (a whole number) of the row with its names, else `other`."""
        cells = self._cells(table, key)
        order = np.argsort(cells)[np.count_nonzero(cells < 0) :]
        at, there = _find(self._own(key), cells[order])
        values = np.append(table[value].to_numpy()[order], other)
        return values[np.where(there, at, -1)]

    def _of(self, table: pl.DataFrame, name: str) -> Ints:
        """Number names of a table; 0 for a name that no gesture has."""
        return _codes(table[name].cast(self._kinds[name], strict=False))

    def _own(self, key: Sequence[str]) -> Ints:
        return self._cell(key, [self._numbers[name] for name in key])

    def _cells(self, table: pl.DataFrame, key: Sequence[str]) -> Ints:
        """Number the rows' names together; -1 where some name is no gesture's."""
        parts = [self._of(table, name) for name in key]
        return np.where(np.minimum.reduce(parts) > 0, self._cell(key, parts), -1)

    def _cell(self, key: Sequence[str], parts: Sequence[Ints]) -> Ints:
        one = parts[0]
        for name, part in zip(key[1:], parts[1:], strict=True):
            one = one * self._widths[name] + part
        return one


def _find(asked: Ints, known: Ints) -> tuple[Ints, Bools]:
    """Return the position of each number among the unique numbers of `known`, and whether it is one of them."""
    known = np.unique(known)
    if not len(known):
        return np.zeros(len(asked), dtype=np.int64), np.zeros(len(asked), dtype=np.bool_)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return at, known[at] == asked


def _end_of_cover(rows: pl.DataFrame, scope: Ints, start: Ints) -> Ints:
    """Return, for each (scope, start), the end of the unbroken coverage around start; below start when there is none."""
    spans = rows.filter(pl.col("ends_at") >= pl.col("starts_at")).sort("_scope", "starts_at", "ends_at").with_columns(
        pl.col("ends_at").cum_max().over("_scope").alias("reach")
    ).with_columns(
        (pl.col("starts_at") > pl.col("reach").shift().over("_scope")).fill_null(value=True).cum_sum().alias("block")
    )  # fmt: skip
    if spans.is_empty():
        return np.full(len(scope), -_FOREVER, dtype=np.int64)
    blocks = spans.group_by("block").agg(
        pl.col("_scope").first(), pl.col("starts_at").min(), pl.col("reach").max().alias("end")
    ).sort("_scope", "starts_at")  # fmt: skip
    covered, begin, end = (blocks[name].to_numpy() for name in ("_scope", "starts_at", "end"))
    # (position of the scope, rank of the time) in one number: one search finds the last block that begins by then
    times = np.unique(begin)
    width = len(times) + 1
    place, there = _find(scope, covered)
    of_block = _find(covered, covered)[0] * width + np.searchsorted(times, begin, side="right")
    asked = place * width + np.searchsorted(times, start, side="right")
    found = np.searchsorted(of_block, asked, side="right") - 1
    ok = there & (found >= 0) & (covered[found] == scope)
    return np.where(ok, end[found], -_FOREVER)


def _codes(column: pl.Series) -> Ints:
    """Number the values of an Enum from 1 in their order; 0 for null."""
    found: Ints = (column.to_physical().cast(pl.Int64) + 1).fill_null(0).to_numpy()
    return found
