"""Zip archives, and zips inside of them to depth 1. Nothing is extracted; names are data."""

import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, Final

from pipeline.containers.errors import ContainerError, MemberError
from pipeline.containers.streams import Budget, Names, StreamMember, Window, member_error
from pipeline.containers.zip_audit import audit_zip

_IN_MEMORY: Final = 256 << 20
"""Bytes of a compressed inner archive that are held in memory to read it; a larger one has to be unpacked by its owner."""
_LOCAL_HEADER: Final = 30


@dataclass(slots=True)
class Opened:
    """What a container gave: members, findings of its audit, remarks, and what is to be closed in the end."""

    members: list[StreamMember] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    closers: list[Callable[[], None]] = field(default_factory=list)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the member's name as written: past NUL, UTF-8 though not flagged so, backslashes of DOS tools as slashes."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return name.replace("\\", "/") if info.create_system == 0 and "/" not in name else name


def open_zip(file: BinaryIO, size: int, budget: Budget, names: Names, *, prefix: str = "", depth: int = 0) -> Opened:
    """List the members of a zip.

    Args:
        file: the seekable archive; stays open as long as members are read.
        size: its bytes.
        budget: limits of the whole archive.
        names: gives unique names over the whole archive.
        prefix: put before each name (`inner.zip!/`).
        depth: 0 for the archive itself, 1 for an inner one, whose own inner archives stay closed.

    Raises:
        ContainerError: when it can't be opened or is a bomb.
    """
    try:
        container = zipfile.ZipFile(file)
        infos = container.infolist()
        findings = audit_zip(file, size, infos, container.start_dir)
    except ContainerError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises eight kinds on damaged bytes
        reason = f"can't be opened as a zip ({type(error).__name__}): it is damaged or was not downloaded completely"
        raise ContainerError("not_an_archive", reason) from None
    opened = Opened(
        findings=[f"{prefix}: {finding}" if prefix else finding for finding in findings], closers=[container.close]
    )
    links = 0
    if len(infos) > budget.limits.members:
        opened.findings.append(
            f"holds {len(infos)} files, only the first {budget.limits.members} are read (limits.members)"
        )
    doubled_before = len(names.doubled)
    for info in infos[: budget.limits.members]:
        written = _name(info)
        # ZipInfo.is_dir() stumbles over an empty name before Python 3.12.
        if info.filename.endswith("/") or (written.endswith("/") and not info.file_size):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            links += 1
            continue
        name = names.unique(prefix + written)
        member = StreamMember(name, info.file_size, partial(_open, container, info, budget), budget)
        if written.lower().endswith(".zip") and depth == 0:
            opened_inner = _inner(file, info, member, budget, names)
            if opened_inner.members:
                opened.members += opened_inner.members
            else:
                opened.members.append(member)
            opened.findings += opened_inner.findings
            opened.remarks += opened_inner.remarks
            opened.closers += opened_inner.closers
            continue
        if written.lower().endswith(".zip"):
            opened.findings.append(f"{name}: an archive inside an archive inside an archive is not opened")
        opened.members.append(member)
    if links:
        opened.remarks.append(f"{links} symbolic links were ignored")
    if doubled := len(names.doubled) - doubled_before:
        opened.findings.append(f"{doubled} files have the name of another one in the archive")
    return opened


def _open(container: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
    if len(info.orig_filename.encode("utf-8", "replace")) > budget.limits.name_bytes:
        raise MemberError(
            "name_too_long", f"its name is longer than {budget.limits.name_bytes} bytes (limits.name_bytes)"
        )
    return container.open(info)  # type: ignore[return-value] # ZipExtFile is a BufferedIOBase with all that BinaryIO asks for


def _inner(file: BinaryIO, info: zipfile.ZipInfo, member: StreamMember, budget: Budget, names: Names) -> Opened:
    """Open a zip inside a zip: stored ones in place, compressed ones from memory."""
    try:
        if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
            file.seek(info.header_offset)
            header = file.read(_LOCAL_HEADER)
            start = (
                info.header_offset
                + _LOCAL_HEADER
                + int.from_bytes(header[26:28], "little")
                + int.from_bytes(header[28:30], "little")
            )
            inner: BinaryIO = io.BufferedReader(Window(file, start, info.compress_size))
        elif info.file_size > _IN_MEMORY:
            much = f"a compressed archive inside the archive, over {_IN_MEMORY >> 20} MB: unpack it first"
            return Opened(findings=[f"{member.name}: {much}"])
        else:
            with member.open() as stream:
                inner = io.BytesIO(stream.read())
        size = inner.seek(0, io.SEEK_END)
        return open_zip(inner, size, budget, names, prefix=f"{member.name}!/", depth=1)
    except (ContainerError, MemberError) as error:
        return Opened(findings=[f"{member.name}: {error.reason}"])
    except (OSError, ValueError) as error:
        return Opened(findings=[f"{member.name}: {member_error(error).reason}"])
