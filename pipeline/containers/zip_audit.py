"""Account for every byte of a zip; `zipfile` itself doesn't report bytes or members that it passes over."""

import struct
import zipfile
from collections.abc import Sequence
from typing import BinaryIO, Final

from pipeline.containers.errors import ContainerError

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = struct.Struct("<4sLQL")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_DESCRIPTORS: Final = (0, 12, 16, 20, 24)
"""Possible lengths of the data descriptor after a member that was written as a stream."""


def _end_record(file: BinaryIO, size: int) -> tuple[int, int, int, int]:
    """Return (offset of the end record, entries that it claims, size of the directory, length of the comment); -1 if missing."""
    start = max(0, size - 65_557 - 22)
    file.seek(start)
    tail = file.read()
    at_the_end = tail[-22:-18] == b"PK\5\6" and tail[-2:] == b"\0\0"
    place = len(tail) - 22 if at_the_end else tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < _END.size:
        return -1, 0, 0, 0
    _, _, _, _, entries, length, _, comment = _END.unpack_from(tail, place)
    end = start + place
    if place >= _LOCATOR.size and tail[place - _LOCATOR.size : place - _LOCATOR.size + 4] == b"PK\6\7":
        _, _, offset, _ = _LOCATOR.unpack_from(tail, place - _LOCATOR.size)
        for guess in (end - _LOCATOR.size - _END64.size, offset):
            file.seek(max(0, guess))
            record = file.read(_END64.size)
            if record[:4] == b"PK\6\6" and len(record) == _END64.size:
                fields = _END64.unpack(record)
                return end, fields[7], fields[8] + (end - max(0, guess)), comment
    return end, entries, length, comment


def audit_zip(file: BinaryIO, size: int, infos: Sequence[zipfile.ZipInfo], directory: int) -> list[str]:
    """Return a sentence for each kind of bytes that can't be accounted for; empty when there are none.

    Args:
        file: the seekable archive.
        size: its bytes.
        infos: `ZipFile.infolist()`.
        directory: offset of the central directory (`ZipFile.start_dir`).

    Raises:
        ContainerError: when members share their bytes: an overlap bomb.
    """
    findings: list[str] = []
    end, entries, length, comment = _end_record(file, size)
    if end < 0:
        return ["the end of the archive isn't where it should be"]
    if entries not in (len(infos), len(infos) & 0xFFFF):
        findings.append(f"the archive claims {entries} files, its directory lists {len(infos)}")
    if directory + length != end:
        findings.append("the archive's directory does not end where it should")
    if (behind := size - end - _END.size - comment) != 0:
        findings.append(
            f"{abs(behind)} bytes {'behind the end of the archive' if behind > 0 else 'of its end are missing'}"
        )
    if sum(info.compress_size for info in infos) > size:
        raise ContainerError("overlap", "files in the archive share their bytes: refused as a zip bomb")
    findings += _bodies(file, sorted(infos, key=lambda info: info.header_offset), directory)
    return findings


def _bodies(file: BinaryIO, infos: Sequence[zipfile.ZipInfo], directory: int) -> list[str]:
    expected: set[int] = {0}
    reach, gaps, gap_bytes, overlaps, names = 0, 0, 0, 0, 0
    prefix = 0
    for number, info in enumerate(infos):
        start = info.header_offset
        if start not in expected:
            if number == 0:
                prefix = start
            elif start < reach:
                overlaps += 1
            else:
                gaps, gap_bytes = gaps + 1, gap_bytes + start - reach
        file.seek(start)
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size or header[:4] != b"PK\3\4":
            names += 1
            expected, reach = {start}, start
            continue
        fields = _LOCAL.unpack(header)
        name = file.read(fields[9])
        if name != info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace"):
            names += 1
        reach = start + _LOCAL.size + fields[9] + fields[10] + info.compress_size
        expected = {reach + more for more in _DESCRIPTORS} if info.flag_bits & 8 else {reach}
    if directory not in expected and directory > reach:
        gaps, gap_bytes = gaps + 1, gap_bytes + directory - reach
    elif directory < reach:
        overlaps += 1
    problems = [
        (prefix, f"{prefix} bytes before the first file of the archive"),
        (gaps, f"{gap_bytes} bytes between files that the archive's directory does not list"),
        (overlaps, f"{overlaps} files of the archive overlap"),
        (names, f"{names} files are named otherwise in the archive's directory than in their own header"),
    ]
    return [sentence for count, sentence in problems if count]
