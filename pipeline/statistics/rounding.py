"""Rounding to significant digits, so that equal input gives equal tables on every machine."""

from typing import Final

import polars as pl

DIGITS: Final = 10
"""Significant digits of a published float: sums in another order differ in later ones."""


def significant(values: pl.Expr) -> pl.Expr:
    """Round floats to DIGITS significant digits; NaN becomes null, minus zero zero.

    Source: methods:rounding.
    """
    return values.fill_nan(None).round_sig_figs(DIGITS) + 0.0


def round_significant(frame: pl.DataFrame) -> pl.DataFrame:
    """Round every Float64 column as `significant` does.

    Source: methods:rounding.

    Examples:
        >>> round_significant(pl.DataFrame({"share": [1 / 3, float("nan")]}))["share"].to_list()
        [0.3333333333, None]
    """
    columns = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    return frame.with_columns(significant(pl.col(columns)).name.keep())
