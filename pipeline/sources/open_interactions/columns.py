"""Rows of an open file as text columns, from CSV or Parquet, each with its place."""

import io
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.formats.csv_rows import read_rows
from pipeline.model.durations import SECOND
from pipeline.sources.base import Member

REQUIRED: Final = ("contact", "direction", "occurred_at", "platform", "class")
OPTIONAL: Final = (
    "id",
    "contact_name",
    "resolution_s",
    "kind",
    "thread",
    "reply_to",
    "group",
    "seq",
    "account",
    "text",
    "url",
)
COLUMNS: Final = (*REQUIRED, *OPTIONAL)
_BATCH: Final = 50_000
_PER_SECOND: Final = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class UnreadableFileError(Exception):
    """The member isn't a readable Parquet file; the message states why."""


def is_parquet(member: Member) -> bool:
    """Distinguish Parquet from CSV by the name, which promises it, or by the first bytes."""
    return member.name.lower().endswith(".parquet") or member.head(4) == b"PAR1"


def _text(value: object) -> str:
    """Return a value as text, as in CSV: a date without a time stays one, a naive time is UTC."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
        case date():
            return value.isoformat()
        case float() if math.isnan(value):
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case bytes():
            return value.decode("utf-8", "replace")
    return str(value)


def _values(column: pa.Array) -> list[object]:
    """Return a column's values; times as UTC text by arithmetic of our own.

    Arrow's conversion to Python fails for a whole column if it has a zone that this machine doesn't know or a year beyond Python's.
    """
    if not pa.types.is_timestamp(column.type):
        return list(column.to_pylist())
    scale = _PER_SECOND[column.type.unit]
    return [None if raw is None else _instant(raw * SECOND // scale) for raw in column.cast(pa.int64()).to_pylist()]


def _instant(micros: int) -> str:
    """Return a time as ISO 8601 in UTC; a time outside the years 1 to 9999 as its number, which no reader takes for a time."""
    try:
        return (_EPOCH + timedelta(microseconds=micros)).isoformat()
    except OverflowError:
        return str(micros)


def _parquet(member: Member) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(io.BytesIO(member.read()))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFileError(f"is not a Parquet file that can be read ({type(error).__name__})") from error


def header(member: Member) -> list[str]:
    """Return the column names as written, stripped; raises UnreadableFileError for a broken Parquet file."""
    if is_parquet(member):
        return [name.strip() for name in _parquet(member).schema_arrow.names]
    first = member.head(65_536).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return [name.strip().strip('"').strip() for name in first.strip("\r").split(",")]


def rows(member: Member) -> Iterator[tuple[str, Mapping[str, str] | None, str | None]]:
    """Yield (pointer, column -> text, problem) of each row; columns are lower case.

    Raises:
        UnreadableFileError: a broken Parquet file.
    """
    if not is_parquet(member):
        with member.open() as stream:
            for row in read_rows(stream):
                yield row.pointer, row.values, row.problem
        return
    file = _parquet(member)
    names = {name: name.strip().lower() for name in file.schema_arrow.names}
    number = 0
    try:
        for batch in file.iter_batches(_BATCH, columns=[name for name, low in names.items() if low in COLUMNS]):
            lists = {names[name]: _values(batch.column(place)) for place, name in enumerate(batch.schema.names)}
            for place in range(batch.num_rows):
                number += 1
                yield f"row:{number}", {name: _text(values[place]) for name, values in lists.items()}, None
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnreadableFileError(f"can't be read beyond row {number} ({type(error).__name__})") from error


def count_parquet(member: Member) -> int:
    """Return the rows that the file's own footer states; 1 for a file that can't be read: it is set aside as one."""
    try:
        return int(_parquet(member).metadata.num_rows)
    except UnreadableFileError:
        return 1
