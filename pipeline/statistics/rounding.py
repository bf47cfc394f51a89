"""Equal input gives equal tables: doubles are written to 10 significant digits (ruling 18)."""

import polars as pl


def round_significant(frame: pl.DataFrame, digits: int = 10) -> pl.DataFrame:
    """Round every Float64 column to `digits` significant digits; NaN becomes null, minus zero zero."""
    columns = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    return frame.with_columns((pl.col(columns).fill_nan(None).round_sig_figs(digits) + 0.0).name.keep())
