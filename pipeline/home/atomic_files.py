"""Write files so that a crash leaves the old content or the new, never a part of it."""

import json
import os
from pathlib import Path


def fsync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_json(path: Path, data: object) -> None:
    """Replace a JSON file atomically; folders are created as needed.

    Args:
        path: the file.
        data: JSON values; keys are sorted.

    Raises:
        OSError: when the disk is full or can't be written; the old file is unchanged.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary.write_text(
        json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8", errors="replace"
    )
    fsync(temporary)
    temporary.replace(path)
    fsync(path.parent)
