"""Working tables: written whole or part by part, read the same way."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipeline.orchestration.working_tables import Store


def parts() -> Iterator[pl.DataFrame]:
    yield pl.DataFrame({"who": ["ann", "bob"], "steps": [1, 2]})
    yield pl.DataFrame({"who": [], "steps": []}, schema={"who": pl.String, "steps": pl.Int64})
    yield pl.DataFrame({"who": ["cleo"], "steps": [3]})


def test_a_table_made_in_parts_reads_like_one_written_whole(tmp_path: Path) -> None:
    store = Store(tmp_path / "work")
    assert store.write_parts("gestures", parts()) == 3
    assert store.read("gestures").rows() == [("ann", 1), ("bob", 2), ("cleo", 3)]
    assert store.read("gestures", ["steps"])["steps"].to_list() == [1, 2, 3]
    assert store.scan("gestures").filter(pl.col("steps") > 1).collect()["who"].to_list() == ["bob", "cleo"]
    assert [place.name for place in store.folder.iterdir()] == ["gestures.parquet"]


@pytest.mark.parametrize("first", ["whole", "parts"])
@pytest.mark.parametrize("second", ["whole", "parts"])
def test_a_new_table_takes_the_place_of_the_old_one(tmp_path: Path, first: str, second: str) -> None:
    store = Store(tmp_path / "work")
    old = pl.DataFrame({"who": ["dana"] * 4, "steps": range(4)})
    # a home from before tables were made in parts has a file where the folder goes
    (store.write if first == "whole" else lambda table, frame: store.write_parts(table, iter([frame] * 5)))("t", old)
    if second == "whole":
        store.write("t", old.head(1))
        assert store.read("t").rows() == [("dana", 0)]
    else:
        store.write_parts("t", parts())
        assert store.read("t")["who"].to_list() == ["ann", "bob", "cleo"]
    assert [file.name for file in store.folder.iterdir()] == ["t.parquet"]


def test_a_run_that_broke_off_leaves_the_old_table(tmp_path: Path) -> None:
    store = Store(tmp_path / "work")
    store.write_parts("gestures", parts())

    def broken() -> Iterator[pl.DataFrame]:
        yield pl.DataFrame({"who": ["zoe"], "steps": [9]})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write_parts("gestures", broken())
    assert store.read("gestures").height == 3
    assert store.write_parts("gestures", parts()) == 3


def test_a_table_that_no_run_has_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Store(tmp_path).read("gestures")
