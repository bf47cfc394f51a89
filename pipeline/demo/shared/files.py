"""Zips with equal bytes for equal content, CSV text, times, and ids derived from keys."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_SECOND: Final = 1_000_000
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip whose bytes depend on the files' names and bytes only; return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            packed.writestr(info, data)
    return path


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV in UTF-8 with CRLF line ends; an empty header is left out."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if header:
        writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def number(key: str, digits: int = 18) -> str:
    """Return a decimal number of that many digits, derived from a key."""
    value = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
    return str(10 ** (digits - 1) + value % (9 * 10 ** (digits - 1)))


def letters(
    key: str, length: int, alphabet: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
) -> str:
    """Return that many letters (at most 64), derived from a key."""
    digest = hashlib.blake2b(key.encode(), digest_size=64).digest()
    return "".join(alphabet[byte % len(alphabet)] for byte in digest)[:length]


def moment(at: int) -> datetime:
    """Return microseconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(at // _SECOND, UTC).replace(microsecond=at % _SECOND)


def iso(at: int) -> str:
    """Return a time as `2024-02-01T10:00:00Z`, with milliseconds or microseconds where it has them."""
    whole = moment(at)
    spec = "seconds" if at % _SECOND == 0 else "milliseconds" if at % 1000 == 0 else "microseconds"
    return whole.isoformat(timespec=spec).replace("+00:00", "Z")
