"""Ids are published: the same row must keep its id in every version."""

import polars as pl

from pipeline.consolidation.ids import row_hashes, with_ordinal
from pipeline.model.hashing import hashes, in_order


def test_a_hash_distinguishes_null_from_empty_text() -> None:
    rows = pl.DataFrame({"platform": ["x", "x"], "text": ["", None], "at": [5, 5]})
    assert row_hashes(rows, ["platform", "text", "at"]).to_list() == [
        "0fb81f155e888e4606b065e5a9f58dc6",
        "c56eec9be4904c7e221baeca2f5b0b50",
    ]
    assert hashes(rows.clear(), pl.col("platform")).to_list() == []


def test_hashes_with_an_equal_first_half_are_sorted_by_their_second() -> None:
    ids = pl.Series(["ff" + "0" * 30, "0a" + "0" * 30, "ff" + "0" * 14 + "1" * 16, "0" * 32])
    assert in_order(ids).to_list() == [3, 1, 0, 2]
    assert in_order(ids.head(2)).to_list() == [1, 0]


def test_equal_rows_of_one_archive_are_numbered_in_file_order() -> None:
    rows = pl.DataFrame({"archive_id": ["a", "b", "a", "a"], "text": ["ok", "ok", None, "ok"]})
    assert with_ordinal(rows, ["text"])["ordinal"].to_list() == [1, 1, 1, 2]
