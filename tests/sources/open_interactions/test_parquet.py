"""Columns of Parquet files as other tools write them."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.sources.open_interactions.columns import rows
from tests.sources.harness import TinyMember

SECOND = 1_704_103_200
"""2024-01-01 10:00:00 UTC."""
NOON_IN_NO_PLACE = pa.timestamp("us", "Nowhere/Else")


@pytest.mark.parametrize(
    "column, expected",
    [
        (pa.array([SECOND, None], pa.timestamp("s")), ["2024-01-01T10:00:00+00:00", ""]),
        (pa.array([SECOND * 10**9 + 123_456_789], pa.timestamp("ns", "Europe/Berlin")), ["2024-01-01T10:00:00.123456+00:00"]),
        (pa.array([SECOND * 10**6], NOON_IN_NO_PLACE), ["2024-01-01T10:00:00+00:00"]),  # a zone that this machine doesn't know
        (pa.array([253_402_300_800_000, SECOND * 1000], pa.timestamp("ms")), ["253402300800000000", "2024-01-01T10:00:00+00:00"]),
        (pa.array([19_723], pa.date32()), ["2024-01-01"]),
        (pa.array([b"caf\xc3\xa9", b"\xff"], pa.binary()), ["café", "\ufffd"]),
        (pa.array([1.0, float("nan"), 1.5]), ["1", "", "1.5"]),
        (pa.array([True, None]), ["true", ""]),
    ],
)  # fmt: skip
def test_values_as_text(column: pa.Array, expected: list[str]) -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({" Text": column}), file)
    found = rows(TinyMember("a.interactions.parquet", file.getvalue()))
    assert [(values or {})["text"] for _, values, _ in found] == expected
