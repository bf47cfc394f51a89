"""Tar archives, plain or compressed. Small members are kept in memory from the first pass, others are sought again."""

import io
import tarfile
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.containers.errors import ContainerError
from pipeline.containers.streams import Budget, Names, StreamMember
from pipeline.containers.zips import Opened

_SMALL: Final = 4 << 20
_KEPT: Final = 256 << 20
"""Bytes of small members kept in memory in all, so that a compressed tar isn't inflated anew for each of them."""


def open_tar(path: Path, budget: Budget, names: Names, prefix: str = "") -> Opened:
    """List the members of a tar, tar.gz, tar.bz2 or tar.xz.

    Raises:
        ContainerError: when it can't be opened.
    """
    try:
        container = tarfile.open(path, errors="surrogateescape")  # noqa: SIM115 - stays open as long as members are read
    except Exception as error:  # noqa: BLE001 - tarfile and the decompressors raise many kinds
        reason = f"can't be opened as a tar ({type(error).__name__}): it is damaged or was not downloaded completely"
        raise ContainerError("not_an_archive", reason) from None
    opened = Opened(closers=[container.close])
    kept = links = count = inflated = 0
    most = min(budget.limits.total_bytes, budget.limits.ratio * budget.size + (1 << 30))
    try:
        for info in container:
            inflated = max(inflated, info.offset_data + info.size)
            if inflated > most:
                opened.findings.append(
                    f"{prefix}inflates to more than {most} bytes (limits.total_bytes, limits.ratio): the rest isn't read"
                )
                break
            if info.isdir():
                continue
            if not info.isreg():
                links += 1
                continue
            count += 1
            if count > budget.limits.members:
                opened.findings.append(
                    f"{prefix}holds more than {budget.limits.members} files: the rest isn't read (limits.members)"
                )
                break
            name = names.unique(prefix + info.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
            if info.size <= _SMALL and kept + info.size <= _KEPT:
                data = _extracted(container, info).read()
                kept += len(data)
                opener = partial(_from_memory, data, info.size)
            else:
                opener = partial(_extracted, container, info)
            opened.members.append(StreamMember(name, info.size, opener, budget))
        else:
            opened.findings += _rest(container, prefix)
    except Exception as error:  # noqa: BLE001 - as above: what was listed so far is read
        opened.findings.append(
            f"{prefix}the archive is damaged or cut short behind file {count} ({type(error).__name__})"
        )
    if links:
        opened.remarks.append(f"{links} links or special files were ignored")
    if names.doubled:
        opened.findings.append(f"{len(names.doubled)} files have the name of another one in the archive")
    return opened


def _from_memory(data: bytes, size: int) -> BinaryIO:
    if len(data) < size:
        raise EOFError
    return io.BytesIO(data)


def _extracted(container: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    stream = container.extractfile(info)
    if stream is None:
        raise EOFError
    return stream  # type: ignore[return-value] # a BufferedReader, which is all that BinaryIO asks for


def _rest(container: tarfile.TarFile, prefix: str) -> list[str]:
    """Say when anything but zeros stands behind the last member: tarfile ends silently at a broken header."""
    file = container.fileobj
    file.seek(container.offset)
    seen = 0
    while data := file.read(1 << 20):
        seen += len(data)
        if data.strip(b"\0"):
            return [f"{prefix}bytes behind the last file of the archive can't be read"]
    return [] if seen else [f"{prefix}the archive has no end mark: it may be cut short"]
