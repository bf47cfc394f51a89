"""Zip archives, and zips inside them to depth 1. Nothing is extracted to disk; names are data."""

import io
import stat
import zipfile
from functools import partial
from typing import BinaryIO, Final

from pipeline.containers.budget import Budget
from pipeline.containers.contents import Contents, Scope
from pipeline.containers.errors import ContainerError, MemberError
from pipeline.containers.streams import StreamMember, Window, member_error
from pipeline.containers.zip_audit import audit_zip

_IN_MEMORY: Final = 256 << 20
"""Bytes of a compressed inner archive that is kept in memory; its owner has to unpack a larger one."""
_LOCAL_HEADER: Final = 30


def open_zip(file: BinaryIO, size: int, scope: Scope) -> Contents:
    """List the members of a zip. The archives in it are opened too, unless it is itself inside an archive.

    Args:
        file: the seekable archive; it stays open as long as members are read.
        size: its bytes.
        scope: limits and names of the whole archive.

    Raises:
        ContainerError: when it can't be opened or is a decompression bomb.
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
    if scope.prefix:
        findings = [f"{scope.prefix}: {finding}" for finding in findings]
    contents = Contents(findings=findings, closers=[container.close])
    most = scope.budget.limits.members
    if len(infos) > most:
        contents.findings.append(f"holds {len(infos)} files, only the first {most} are read (limits.members)")
    links, repeated_before = 0, scope.names.repeated
    for info in infos[:most]:
        name = _written_name(info)
        # ZipInfo.is_dir() fails on an empty name before Python 3.12
        if info.filename.endswith("/") or (name.endswith("/") and not info.file_size):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            links += 1
            continue
        if scope.passes_over(name, contents):
            continue
        member = scope.member(name, info.file_size, partial(_open, container, info, scope.budget))
        inner = Contents()
        if name.lower().endswith(".zip"):
            if scope.prefix:
                contents.findings.append(f"{member.name}: an archive inside an archive inside an archive is not opened")
            else:
                inner = _inner(file, info, member, scope)
        contents.add(inner)
        if not inner.members:
            contents.members.append(member)
    if links:
        contents.remarks.append(f"{links} symbolic links were ignored")
    if repeated := scope.names.repeated - repeated_before:
        contents.findings.append(f"{repeated} files have the name of another one in the archive")
    return contents


def _written_name(info: zipfile.ZipInfo) -> str:
    """Return the name as written: beyond a NUL, UTF-8 without its flag, backslashes of DOS tools as slashes."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return name.replace("\\", "/") if info.create_system == 0 and "/" not in name else name


def _open(container: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
    if len(info.orig_filename.encode("utf-8", "replace")) > budget.limits.name_bytes:
        raise MemberError(
            "name_too_long", f"its name is longer than {budget.limits.name_bytes} bytes (limits.name_bytes)"
        )
    return container.open(info)  # type: ignore[return-value] # ZipExtFile is a BufferedIOBase with all that BinaryIO asks for


def _inner(file: BinaryIO, info: zipfile.ZipInfo, member: StreamMember, scope: Scope) -> Contents:
    """Open a zip inside a zip: in place when it is stored uncompressed, else from memory."""
    try:
        if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
            file.seek(info.header_offset)
            header = file.read(_LOCAL_HEADER)
            name_and_extra = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
            start = info.header_offset + _LOCAL_HEADER + name_and_extra
            inner: BinaryIO = io.BufferedReader(Window(file, start, info.compress_size))
        elif info.file_size > _IN_MEMORY:
            reason = f"a compressed archive inside the archive, over {_IN_MEMORY >> 20} MB: unpack it first"
            return Contents(findings=[f"{member.name}: {reason}"])
        else:
            with member.open() as stream:
                inner = io.BytesIO(stream.read())
        size = inner.seek(0, io.SEEK_END)
        return open_zip(inner, size, scope.inside(member.name))
    except (ContainerError, MemberError) as error:
        return Contents(findings=[f"{member.name}: {error.reason}"])
    except (OSError, ValueError) as error:
        return Contents(findings=[f"{member.name}: {member_error(error).reason}"])
