"""Days and months in the owner's zone."""

from datetime import UTC, datetime

import polars as pl
import pytest

from pipeline.measures.calendar import day_number, month_end, month_name, month_number


def micros(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    "zone, written, month",
    [
        ("UTC", "2024-01-31T23:59:59", "2024-01"),
        ("Europe/Lisbon", "2024-06-30T23:00:00", "2024-07"),
        ("Europe/Lisbon", "2024-12-31T23:59:59", "2024-12"),
        ("America/New_York", "2024-01-01T04:59:59", "2023-12"),
        ("Asia/Kolkata", "1969-12-31T18:30:00", "1970-01"),
    ],
)
def test_months_are_counted_in_the_owners_zone(zone: str, written: str, month: str) -> None:
    frame = pl.DataFrame({"at": [micros(written)]})
    assert frame.select(month_name(month_number(pl.col("at"), zone))).item() == month


@pytest.mark.parametrize(
    "zone, year, month, last",
    [
        ("UTC", 2024, 2, "2024-03-01T00:00:00"),
        ("Europe/Lisbon", 2024, 3, "2024-03-31T23:00:00"),  # summer time has begun
        ("Europe/Lisbon", 2024, 12, "2025-01-01T00:00:00"),
        ("America/Asuncion", 2017, 9, "2017-10-01T04:00:00"),  # clocks skipped that midnight
    ],
)
def test_a_month_ends_a_microsecond_before_the_next(zone: str, year: int, month: int, last: str) -> None:
    frame = pl.DataFrame({"number": [year * 12 + month - 1]})
    assert frame.select(month_end(pl.col("number"), zone)).item() == micros(last) - 1


def test_days_are_the_owners_days() -> None:
    frame = pl.DataFrame({"at": [micros("1970-01-02T03:00:00")]})
    assert frame.select(day_number(pl.col("at"), "UTC")).item() == 1
    assert frame.select(day_number(pl.col("at"), "America/New_York")).item() == 0
