"""archive_id: the SHA-256 of an archive's content. Source: methods:archive-ids."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.containers.file_names import coverage_sibling
from pipeline.containers.system_files import is_system_file


def archive_id(path: Path) -> str:
    """Return the id of an archive's content, which does not depend on the archive's name and location.

    The id of a file is the hash of its bytes; that of a folder is a hash of the sorted names and hashes of its files; that
    of an open interactions file with a coverage file is a hash of both.

    Raises:
        OSError: when the archive can't be read.
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
    """Return name, size, modification time (ns) and inode of each file, which change when the archive does.

    Raises:
        OSError: when the archive can't be listed.
    """
    coverage = coverage_sibling(path)
    single = [("", path), *([("coverage", coverage)] if coverage else [])]
    parts = list(_files(path)) if path.is_dir() else single
    return [[name, (status := file.stat()).st_size, status.st_mtime_ns, status.st_ino] for name, file in parts]


def size_of(path: Path) -> int:
    """Return the archive's bytes; 0 when it can't be read."""
    try:
        return sum(int(str(entry[1])) for entry in fingerprint(path))
    except OSError:
        return 0


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, file) of a folder's regular files, sorted by name; a system file that appears changes nothing."""
    found = []
    for base, _, files in os.walk(path):
        for name in files:
            file = Path(base, name)
            written = os.fsencode(file.relative_to(path)).decode("utf-8", "replace")
            if stat.S_ISREG(file.lstat().st_mode) and not is_system_file(written):
                found.append((written, file))
    yield from sorted(found)


def _sha256(path: Path) -> bytes:
    if not path.is_file():  # reading a pipe or a device might not end
        raise OSError(errno.EINVAL, "neither a file nor a folder" if path.exists() else "no such file")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
