"""Words of texts."""

import polars as pl
import pytest

from pipeline.measures.people.effort import words


@pytest.mark.parametrize("text, count", [("one two", 2), ("  one\n\ttwo ", 2), ("", 0), (None, 0), ("ação já 👍", 3)])
def test_words_are_separated_by_white_space(text: str | None, count: int) -> None:
    assert pl.DataFrame({"text": [text]}, schema={"text": pl.String}).select(words(pl.col("text"))).item() == count
