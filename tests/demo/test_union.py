"""The union of the demo's platforms is read back to exactly what the simulator planted, platform by platform."""

import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from pipeline.demo.exports import write_exports
from pipeline.demo.simulator import LISTS, SCENES, simulate
from pipeline.demo.world import Act, World
from pipeline.demo.writers import x
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading.archives import Reading, read_archives

PLATFORMS = sorted({*SCENES, *LISTS})


@pytest.fixture(scope="module")
def world() -> World:
    return simulate()


@pytest.fixture(scope="module")
def readings(world: World, tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    home = Home.open(tmp_path_factory.mktemp("demo"))
    write_exports(world, home.exports)
    return read_archives(home, Settings(), [], lambda _line: None, workers=0)


@pytest.fixture(scope="module")
def read_back(readings: list[Reading]) -> pl.DataFrame:
    columns = ["platform", "direction", "kind", "at", "text"]
    frames = [pl.read_parquet(r.folder / "interactions.parquet", columns=columns) for r in readings if r.folder]
    return pl.concat(frames)


def _without_names(text: str, platform: str) -> str:
    """A tweet reaches somebody by writing their name, which the planted words don't hold."""
    return re.sub(r"\s*@\w+\s*", "", text) if platform == "x" else text


def _written(act: Act) -> str:
    """X writes links as its own short ones."""
    return x.shortened(act.text)[0] if act.platform == "x" else act.text


def test_every_export_is_read_in_full(readings: list[Reading]) -> None:
    assert {reading.path: reading.status for reading in readings} == {reading.path: "complete" for reading in readings}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_read_back(platform: str, world: World, read_back: pl.DataFrame) -> None:
    planted = Counter((act.direction, act.kind, act.at, _written(act)) for act in world.visible(platform))
    rows = read_back.filter(platform=platform).select("direction", "kind", "at", pl.col("text").fill_null(""))
    assert planted
    assert Counter((*row[:3], _without_names(row[3], platform)) for row in rows.iter_rows()) == planted


def test_the_same_seed_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        write_exports(world, folder)
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {p.name: p.read_bytes() for p in other.iterdir()}
