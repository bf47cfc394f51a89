"""Open whatever the person gives as an archive: zip, tar, folder, single file (also gzipped), open interactions files."""

import gzip
import os
import stat
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pipeline.containers.errors import ContainerError
from pipeline.containers.file_names import coverage_sibling, is_partial_download
from pipeline.containers.streams import Budget, Names, StreamMember
from pipeline.containers.tars import open_tar
from pipeline.containers.zips import Opened, open_zip
from pipeline.model.limits import Limits

_TAR_ENDS: Final = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")
_ZIP_STARTS: Final = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
_OTHER: Final = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}


class OpenedArchive:
    """An archive's members; implements `pipeline.containers.members.Archive`. Close it when done (it is a context manager)."""

    def __init__(self, file_name: str, opened: Opened) -> None:
        self.file_name = file_name
        self.members: Sequence[StreamMember] = opened.members
        self.audit_findings: list[str] = opened.findings
        """What the container's bytes don't explain; any makes the archive `partial`."""
        self.remarks: list[str] = opened.remarks
        """Said in the archive's facts, harmless."""
        self._closers = opened.closers

    @property
    def inflated(self) -> int:
        """Bytes of members that were read so far."""
        return self.members[0].budget.total if self.members else 0

    @property
    def may_inflate(self) -> int:
        """Bytes that its members may inflate to in all."""
        return self.members[0].budget.whole if self.members else 0

    def close(self) -> None:
        """Close all files."""
        for close in reversed(self._closers):
            with suppress(OSError, ValueError):
                close()
        self._closers = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(path: Path, limits: Limits | None = None) -> OpenedArchive:
    """Open an archive in place, read-only; nothing is written to disk.

    Args:
        path: file or folder.
        limits: `[limits]` of the settings.

    Raises:
        ContainerError: when its name or signature promises a container that can't be opened, when it is empty, unreadable or
            over a limit.
    """
    limits = limits or Limits()
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return OpenedArchive(path.name, _folder(path, limits))
        if not stat.S_ISREG(status.st_mode):
            raise ContainerError("not_a_file", "is neither a file nor a folder")
        if status.st_size == 0:
            raise ContainerError("empty_file", "not an archive: the file is empty")
        if status.st_size > limits.archive_bytes:
            raise ContainerError("over_limit", f"is larger than {limits.archive_bytes} bytes (limits.archive_bytes)")
        budget = Budget(limits, status.st_size)
        names = Names(limits.name_bytes)
        return OpenedArchive(path.name, _file(path, path.name, status.st_size, budget, names))
    except OSError as error:
        raise ContainerError(
            "unreadable", f"can't be read: {(error.strerror or type(error).__name__).lower()}"
        ) from None


def is_tar_name(name: str) -> bool:
    """Tell whether a name is that of a tar."""
    return name.lower().endswith(_TAR_ENDS)


def opens_anywhere(path: Path) -> bool:
    """Tell whether the members of an archive can be read from the middle on: those of a folder and of a zip."""
    try:
        if path.is_dir():
            return True
        with path.open("rb") as stream:
            return stream.read(4) in _ZIP_STARTS
    except OSError:
        return False


def _file(path: Path, name: str, size: int, budget: Budget, names: Names, *, prefix: str = "") -> Opened:
    """Open a file as what its signature or its name promises."""
    with path.open("rb") as stream:
        head = stream.read(512)
    lower = name.lower()
    for start, kind in _OTHER.items():
        if head.startswith(start):
            raise ContainerError("unknown_container", f"is a {kind} archive: unpack it and give the folder")
    if head.startswith(_ZIP_STARTS) or lower.endswith(".zip") or _is_appended_zip(path, head):
        return _zip(path, size, budget, names, prefix)
    if lower.endswith(_TAR_ENDS) or (head[257:262] == b"ustar" and tarfile.is_tarfile(path)):
        return open_tar(path, budget, names, prefix)
    if head.startswith(b"\x1f\x8b"):
        return _gzip(path, name, budget, names, prefix)
    if lower.endswith(".gz"):
        raise ContainerError("not_an_archive", "is named .gz, but is no gzip file: download it again")
    opened = Opened(members=[StreamMember(names.unique(prefix + name), size, partial(_binary, path), budget)])
    coverage = coverage_sibling(path)
    if coverage is not None and not prefix:
        member = StreamMember(names.unique(coverage.name), coverage.stat().st_size, partial(_binary, coverage), budget)
        opened.members.append(member)
    return opened


