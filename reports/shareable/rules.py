"""Rules of the columns that may reach the shareable report: each takes a column and returns what is left of it.

A text passes only as one of a closed set of codes, as the name of a month, or as a pseudonym. Any other value becomes NULL,
so that a column whose meaning changes can't carry a name into the page.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import polars as pl

from pipeline.model.durations import DAY_S, HOUR_S, MINUTE_S

Rule = Callable[[pl.Series], pl.Series]

LAG_BINS_S: Final = (
    *(minutes * MINUTE_S for minutes in (1, 2, 5, 10, 20, 30)),
    *(hours * HOUR_S for hours in (1, 2, 3, 6, 12)),
    *(days * DAY_S for days in (1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90, 180, 365, 730, 1460, 3650)),
)
"""Upper ends of the bins of lags; they include the ticks and horizons of the lag section."""


def nothing(column: pl.Series) -> pl.Series:
    """Remove every value and keep the type: the rule of a column that is not allowed."""
    return pl.Series(column.name, [None], column.dtype).new_from_index(0, column.len())


def number(column: pl.Series) -> pl.Series:
    """Keep a number or a truth value."""
    return column if column.dtype.is_numeric() or column.dtype == pl.Boolean else nothing(column)


def month_start(column: pl.Series) -> pl.Series:
    """Round a time down to its month."""
    return column.dt.truncate("1mo") if column.dtype.is_temporal() else nothing(column)


def month_end(column: pl.Series) -> pl.Series:
    """Round a time up to the first day of the next month, so that a span stays a span."""
    return column.dt.truncate("1mo").dt.offset_by("1mo") if column.dtype.is_temporal() else nothing(column)


def month_name(column: pl.Series) -> pl.Series:
    """Keep `2025-10` and `all`, the names of periods."""
    return _kept(column, column.str.contains(r"^(\d{4}-\d{2}|all)$")) if column.dtype == pl.String else nothing(column)


def lag_in(unit_s: float = 1.0) -> Rule:
    """Return the rule that rounds a lag up to the end of its bin, for lags in units of so many seconds."""

    def rule(column: pl.Series) -> pl.Series:
        if not column.dtype.is_numeric():
            return nothing(column)
        bins = [None if lag is None else _bin(lag * unit_s) / unit_s for lag in column.to_list()]
        return pl.Series(column.name, bins, pl.Float64)

    return rule


def _bin(lag_s: float) -> float:
    return float(next((end for end in LAG_BINS_S if lag_s <= end), LAG_BINS_S[-1]))


def code(values: Iterable[str]) -> Rule:
    """Return the rule that keeps the codes of a closed set."""
    allowed = sorted(set(values))

    def rule(column: pl.Series) -> pl.Series:
        return _kept(column, column.is_in(allowed)) if column.dtype == pl.String else nothing(column)

    return rule


def codes(values: Iterable[str], separator: str) -> Rule:
    """Return the rule that keeps the codes of a closed set in a list written as one text."""
    allowed = set(values)

    def kept(text: str | None) -> str | None:
        return None if text is None else separator.join(part for part in text.split(separator) if part in allowed)

    def rule(column: pl.Series) -> pl.Series:
        if column.dtype != pl.String:
            return nothing(column)
        return pl.Series(column.name, [kept(text) for text in column.to_list()], pl.String)

    return rule


def renamed(names: Mapping[str, str]) -> Rule:
    """Return the rule that replaces each id by its pseudonym."""

    def rule(column: pl.Series) -> pl.Series:
        if column.dtype != pl.String:
            return nothing(column)
        return pl.Series(column.name, [names.get(name or "") for name in column.to_list()], pl.String)

    return rule


def _kept(column: pl.Series, allowed: pl.Series) -> pl.Series:
    return pl.select(pl.when(allowed).then(column).alias(column.name)).to_series()
