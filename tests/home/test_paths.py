import os
import stat
import tempfile
from pathlib import Path

import pytest

from pipeline.home.paths import Home, home_path


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    monkeypatch.setenv("TMPDIR", os.environ.get("TMPDIR", "/tmp"))  # noqa: S108 - put back after the test


def test_the_home_is_given_else_in_the_environment_else_in_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DANCECARD_HOME", raising=False)
    assert home_path() == tmp_path / "dancecard-data"
    assert home_path(default="dancecard-demo") == tmp_path / "dancecard-demo"
    monkeypatch.setenv("DANCECARD_HOME", str(tmp_path / "env"))
    assert home_path() == tmp_path / "env"
    assert home_path("given") == tmp_path / "given"


def test_open_makes_private_folders_and_files(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "h")
    (home.state / "file").write_text("x")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in home.path.rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.path.rglob("*") if path.is_file()} == {0o600}
    assert (home.state / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_temporary_files_are_in_the_home(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "h")
    with tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).parent == home.tmp


def test_paths_are_shown_relative_when_inside(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "h")
    assert home.shown(home.exports / "a.zip") == "exports/a.zip"
    assert home.shown(home.path / ".." / "b.zip") == str(tmp_path / "b.zip")
    assert home.located("exports/a.zip") == home.exports / "a.zip"