def _binary(path: Path) -> BinaryIO:
    return path.open("rb")


def _is_appended_zip(path: Path, head: bytes) -> bool:
    """Tell whether a program file carries a zip behind it (a self-extracting archive)."""
    if not head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return False
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 65_557))
        return b"PK\5\6" in stream.read()


def _zip(path: Path, size: int, budget: Budget, names: Names, prefix: str) -> Opened:
    file = path.open("rb")
    try:
        opened = open_zip(file, size, budget, names, prefix=prefix, depth=1 if prefix else 0)
    except ContainerError:
        file.close()
        raise
    opened.closers.insert(0, file.close)
    return opened


def _gzip(path: Path, name: str, budget: Budget, names: Names, prefix: str) -> Opened:
    """Open a gzipped file: a tar when one is inside, else one member, inflated."""
    try:
        with gzip.open(path) as stream:
            head = stream.read(512)
    except (OSError, EOFError, ValueError) as error:
        raise ContainerError(
            "not_an_archive", f"can't be opened as gzip ({type(error).__name__}): download it again"
        ) from None
    except Exception as error:  # noqa: BLE001 - zlib.error and whatever else damaged bytes bring about
        raise ContainerError(
            "not_an_archive", f"can't be opened as gzip ({type(error).__name__}): download it again"
        ) from None
    if head[257:262] == b"ustar":
        return open_tar(path, budget, names, prefix)
    inner = name[:-3] if name.lower().endswith(".gz") else name
    opener: Callable[[], BinaryIO] = partial(gzip.open, path, "rb")  # type: ignore[assignment] # binary mode gives a GzipFile
    return Opened(members=[StreamMember(names.unique(prefix + inner), budget.size, opener, budget)])


def _walk(folder: Path, remarks: list[str], findings: list[str]) -> Iterator[Path]:
    """Yield the regular files below a folder, sorted; links and special files are counted, unreadable folders said."""
    links = 0

    def unreadable(error: OSError) -> None:
        findings.append(f"a folder in it can't be read: {(error.strerror or type(error).__name__).lower()}")

    for base, folders, files in os.walk(folder, onerror=unreadable):
        folders.sort()
        links += sum(1 for name in folders if Path(base, name).is_symlink())
        for name in sorted(files):
            file = Path(base, name)
            if file.is_symlink() or not stat.S_ISREG(file.lstat().st_mode):
                links += 1
            else:
                yield file
    if links:
        remarks.append(f"{links} links or special files were ignored")


def _folder(folder: Path, limits: Limits) -> Opened:
    """List the files of a folder; archives in it are opened in place (a set of parts unpacked or thrown together)."""
    whole = Opened()
    files = [file for file in _walk(folder, whole.remarks, whole.findings) if not is_partial_download(file.name)]
    sizes = {file: file.stat().st_size for file in files}
    budget = Budget(limits, sum(sizes.values()))
    names = Names(limits.name_bytes)
    if budget.size > limits.archive_bytes:
        raise ContainerError("over_limit", f"is larger than {limits.archive_bytes} bytes (limits.archive_bytes)")
    if len(files) > limits.members:
        whole.findings.append(f"holds {len(files)} files, only the first {limits.members} are read (limits.members)")
    for file in files[: limits.members]:
        name = os.fsencode(file.relative_to(folder)).decode("utf-8", "replace")
        if name.lower().endswith((".zip", *_TAR_ENDS)):
            try:
                inner = _file(file, name, sizes[file], budget, names, prefix=f"{name}!/")
            except ContainerError as error:
                whole.findings.append(f"{name}: {error.reason}")
            else:
                whole.members += inner.members
                whole.findings += inner.findings
                whole.remarks += inner.remarks
                whole.closers += inner.closers
                continue
        whole.members.append(StreamMember(names.unique(name), sizes[file], partial(_binary, file), budget))
    return whole
