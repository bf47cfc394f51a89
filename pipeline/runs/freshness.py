"""Decide whether a run would change anything: compare the inputs of the published warehouse with the inputs of now."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

import pipeline
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.model.tables import sql_folder
from pipeline.reading.fingerprints import archive_contents

Ingredients: TypeAlias = Mapping[str, object]
"""`archives`, `settings`, `decisions`, `steps`, `code` -> a value that changes when that part changes."""
MARK: Final = "made_of.json"
"""File in the state folder that holds the ingredients of the published warehouse."""
_CODE: Final = (".py", ".sql", ".js", ".css")


def file_fingerprint(path: Path) -> list[int]:
    """Return size and modification time (nanoseconds) of a file; [] when it does not exist."""
    try:
        stat = path.stat()
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]


def _code() -> str:
    """Return a digest of the tool's own files: another version, or a changed checkout, rebuilds everything."""
    package = Path(pipeline.__file__).parent
    folders = {package, sql_folder(), package.parent / "reports"}
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _CODE)
    return sha256("\n".join(f"{path} {file_fingerprint(path)}" for path in files).encode()).hexdigest()


def ingredients(home: Home, settings: Settings, paths: Sequence[Path]) -> Ingredients:
    """Return what everything published follows from, without opening an archive.

    Args:
        home: the home.
        settings: the owner's settings.
        paths: archives given beside the inbox.

    Raises:
        OSError: the list of known archives is damaged, or the home can't be written.
    """
    decisions = home.contacts_csv.read_bytes() if home.contacts_csv.exists() else b""
    steps = home.steps_csv.read_bytes() if home.steps_csv.exists() else b""
    return {
        "archives": archive_contents(home, paths),
        "settings": settings.hash(),
        "decisions": sha256(decisions).hexdigest(),
        "steps": sha256(steps).hexdigest(),
        "code": _code(),
    }


def _published(home: Home) -> dict[str, list[int]]:
    files = {
        "warehouse": home.warehouse,
        "report": home.reports / "index.html",
        "shareable_report": home.reports / "shareable.html",
    }
    return {name: file_fingerprint(path) for name, path in files.items()}


def is_current(home: Home, of: Ingredients) -> bool:
    """Return whether warehouse and report were made of exactly this and are as they were published."""
    try:
        mark = json.loads((home.state / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    published = _published(home)
    # a log left by another program that was killed while it wrote makes the warehouse unreadable until it is replaced
    stray = home.warehouse.with_name(f"{home.warehouse.name}.wal").exists()
    return bool(mark == {**of, **published} and all(published.values()) and not stray)


def remember(home: Home, of: Ingredients) -> None:
    """Record what the published warehouse and report were made of."""
    aside = home.state / f"{MARK}.tmp"
    aside.write_text(json.dumps({**of, **_published(home)}), encoding="utf-8")
    aside.replace(home.state / MARK)


def forget(home: Home) -> None:
    """Forget what the warehouse was made of, so that the next run rebuilds it."""
    (home.state / MARK).unlink(missing_ok=True)
