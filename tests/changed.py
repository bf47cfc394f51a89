"""Print the tests of what changed since main, for `make check`: `python -m tests.changed [BASE]`.

A changed module asks for the tests of its room, a changed test for itself; tests/repository always runs.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
ALWAYS = "tests/repository"
OUTSIDE = {"sql": "tests/warehouse", "reports": "tests/reports", "workspace.yaml": "tests/installed"}


def tests_of(path: PurePosixPath) -> PurePosixPath | None:
    """Return the test, or the deepest folder of tests, that a changed file asks for; None: only what always runs."""
    match path.parts:
        case ("tests", *_) if path.name.startswith("test_"):
            wanted = path
        case ("tests", *_):
            wanted = path.parent
        case ("pipeline", *rooms, _) if rooms:
            wanted = PurePosixPath("tests", *rooms)
        case (top, *_):
            wanted = PurePosixPath(OUTSIDE.get(top, ALWAYS))
    while len(wanted.parts) > 1 and not (ROOT / wanted).exists():
        wanted = wanted.parent
    return wanted if len(wanted.parts) > 1 else None


def selected(changed: Iterable[str]) -> list[str]:
    """Return the paths for pytest, sorted; what a selected folder holds isn't listed again."""
    wanted = {ALWAYS, *(str(found) for path in changed if (found := tests_of(PurePosixPath(path))))}
    return sorted(path for path in wanted if not any(path.startswith(f"{folder}/") for folder in wanted))


def changed_files(base: str) -> list[str]:
    """Return the files that differ from where this branch left `base`, and those that Git doesn't know yet."""

    def git(*arguments: str) -> list[str]:
        run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607 - whichever git the developer uses
        return run.stdout.splitlines()

    start = git("merge-base", "HEAD", base) or ["HEAD"]
    return [*git("diff", "--name-only", start[0]), *git("ls-files", "--others", "--exclude-standard")]


if __name__ == "__main__":
    print(*selected(changed_files(sys.argv[1] if len(sys.argv) > 1 else "main")))  # noqa: T201 - a script's output
