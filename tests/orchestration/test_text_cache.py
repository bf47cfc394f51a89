"""The cache of texts: a text seen before is not computed again, one that is gone is not kept."""

from pathlib import Path

import polars as pl

from pipeline.orchestration.text_cache import TextCache, rules_hash


def test_only_new_texts_are_computed_and_only_asked_ones_kept(tmp_path: Path) -> None:
    cache, computed = TextCache(tmp_path / "texts"), list[list[str]]()

    def lengths(keys: pl.DataFrame) -> pl.DataFrame:
        computed.append(keys["text"].to_list())
        return keys.select(pl.col("text").str.len_chars().alias("length"))

    def ask(*texts: str) -> list[int]:
        return cache.computed("lengths", pl.DataFrame({"text": texts, "language": "en"}), lengths)["length"].to_list()

    assert ask("a", "bb") == [1, 2]
    assert ask("bb", "ccc", "a") == [2, 3, 1]
    assert ask("ccc") == [3]
    assert ask("a") == [1]
    assert computed == [["a", "bb"], ["ccc"], [], ["a"]]
    [file] = (tmp_path / "texts").iterdir()
    assert (pl.read_parquet(file).height, rules_hash() in file.name) == (1, True)


def test_a_key_is_all_of_its_columns(tmp_path: Path) -> None:
    cache = TextCache(tmp_path)
    keys = pl.DataFrame({"text": ["chat", "chat"], "language": ["en", "fr"]})
    for _run in range(2):
        made = cache.computed("upper", keys, lambda frame: frame.select(pl.col("language").str.to_uppercase()))
        assert made["language"].to_list() == ["EN", "FR"]
