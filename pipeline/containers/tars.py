"""Tar archives, plain or compressed. Small members are kept in memory from the first pass, others are read again."""

import io
import tarfile
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.containers.contents import Contents, Scope
from pipeline.containers.errors import ContainerError

_SMALL: Final = 4 << 20
_KEPT: Final = 256 << 20
"""Bytes of all small members kept in memory, so that a compressed tar isn't decompressed again for each of them."""


def open_tar(path: Path, scope: Scope) -> Contents:
    """List the members of a tar, tar.gz, tar.bz2 or tar.xz.

    Args:
        path: the file.
        scope: limits and names of the whole archive.

    Raises:
        ContainerError: when it can't be opened.
    """
    try:
        container = tarfile.open(path, errors="surrogateescape")  # noqa: SIM115 - stays open as long as members are read
    except Exception as error:  # noqa: BLE001 - tarfile and the decompressors raise many kinds
        reason = f"can't be opened as a tar ({type(error).__name__}): it is damaged or was not downloaded completely"
        raise ContainerError("not_an_archive", reason) from None
    contents = Contents(closers=[container.close])
    limits, prefix = scope.budget.limits, scope.prefix
    kept = links = count = inflated = 0
    try:
        for info in container:
            inflated = max(inflated, info.offset_data + info.size)
            if inflated > scope.budget.allowed:
                contents.findings.append(
                    f"{prefix}inflates to more than {scope.budget.allowed} bytes (limits.total_bytes, limits.ratio): the rest isn't read"
                )
                break
            if info.isdir():
                continue
            if not info.isreg():
                links += 1
                continue
            count += 1
            if count > limits.members:
                contents.findings.append(
                    f"{prefix}holds more than {limits.members} files: the rest isn't read (limits.members)"
                )
                break
            name = info.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if scope.passes_over(name, contents):
                continue
            if info.size <= _SMALL and kept + info.size <= _KEPT:
                data = _extracted(container, info).read()
                kept += len(data)
                contents.members.append(scope.member(name, info.size, partial(_from_memory, data, info.size)))
            else:
                contents.members.append(scope.member(name, info.size, partial(_extracted, container, info)))
        else:
            contents.findings += _unread_rest(container, prefix)
    except Exception as error:  # noqa: BLE001 - as above; what was listed so far is read
        contents.findings.append(
            f"{prefix}the archive is damaged or cut short behind file {count} ({type(error).__name__})"
        )
    if links:
        contents.remarks.append(f"{links} links or special files were ignored")
    if scope.names.repeated:
        contents.findings.append(f"{scope.names.repeated} files have the name of another one in the archive")
    return contents


def _from_memory(data: bytes, size: int) -> BinaryIO:
    if len(data) < size:
        raise EOFError
    return io.BytesIO(data)


def _extracted(container: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    stream = container.extractfile(info)
    if stream is None:
        raise EOFError
    return stream  # type: ignore[return-value] # a BufferedReader, which is all that BinaryIO asks for


def _unread_rest(container: tarfile.TarFile, prefix: str) -> list[str]:
    """Return a finding when anything but zeros follows the last member: tarfile ends silently at a broken header."""
    file = container.fileobj
    file.seek(container.offset)
    seen = 0
    while data := file.read(1 << 20):
        seen += len(data)
        if data.strip(b"\0"):
            return [f"{prefix}bytes behind the last file of the archive can't be read"]
    return [] if seen else [f"{prefix}the archive has no end mark: it may be cut short"]
