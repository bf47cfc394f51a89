"""The project's own files agree with the code: locks, dependencies, commands that pages name, folders of tests."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

import pipeline
from pipeline.cli import COMMANDS
from tests.changed import selected
from tests.repository.test_architecture import ROOMS, imported_by

ROOT: Final = Path(pipeline.__file__).parents[1]
LOCKS: Final = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PAGES: Final = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
IMPORTED_AS: Final = {"PyStemmer": "Stemmer", "vl-convert-python": "vl_convert"}
NEVER_IMPORTED: Final = {
    "dagster-webserver": "`dancecard ui` starts it as a program",
    "pyarrow": "DuckDB and Polars exchange frames through it",
    "tzdata": "zoneinfo reads it",
}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert [block for block in re.split(r"\n(?=\S)", text.strip()) if "--hash=sha256:" not in block] == []


def test_the_tool_installs_nothing_that_only_developers_need() -> None:
    names = {re.split(r"[><=!]", entry)[0] for entry in project()["dependency-groups"]["dev"]}
    assert names & locked("requirements.lock") == set()
    assert names <= locked("requirements-dev.lock")


def test_both_locks_hold_the_same_versions() -> None:
    def versions(lock: str) -> set[str]:
        return set(
            re.findall(r"^([a-z0-9-]+==[^ ]+(?: ; [^\\]+)?)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        )

    both = locked("requirements.lock") & locked("requirements-dev.lock")
    shared = {line for line in versions("requirements-dev.lock") if line.partition("==")[0] in both}
    assert {line.partition(" ;")[0] for line in shared} <= {
        line.partition(" ;")[0] for line in versions("requirements.lock")
    }


@pytest.mark.parametrize("requirement", project()["project"]["dependencies"])
def test_every_dependency_is_used(requirement: str) -> None:
    name = re.split(r"[><=!]", requirement)[0]
    if name not in NEVER_IMPORTED:
        module = IMPORTED_AS.get(name, name)
        modules = {
            found.split(".")[0]
            for top in ("pipeline", "reports")
            for names in imported_by(top).values()
            for found in names
        }
        assert module in modules


def test_pages_name_only_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named <= targets


def test_pages_name_only_commands_that_exist() -> None:
    pattern = r"(?:^|`)dancecard ([a-z]+)"
    named = {name for page in PAGES for name in re.findall(pattern, page.read_text(encoding="utf-8"), re.MULTILINE)}
    assert named <= set(COMMANDS)


WITHOUT_A_ROOM: Final = {"bench", "end_to_end", "faults", "installed", "repository", "soak"}
"""Folders of tests about the whole tool, or about the project itself."""


def test_folders_of_tests_mirror_the_rooms() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("**/test_*.py"))}
    assert folders - WITHOUT_A_ROOM <= set(ROOMS)


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("pipeline/matching/turns.py", {"tests/matching"}),
        ("pipeline/sources/x/tweets.py", {"tests/sources/x"}),
        ("pipeline/sources/registry.py", {"tests/sources"}),
        ("pipeline/cli.py", set()),
        ("sql/tables/gestures.sql", {"tests/warehouse"}),
        ("reports/sections/lag.py", {"tests/reports"}),
        ("tests/reports/test_limits.py", {"tests/reports/test_limits.py"}),
        ("docs/design.md", set()),
    ],
)  # fmt: skip
def test_a_change_asks_for_the_tests_of_its_room(changed: str, tests: set[str]) -> None:
    assert set(selected([changed])) == tests | {"tests/repository"}
