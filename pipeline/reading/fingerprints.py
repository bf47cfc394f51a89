"""What a run would read, without reading it: contents of the archives, and whether a file is still being written.

Nothing here loads Polars or a source, so a run with nothing new stays fast.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.containers.file_names import coverage_sibling
from pipeline.home.known_archives import Known
from pipeline.home.paths import Home
from pipeline.reading.discovery import discover
from pipeline.reading.identity_cache import identities


def paths_to_read(home: Home, paths: Sequence[Path], known: Known) -> list[Path]:
    """Return the existing archives of a run, absolute and sorted: given, in the inbox, and known from earlier runs."""
    earlier = [path for path in map(home.located, known.paths()) if path.exists()]
    return discover([*paths, *earlier, home.exports])


def archive_contents(home: Home, paths: Sequence[Path]) -> dict[str, str]:
    """Return what a run on this home would read, as a value that changes when any archive's content changes.

    Bytes are hashed only where size, modification time or inode changed since the last run. Together with the tool's
    code and the settings, equal contents give equal readings.

    Args:
        home: the home.
        paths: archives that the owner gives beside the inbox.

    Returns:
        Path as shown -> archive_id, or `unreadable: <reason>`; `kept:<archive_id>` -> "" for each archive of which only
        the kept reading is left. Sorted by key.

    Raises:
        OSError: when the list of known archives is damaged or the home can't be written.
    """
    known = Known(home)
    found = identities(home, paths_to_read(home, paths, known))
    contents = {
        home.shown(path): f"unreadable: {identity.strerror or type(identity).__name__}"
        if isinstance(identity, OSError)
        else identity
        for path, identity in found.items()
    }
    present = set(contents.values())
    contents |= {f"kept:{archive_id}": "" for archive_id in known.archives if archive_id not in present}
    return dict(sorted(contents.items()))


def size_and_change(path: Path) -> tuple[int, float]:
    """Return an archive's bytes and newest modification time; while it is copied, one of them changes.

    The coverage file beside an open interactions file is part of the archive. Files that vanish meanwhile don't count.
    """
    sizes, times = [0], [0.0]
    for file in _files(path):
        with suppress(FileNotFoundError):
            status = file.stat()
            sizes.append(status.st_size)
            times.append(status.st_mtime)
    return sum(sizes), max(times)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        coverage = coverage_sibling(path)
        if coverage is not None:
            yield coverage
    else:
        yield from (file for file in path.rglob("*") if file.is_file())
