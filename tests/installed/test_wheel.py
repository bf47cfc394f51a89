"""The wheel is whole: run from another folder, with sql/, reports/ and the Dagster workspace inside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as pip does and lay it out as pip does."""
    built = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    site = tmp_path_factory.mktemp("site")
    (wheel,) = built.glob("dancecard-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def _python(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site), "HOME": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_holds_what_lies_outside_of_the_package(installed: Path) -> None:
    for inside in (
        "pipeline/_sql/tables/gestures.sql",
        "pipeline/workspace.yaml",
        "reports/page/app.js",
        "reports/page/style.css",
    ):
        assert (installed / inside).is_file(), inside


def test_it_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    where = _python(installed, tmp_path, "-c", "import pipeline, reports; print(pipeline.__file__, reports.__file__)")
    assert where.stdout.count(str(installed)) == 2, where.stderr
    log = tmp_path / "log.interactions.csv"
    log.write_text(
        "contact,direction,occurred_at,platform,class\n"
        "ann,outbound,2024-01-01T09:00:00Z,forum,message\nann,inbound,2024-01-01T10:00:00Z,forum,message\n",
        encoding="utf-8",
    )
    run = _python(installed, tmp_path, "-m", "pipeline", "run", "--home", "home", str(log))
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "home/reports/index.html").is_file()
    asked = _python(
        installed, tmp_path, "-m", "pipeline", "query", "--home", "home", "--format", "csv", "--name", "who_answers"
    )
    assert asked.stdout.splitlines()[0] == "display_name,gestures,answered,share,low,high,typical_lag"


def test_dagster_finds_its_workspace(installed: Path, tmp_path: Path) -> None:
    code = "from pipeline.runs.instance import workspace_file; print(workspace_file())"
    found = _python(installed, tmp_path, "-c", code)
    assert found.stdout.strip() == str(installed / "pipeline/workspace.yaml"), found.stderr
