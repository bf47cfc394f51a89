"""Is there anything new? What a warehouse was made of, against what it would be made of now."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pipeline
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.model.tables import sql_folder
from pipeline.reading.archives import Reading

MARK = "made_of.json"
"""File in the state folder that tells what the published warehouse was made of."""
_CODE = (".py", ".sql", ".js", ".css")


def _look(path: Path) -> list[int]:
    """Return size and time of change, [] for a file that isn't there."""
    try:
        stat = path.stat()
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]


def _code() -> str:
    """Return a digest of the tool's own files: another version, or a changed checkout, makes everything anew."""
    package = Path(pipeline.__file__).parent
    folders = {package, sql_folder(), package.parent / "reports"}
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _CODE)
    return sha256("\n".join(f"{path} {_look(path)}" for path in files).encode()).hexdigest()


def made_of(home: Home, settings: Settings, readings: Sequence[Reading]) -> dict[str, object]:
    """Return what everything published follows from: readings, settings, the owner's decisions, the tool itself."""
    told = home.contacts_csv.read_bytes() if home.contacts_csv.exists() else b""
    rows = sorted(
        [
            r.archive_id,
            r.path,
            r.platform,
            r.exported_at,
            r.size_bytes,
            r.status,
            r.reason,
            str(r.folder),
            list(r.unknown),
        ]
        for r in readings
    )
    return {
        "readings": json.loads(json.dumps(rows)),
        "settings": settings.hash(),
        "decisions": sha256(told).hexdigest(),
        "code": _code(),
    }


def published_is_fresh(home: Home, of: dict[str, object]) -> bool:
    """Tell whether warehouse and report were made of just this, and lie there as they were published."""
    try:
        mark = json.loads((home.state / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    lies = {"warehouse": _look(home.warehouse), "report": _look(home.reports / "index.html")}
    # a log left beside it by somebody's killed writer makes it unreadable: only publishing anew removes that
    stray = home.warehouse.with_name(f"{home.warehouse.name}.wal").exists()
    return bool(mark == of | lies and all(lies.values()) and not stray)


def remember(home: Home, of: dict[str, object]) -> None:
    """Note what the published warehouse and report were made of."""
    lies = {"warehouse": _look(home.warehouse), "report": _look(home.reports / "index.html")}
    aside = home.state / f"{MARK}.tmp"
    aside.write_text(json.dumps(of | lies), encoding="utf-8")
    aside.replace(home.state / MARK)
