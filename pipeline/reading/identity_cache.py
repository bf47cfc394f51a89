"""Identities of archives, hashed only when size, time of change or inode changed (a cache in `state/`, safe to delete)."""

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.containers.archive_ids import archive_id, fingerprint
from pipeline.home.atomic_files import write_json
from pipeline.home.paths import Home


def _one(path: Path, known: dict[str, Any]) -> tuple[list[list[object]], str] | OSError:
    try:
        print_ = fingerprint(path)
        entry = known.get(str(path))
        if entry and entry["fingerprint"] == print_:
            return print_, str(entry["archive_id"])
        return print_, archive_id(path)
    except OSError as error:
        return error


def identities(home: Home, paths: Sequence[Path]) -> dict[Path, str | OSError]:
    """Return path -> archive_id, or the error that kept it from being read."""
    file = home.state / "hashes.json"
    try:
        known = json.loads(file.read_bytes())
    except (OSError, ValueError):
        known = {}
    if not isinstance(known, dict):
        known = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        found = dict(zip(paths, threads.map(lambda path: _one(path, known), paths), strict=True))
    cache = {
        str(path): {"fingerprint": result[0], "archive_id": result[1]}
        for path, result in found.items()
        if isinstance(result, tuple)
    }
    if cache != known:
        write_json(file, cache)
    return {path: result if isinstance(result, OSError) else result[1] for path, result in found.items()}


def stand_in(path: str) -> str:
    """Return an archive_id for an archive whose bytes can't be had: a hash of where it is."""
    return hashlib.sha256(b"unreadable\0" + path.encode("utf-8", "replace")).hexdigest()
