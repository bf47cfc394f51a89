"""A part of a split export that holds nothing but media is known, read, and holds no records."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading.archives import read_archives


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.open(tmp_path / "home")


def made(path: Path, names: Sequence[str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "invented")
    return path


@pytest.mark.parametrize(
    "file, names, platform",
    [
        ("part2.zip", ["your_facebook_activity/messages/inbox/ana_1/photos/1.jpg"], "facebook"),
        ("facebook-lea-2024-07-09-AbCd.zip", ["messages/inbox/ana_1/photos/1.jpg", "posts/media/2.MP4"], "facebook"),
        ("part2.zip", ["your_instagram_activity/messages/inbox/mina_1/photos/1.webp"], "instagram"),
        ("instagram-lea.n-2025-05-02-AbCd.zip", ["media/posts/202301/1.jpg"], "instagram"),
        ("lea_20200102_part_2.zip", ["photos/202301/1.jpg"], None),
        ("takeout-20250101T000000Z-002.zip", ["Takeout/YouTube and YouTube Music/videos/My day.mp4"], "youtube"),
        ("takeout-20250101T000000Z-002.zip", ["Takeout/Google Photos/2020/1.jpg"], None),
        ("holiday.zip", ["media/posts/1.jpg"], None),
        ("YouTube.zip", ["YouTube/clip.mp4"], None),
        ("part2.zip", ["your_facebook_activity/messages/inbox/ana_1/photos/1.jpg", "else.bin"], None),
    ],
)
def test_a_part_with_media_only(home: Home, tmp_path: Path, file: str, names: list[str], platform: str | None) -> None:
    [reading] = read_archives(home, Settings(), [made(tmp_path / file, names)], lambda _line: None, workers=0)
    if platform is None:
        assert (reading.status, reading.platform) == ("unrecognised", "")
    else:
        assert (reading.status, reading.platform) == ("complete", platform)
        assert reading.reason == "holds only media, no records"


def test_it_takes_the_account_of_its_set(home: Home, tmp_path: Path) -> None:
    first = tmp_path / "instagram-lea.n-2025-05-02-AbCd.zip"
    with zipfile.ZipFile(first, "w") as archive:
        archive.writestr(
            "personal_information/personal_information/personal_information.json",
            '{"profile_user": [{"string_map_data": {"Username": {"value": "lea.n"}}}]}',
        )
    second = made(tmp_path / "instagram-lea.n-2025-05-02-EfGh.zip", ["media/posts/202301/1.jpg"])
    readings = read_archives(home, Settings(), [first, second], lambda _line: None, workers=0)
    assert [reading.account_ids for reading in readings] == [("lea.n",), ("lea.n",)]
    assert [reading.status for reading in readings] == ["complete", "complete"]
