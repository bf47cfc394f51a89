from pathlib import Path
from types import ModuleType

import polars as pl

from pipeline.archives.reading import Reading, read_archives
from pipeline.home.paths import Home
from pipeline.home.settings import Settings


def read(home: Home, *paths: Path, settings: Settings | None = None) -> list[Reading]:
    return read_archives(home, settings or Settings(), list(paths), lambda _line: None, workers=0)


def staged(reading: Reading, table: str) -> pl.DataFrame:
    assert reading.folder is not None
    return pl.read_parquet(reading.folder / f"{table}.parquet")


def test_a_zip_is_read_into_all_tables(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    path = toy.write_zip(
        tmp_path / "a.zip",
        {"x/chat.json": toy.chat(toy.messages(10)), "x/profile.json": toy.profile(), "x/else.bin": b"?"},
    )
    [reading] = read(home, path)
    assert (reading.status, reading.reason, reading.platform, reading.account_ids) == ("complete", "", "toy", ("me",))
    assert staged(reading, "interactions").height == 10
    assert staged(reading, "members").rows() == [
        ("x/chat.json", "chat", 10, 10, 0, 0, []),
        ("x/profile.json", "profile", 0, 0, 0, 0, []),
        ("x/else.bin", None, 0, 0, 0, 0, []),
    ]
    coverage = (
        staged(reading, "coverage").select("class", "direction", "surface", "visibility", "starts_at", "ends_at").rows()
    )
    assert coverage == [
        ("comment", "inbound", "all", "none", None, None),
        ("comment", "outbound", "all", "none", None, None),
        ("message", "inbound", "direct", "full", 1_600_000_000_000_000, 1_700_000_000_000_000),
        ("message", "outbound", "direct", "full", 1_600_000_000_000_000, 1_700_000_000_000_000),
    ]
