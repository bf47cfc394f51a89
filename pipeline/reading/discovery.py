"""Find the archives: each file or folder in the inbox, and each path that the owner gives."""

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.containers.file_names import belongs_to_interactions_file, is_partial_download
from pipeline.containers.system_files import is_system_file


def is_inbox(path: Path) -> bool:
    """Return whether a folder is the inbox of a home: `exports` beside a `state` folder with a cache tag."""
    return path.name == "exports" and (path.parent / "state" / "CACHEDIR.TAG").is_file()


def discover(paths: Iterable[Path]) -> list[Path]:
    """Return the archives, absolute and sorted, each once.

    System files, hidden files, partial downloads and coverage files of an open interactions file are not archives.

    Args:
        paths: each is an archive, except the inbox of a home (`HOME/exports`), whose entries are archives.
    """
    found: set[Path] = set()
    for path in paths:
        absolute = Path(os.path.normpath(path.expanduser().absolute()))
        found |= set(absolute.iterdir()) if is_inbox(absolute) and absolute.is_dir() else {absolute}
    return sorted(
        path
        for path in found
        if not is_partial_download(path.name)
        and not is_system_file(path.name)
        and not is_system_file(f"{path.name}/")
        and not belongs_to_interactions_file(path)
    )
