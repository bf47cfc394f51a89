"""The key of the pseudonyms is made once, and only its owner can read it."""

import stat
from pathlib import Path

import pytest

from pipeline.home.paths import Home
from pipeline.home.pseudonym_key import pseudonym_key


def test_the_key_is_made_once_private_and_random(tmp_path: Path) -> None:
    homes = [Home.open(tmp_path / name) for name in ("first", "second")]
    keys = [pseudonym_key(home) for home in homes]
    assert keys == [pseudonym_key(home) for home in homes]
    assert keys[0] != keys[1]
    assert {stat.S_IMODE((home.keep / "pseudonyms.key").stat().st_mode) for home in homes} == {0o600}
    assert [len(key) for key in keys] == [32, 32]


def test_a_damaged_key_is_named(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    (home.keep / "pseudonyms.key").write_bytes(b"short")
    with pytest.raises(ValueError, match=r"keep/pseudonyms\.key is damaged"):
        pseudonym_key(home)
