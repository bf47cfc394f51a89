"""Archive ids of paths, hashed only when size, modification time or inode changed since the last run.

The cache is `state/hashes.json` in the home; it is safe to delete. Source: methods:archive-ids.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

from pipeline.containers.archive_ids import archive_id, fingerprint
from pipeline.home.atomic_files import write_json
from pipeline.home.paths import Home

_Entry: TypeAlias = dict[str, object]
"""`fingerprint` and `archive_id` of a path."""


def identities(home: Home, paths: Sequence[Path]) -> dict[Path, str | OSError]:
    """Return the archive_id of each path, or the error for which it can't be read.

    Args:
        home: holds the cache.
        paths: absolute paths of archives.

    Raises:
        OSError: when the cache can't be written.
    """
    file = home.state / "hashes.json"
    try:
        known = json.loads(file.read_bytes())
    except (OSError, ValueError):
        known = {}
    if not isinstance(known, dict):
        known = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        found = dict(zip(paths, threads.map(lambda path: _identified(path, known), paths), strict=True))
    cache = {str(path): entry for path, entry in found.items() if not isinstance(entry, OSError)}
    if cache != known:
        write_json(file, cache)
    return {path: entry if isinstance(entry, OSError) else str(entry["archive_id"]) for path, entry in found.items()}


def _identified(path: Path, known: Mapping[str, _Entry]) -> _Entry | OSError:
    try:
        current = fingerprint(path)
        entry = known.get(str(path))
        if entry and entry["fingerprint"] == current:
            return entry
        return {"fingerprint": current, "archive_id": archive_id(path)}
    except OSError as error:
        return error


def path_id(shown: str) -> str:
    """Return an archive_id for an archive whose bytes can't be read: a hash of its path as shown."""
    return hashlib.sha256(b"unreadable\0" + shown.encode("utf-8", "replace")).hexdigest()
