"""Homes that several tests look at, each made once a session by the command line itself. Tests copy what they change."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.consolidation.harness import open_file

HOSTILE = '=HYPERLINK("http://evil.example";"x")'
COVERAGE = " ".join(f"{platform},message,{direction},full,2024-01-01,2024-12-31" for platform in ("club", "pub") for direction in ("outbound", "inbound"))  # fmt: skip

TRAPS = ("polars.py", "duckdb.py", "json.py")
"""Somebody's download folder may hold files named like modules; none of them is ours."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One call of the command line: what it came to, in which folders it stood."""

    status: int
    out: str
    err: str
    folder: Path
    """Holds `home`, and `cwd`, `user` and `tmp`, which must stay empty."""

    @property
    def home(self) -> Path:
        """The home."""
        return self.folder / "home"


def fresh_folder() -> Path:
    """Return a new folder that is removed at the end of the session."""
    folder = Path(tempfile.mkdtemp(prefix="dancecard-test-", dir=os.environ.get("DANCECARD_TEST_TMP", "/tmp")))  # noqa: S108 - opening homes in this process moves the default
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def dancecard(folder: Path, *arguments: str, home: str = "home", umask: int = 0o022) -> Finished:
    """Call `dancecard … --home FOLDER/home` from an empty current folder, with HOME and TMPDIR of its own."""
    for name in ("cwd", "user", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(folder / "user"), "TMPDIR": str(folder / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(Path(__file__).parents[2]), "XDG_CACHE_HOME": str(folder / "user" / "cache"),
    }  # fmt: skip
    command = [sys.executable, "-P", "-m", "pipeline", *arguments, "--home", str(folder / home)]
    finished = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder / "cwd",
        env=environment,
        umask=umask,
        timeout=120,
    )
    return Finished(finished.returncode, finished.stdout, finished.stderr, folder)


def write_club(folder: Path) -> Path:
    """Write an open file with three people, one of whom has a name that a spreadsheet would run."""
    acts = [
        {"id": "1", "contact": "ann", "contact_name": "Ann Lee", "occurred_at": "2024-03-01T09:00:00Z", "text": "how was the concert yesterday?"},
        {"id": "2", "contact": "ann", "contact_name": "Ann Lee", "occurred_at": "2024-03-01T11:00:00Z", "direction": "inbound", "text": "it was lovely"},
        {"id": "3", "contact": "bob", "contact_name": "Bob", "occurred_at": "2024-03-02T09:00:00Z", "text": "coffee tomorrow?"},
        {"id": "4", "contact": "eve", "contact_name": HOSTILE.replace('"', '""').join('""'), "occurred_at": "2024-03-03T09:00:00Z", "text": "hello"},
        {"id": "5", "contact": "ann", "contact_name": "Ann Lee", "occurred_at": "2024-03-04T09:00:00Z", "platform": "pub", "text": "and here"},
    ]  # fmt: skip
    return open_file(folder, "club", acts, COVERAGE)


@cache
def club() -> Finished:
    """Return a run that read everything: exit status 0."""
    folder = fresh_folder()
    archive = write_club(folder / "given")
    (folder / "cwd" / "pipeline").mkdir(parents=True)
    for name in (*TRAPS, "pipeline/__init__.py"):
        (folder / "cwd" / name).write_text("raise SystemExit('ran what lay here')", encoding="utf-8")
    done = dancecard(folder, "run", str(archive))
    assert done.status == 0, done.err
    return done


@cache
def copy_of_club() -> Path:
    """Return a home like that of `club`, for commands that write nothing into it but temporary files."""
    folder = fresh_folder()
    shutil.copytree(club().home, folder / "home")
    return folder / "home"
