"""The final form of tables."""

import polars as pl

from pipeline.measures.tables import conform


def test_conform_rounds_sorts_and_turns_nan_into_null() -> None:
    frame = pl.DataFrame({"b": [float("nan"), 1 / 3], "a": ["y", "x"], "more": [1, 2]})
    assert conform(frame, {"a": pl.String, "b": pl.Float64}, "a").rows() == [("x", 0.3333333333), ("y", None)]
