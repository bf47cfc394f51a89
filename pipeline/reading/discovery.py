"""Which files and folders are archives: each thing directly in the inbox, and what the person gives."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_PARTIAL: Final = (".part", ".partial", ".crdownload", ".tmp", ".download", ".opdownload", ".!ut")
_OPEN_ENDS: Final = (".interactions.csv", ".interactions.parquet")
_COVERAGE_END: Final = ".coverage.csv"


def is_partial_download(name: str) -> bool:
    """Tell whether a name is that of a file still on its way (`*.part`, `*.crdownload`, `*.tmp`), or a hidden one."""
    lower = name.lower()
    return lower.startswith(".") or lower.endswith(_PARTIAL)


def open_stem(path: Path) -> str | None:
    """Return NAME of an open interactions file `NAME.interactions.csv|parquet`, else None."""
    lower = path.name.lower()
    return next((path.name[: -len(end)] for end in _OPEN_ENDS if lower.endswith(end)), None)


def coverage_sibling(path: Path) -> Path | None:
    """Return the `NAME.coverage.csv` beside an open interactions file, None when there is none."""
    stem = open_stem(path)
    sibling = path.with_name(f"{stem}{_COVERAGE_END}") if stem is not None else None
    return sibling if sibling is not None and sibling.is_file() else None


def _is_coverage_of_another(path: Path) -> bool:
    lower = path.name.lower()
    if not lower.endswith(_COVERAGE_END):
        return False
    stem = path.name[: -len(_COVERAGE_END)]
    return any(path.with_name(stem + end).is_file() for end in _OPEN_ENDS)


def is_inbox(path: Path) -> bool:
    """Tell whether a folder is the inbox of a home (`exports` beside a `state` that carries the cache mark)."""
    return path.name == "exports" and (path.parent / "state" / "CACHEDIR.TAG").is_file()


def discover(paths: Iterable[Path]) -> list[Path]:
    """Return the archives, absolute and sorted, each once.

    Hidden files, partial downloads and coverage files that belong to an open interactions file are no archives.

    Args:
        paths: each is an archive, except a home's inbox (`HOME/exports`), of which each file or folder is one.
    """
    found: set[Path] = set()
    for path in paths:
        absolute = Path(os.path.normpath(path.expanduser().absolute()))
        found |= set(absolute.iterdir()) if is_inbox(absolute) and absolute.is_dir() else {absolute}
    return sorted(path for path in found if not is_partial_download(path.name) and not _is_coverage_of_another(path))
