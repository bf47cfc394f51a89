"""Rounding to significant digits, so that equal input gives equal tables on every machine."""

import polars as pl


def significant(values: pl.Expr, digits: int) -> pl.Expr:
    """Round floats to significant digits, because sums in another order differ in later ones; NaN becomes null, minus zero zero.

    Args:
        values: of type Float64.
        digits: significant digits, at least 1.

    Source: methods:rounding.

    Examples:
        >>> pl.select(significant(pl.lit(1 / 3), 10)).item()
        0.3333333333
    """
    return values.fill_nan(None).round_sig_figs(digits) + 0.0
