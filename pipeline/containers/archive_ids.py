"""archive_id: SHA-256 of an archive's bytes; of a folder, its sorted names and hashes; of an open file, with its coverage."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.containers.file_names import coverage_sibling


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, file) of a folder's regular files, sorted by name."""
    found = []
    for base, _, files in os.walk(path):
        for name in files:
            file = Path(base, name)
            if stat.S_ISREG(file.lstat().st_mode):
                found.append((os.fsencode(file.relative_to(path)).decode("utf-8", "replace"), file))
    yield from sorted(found)


def _sha256(path: Path) -> bytes:
    if not path.is_file():  # a pipe or a device would never end
        raise OSError(errno.EINVAL, "neither a file nor a folder" if path.exists() else "no such file")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def archive_id(path: Path) -> str:
    """Return the identity of an archive's content; its name and place don't matter.

    Raises:
        OSError: when it can't be read.
    """
    coverage = coverage_sibling(path)
    if path.is_dir() or coverage is not None:
        parts = _files(path) if path.is_dir() else iter([("interactions", path), ("coverage", coverage or path)])
        digest = hashlib.sha256()
        for name, file in parts:
            digest.update(name.encode() + b"\0" + _sha256(file))
        return digest.hexdigest()
    return _sha256(path).hex()


def fingerprint(path: Path) -> list[list[object]]:
    """Return what changes when the archive's files change, without reading them: name, size, mtime_ns and inode of each.

    Raises:
        OSError: when it can't be listed.
    """
    coverage = coverage_sibling(path)
    single = [("", path), *([("coverage", coverage)] if coverage else [])]
    parts = list(_files(path)) if path.is_dir() else single
    return [[name, (status := file.stat()).st_size, status.st_mtime_ns, status.st_ino] for name, file in parts]


def size_of(path: Path) -> int:
    """Return the archive's bytes, 0 when it can't be read."""
    try:
        return sum(int(str(entry[1])) for entry in fingerprint(path))
    except OSError:
        return 0
