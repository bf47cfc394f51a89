"""docs/adding-a-measure.md, followed to the letter in a copy of the repository: five files, and everything else finds them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.consolidation.harness import home_in, open_file

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"^## \d+\. [^`]*`(?P<path>[^`]+)`\n.*?^```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ROWS = [
    {"id": "1", "occurred_at": "2024-01-01T10:00:00Z", "text": "how was the concert?"},
    {"id": "2", "direction": "inbound", "occurred_at": "2024-01-01T12:00:00Z", "text": "loud"},
    {"id": "3", "contact": "bob", "occurred_at": "2024-03-01T10:00:00Z", "text": "hi"},
]


def command(copy: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository with the measure added as the page says."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("pipeline", "sql", "reports"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "workspace.yaml"):
        shutil.copy(ROOT / name, folder / name)
    steps = [
        step.groups() for step in STEP.finditer((ROOT / "docs" / "adding-a-measure.md").read_text(encoding="utf-8"))
    ]
    assert len(steps) == 5
    for path, text in steps:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") + "\n" if file.exists() else ""
        file.write_text(before + text, encoding="utf-8")
    return folder


def test_the_measure_reaches_warehouse_and_report(copy: Path, tmp_path: Path) -> None:
    home = home_in(tmp_path / "home")
    open_file(home / "exports", "club", ROWS)
    command(copy, "-m", "pipeline", "run", "--home", str(home))
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.execute("from questions order by all").fetchall() == [
            ("inbound", 1, 0, 0.0),
            ("outbound", 2, 1, 0.5),
        ]
    page = (home / "reports" / "index.html").read_text(encoding="utf-8")
    assert "1 of 1 questions are yours" in page
    assert page.index('id="balance"') < page.index('id="questions"') < page.index('id="dance"')


def test_the_asset_has_group_inputs_columns_and_a_blocking_check(copy: Path) -> None:
    code = """
import dagster as dg
from pipeline.definitions import build_defs
node = build_defs().resolve_asset_graph().get(dg.AssetKey("questions"))
print(node.group_name, *(key.to_user_string() for key in node.parent_keys), *(key.name for key in node.check_keys))
print(*(column.name for column in node.metadata["dagster/column_schema"].columns))
"""
    assert command(copy, "-c", code).splitlines() == [
        "people interactions questions_fits",
        "direction texts questions share",
    ]


def test_its_own_test_passes(copy: Path) -> None:
    test = copy / "tests" / "measures" / "people" / "test_questions.py"
    assert "1 passed" in command(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test))
