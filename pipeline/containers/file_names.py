"""What the names of files say: partial downloads, and open interactions files with their coverage file."""

from pathlib import Path
from typing import Final

_PARTIAL: Final = (".part", ".partial", ".crdownload", ".tmp", ".download", ".opdownload", ".!ut")
_INTERACTIONS_SUFFIXES: Final = (".interactions.csv", ".interactions.parquet")
_COVERAGE_SUFFIX: Final = ".coverage.csv"


def is_partial_download(name: str) -> bool:
    """Return whether a name is that of an unfinished download (`*.part`, `*.crdownload`, `*.tmp`) or of a hidden file."""
    lower = name.lower()
    return lower.startswith(".") or lower.endswith(_PARTIAL)


def open_interactions_stem(path: Path) -> str | None:
    """Return NAME of an open interactions file `NAME.interactions.csv` or `.parquet`; None for any other file."""
    lower = path.name.lower()
    return next((path.name[: -len(suffix)] for suffix in _INTERACTIONS_SUFFIXES if lower.endswith(suffix)), None)


def coverage_sibling(path: Path) -> Path | None:
    """Return the existing `NAME.coverage.csv` beside an open interactions file; None when there is none."""
    stem = open_interactions_stem(path)
    sibling = path.with_name(f"{stem}{_COVERAGE_SUFFIX}") if stem is not None else None
    return sibling if sibling is not None and sibling.is_file() else None


def belongs_to_interactions_file(path: Path) -> bool:
    """Return whether a path is the coverage file of an open interactions file beside it."""
    if not path.name.lower().endswith(_COVERAGE_SUFFIX):
        return False
    stem = path.name[: -len(_COVERAGE_SUFFIX)]
    return any(path.with_name(stem + suffix).is_file() for suffix in _INTERACTIONS_SUFFIXES)
