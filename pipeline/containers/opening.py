"""Open what the owner gives as an archive: a zip, tar, folder, single file (also gzipped) or open interactions file."""

import gzip
import stat
import tarfile
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pipeline.containers.budget import Budget
from pipeline.containers.contents import Contents, MemberNames, Scope
from pipeline.containers.errors import ContainerError
from pipeline.containers.file_names import coverage_sibling
from pipeline.containers.folders import FolderListing, list_folder
from pipeline.containers.streams import StreamMember
from pipeline.containers.tars import open_tar
from pipeline.containers.zips import open_zip
from pipeline.model.limits import Limits

_TAR_SUFFIXES: Final = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")
_ZIP_SIGNATURES: Final = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
_OTHER_SIGNATURES: Final = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}


class OpenedArchive:
    """An archive's members; implements `pipeline.containers.members.Archive`. A context manager that closes it."""

    def __init__(self, file_name: str, contents: Contents, budget: Budget) -> None:
        """Take the contents of an archive; `file_name` is the base name of its file or folder."""
        self.file_name = file_name
        self._contents, self._budget = contents, budget

    @property
    def members(self) -> Sequence[StreamMember]:
        """All members, in the container's order."""
        return self._contents.members

    @property
    def audit_findings(self) -> list[str]:
        """Bytes or files that can't be accounted for; any makes the archive partial."""
        return self._contents.findings

    @property
    def remarks(self) -> list[str]:
        """Harmless facts."""
        return self._contents.remarks

    @property
    def system_files(self) -> list[str]:
        """Names of files of operating systems that were passed over, sorted, each once."""
        return sorted(set(self._contents.system_files))

    @property
    def inflated(self) -> int:
        """Uncompressed bytes of members that were read so far."""
        return self._budget.used

    @property
    def may_inflate(self) -> int:
        """Uncompressed bytes that all members together may have."""
        return self._budget.allowed

    def close(self) -> None:
        """Close all files."""
        for close in reversed(self._contents.closers):
            with suppress(OSError, ValueError):
                close()
        self._contents.closers.clear()

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
        limits: `[limits]` of the settings; None for the defaults.

    Raises:
        ContainerError: when its name or signature promises a container that can't be opened, or when it is empty,
            unreadable or over a limit.
    """
    limits = limits or Limits()
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            listing = list_folder(path)
            budget = _budget(limits, listing.size)
            return OpenedArchive(path.name, _open_folder(listing, _scope(budget)), budget)
        if not stat.S_ISREG(status.st_mode):
            raise ContainerError("not_a_file", "is neither a file nor a folder")
        if status.st_size == 0:
            raise ContainerError("empty_file", "not an archive: the file is empty")
        budget = _budget(limits, status.st_size)
        return OpenedArchive(path.name, _open_file(path, path.name, status.st_size, _scope(budget)), budget)
    except OSError as error:
        raise ContainerError(
            "unreadable", f"can't be read: {(error.strerror or type(error).__name__).lower()}"
        ) from None


def is_tar_name(name: str) -> bool:
    """Return whether a name is that of a tar."""
    return name.lower().endswith(_TAR_SUFFIXES)


def opens_anywhere(path: Path) -> bool:
    """Return whether members of an archive can be read without those before them: true of a folder and of a zip."""
    try:
        if path.is_dir():
            return True
        with path.open("rb") as stream:
            return stream.read(4) in _ZIP_SIGNATURES
    except OSError:
        return False


def _budget(limits: Limits, size: int) -> Budget:
    if size > limits.archive_bytes:
        raise ContainerError("over_limit", f"is larger than {limits.archive_bytes} bytes (limits.archive_bytes)")
    return Budget(limits, size)


def _scope(budget: Budget) -> Scope:
    return Scope(budget, MemberNames(budget.limits.name_bytes))


def _open_file(path: Path, name: str, size: int, scope: Scope) -> Contents:
    """Open a file as what its signature or its name promises."""
    with path.open("rb") as stream:
        head = stream.read(512)
    lower = name.lower()
    for signature, kind in _OTHER_SIGNATURES.items():
        if head.startswith(signature):
            raise ContainerError("unknown_container", f"is a {kind} archive: unpack it and give the folder")
    if head.startswith(_ZIP_SIGNATURES) or lower.endswith(".zip") or _is_appended_zip(path, head):
        return _open_zip_file(path, size, scope)
    if lower.endswith(_TAR_SUFFIXES) or (head[257:262] == b"ustar" and tarfile.is_tarfile(path)):
        return open_tar(path, scope)
    if head.startswith(b"\x1f\x8b"):
        return _open_gzip(path, name, scope)
    if lower.endswith(".gz"):
        raise ContainerError("not_an_archive", "is named .gz, but is no gzip file: download it again")
    contents = Contents(members=[scope.member(name, size, partial(_binary, path))])
    coverage = coverage_sibling(path)
    if coverage is not None and not scope.prefix:
        member = scope.member(coverage.name, coverage.stat().st_size, partial(_binary, coverage))
        contents.members.append(member)
    return contents


def _binary(path: Path) -> BinaryIO:
    return path.open("rb")


def _gunzipped(path: Path) -> BinaryIO:
    return gzip.open(path, "rb")  # type: ignore[return-value] # a GzipFile, which is all that BinaryIO asks for


def _is_appended_zip(path: Path, head: bytes) -> bool:
    """Return whether a zip follows a program: a self-extracting archive."""
    if not head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return False
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 65_557))
        return b"PK\5\6" in stream.read()


def _open_zip_file(path: Path, size: int, scope: Scope) -> Contents:
    file = path.open("rb")
    try:
        contents = open_zip(file, size, scope)
    except ContainerError:
        file.close()
        raise
    contents.closers.insert(0, file.close)
    return contents


def _open_gzip(path: Path, name: str, scope: Scope) -> Contents:
    """Open a gzipped file: as a tar when it holds one, else as one uncompressed member."""
    try:
        with gzip.open(path) as stream:
            head = stream.read(512)
    except Exception as error:  # noqa: BLE001 - OSError, EOFError, ValueError, zlib.error and others, by the damage
        raise ContainerError(
            "not_an_archive", f"can't be opened as gzip ({type(error).__name__}): download it again"
        ) from None
    if head[257:262] == b"ustar":
        return open_tar(path, scope)
    inner = name[:-3] if name.lower().endswith(".gz") else name
    return Contents(members=[scope.member(inner, scope.budget.size, partial(_gunzipped, path))])


def _open_folder(listing: FolderListing, scope: Scope) -> Contents:
    """List the files of a folder; archives in it are opened in place, as in a set of downloaded parts."""
    contents = Contents(findings=listing.findings, remarks=listing.remarks, system_files=listing.system_files)
    most = scope.budget.limits.members
    if len(listing.files) > most:
        contents.findings.append(f"holds {len(listing.files)} files, only the first {most} are read (limits.members)")
    for file in listing.files[:most]:
        if file.name.lower().endswith((".zip", *_TAR_SUFFIXES)):
            try:
                contents.add(_open_file(file.path, file.name, file.size, scope.inside(file.name)))
            except ContainerError as error:
                contents.findings.append(f"{file.name}: {error.reason}")
            else:
                continue
        contents.members.append(scope.member(file.name, file.size, partial(_binary, file.path)))
    return contents
