"""A group's export that doesn't show its owner is read when another file of the same home names the owner."""

import shutil
from pathlib import Path

import pytest

from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading.archives import read_archives

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "group, other",
    [
        ("telegram/single_group_owner_unknown", "telegram/full_export_owner_by_saved_messages"),
        ("whatsapp/group_owner_unknown", "whatsapp/android_english"),
        ("discord/owner_unknown", "discord/package_2024"),
    ],
)
def test_a_group_is_read_with_the_owner_of_another_archive(tmp_path: Path, group: str, other: str) -> None:
    def status_of_group(*cases: str) -> str:
        home = Home.open(tmp_path / f"home{len(cases)}")
        paths = [tmp_path / case for case in cases]
        readings = read_archives(home, Settings(), paths, lambda _line: None, workers=0)
        return next(reading.status for reading in readings if reading.path.endswith(group))

    for case in (group, other):
        shutil.copytree(HERE / case / "input", tmp_path / case)
    assert status_of_group(group) != "complete"
    assert status_of_group(group, other) == "complete"
