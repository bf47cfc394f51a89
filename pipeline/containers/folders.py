"""List the regular files of a folder that is given as an archive."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.containers.file_names import is_partial_download
from pipeline.containers.system_files import is_system_file


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file in the folder: its path, its name relative to the folder, and its bytes."""

    path: Path
    name: str
    size: int


@dataclass(slots=True)
class FolderListing:
    """The files of a folder.

    Attributes:
        files: sorted by folder, then by name.
        findings: folders that can't be read.
        remarks: number of links and special files.
        system_files: names of files of operating systems.
    """

    files: list[FolderFile] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    system_files: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def list_folder(folder: Path) -> FolderListing:
    """Return the regular files below a folder; system files, hidden files and partial downloads are passed over.

    Raises:
        OSError: when a file vanishes meanwhile.
    """
    listing = FolderListing()
    for file in _walk(folder, listing):
        name = os.fsencode(file.relative_to(folder)).decode("utf-8", "replace")
        if is_system_file(name):
            listing.system_files.append(name)
        elif not is_partial_download(file.name):
            listing.files.append(FolderFile(file, name, file.stat().st_size))
    return listing


def _walk(folder: Path, listing: FolderListing) -> Iterator[Path]:
    links = 0

    def unreadable(error: OSError) -> None:
        listing.findings.append(f"a folder in it can't be read: {(error.strerror or type(error).__name__).lower()}")

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
        listing.remarks.append(f"{links} links or special files were ignored")
