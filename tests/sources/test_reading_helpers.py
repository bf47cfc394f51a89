"""Times and JSON elements as the readers of open-web and short-video platforms share them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.shared.web.json_items import compact_us, iso_us


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2024-02-01T10:00:00Z", 1_706_781_600_000_000),
        ("2024-02-01 10:00:00 UTC", 1_706_781_600_000_000),
        ("2024-02-01 10:00:00", 1_706_781_600_000_000),
        ("2024-02-01T11:00:00.5+01:00", 1_706_781_600_500_000),
        ("2024-02-01T10:00:00.123456789Z", 1_706_781_600_123_456),
        ("2024-02-01T10:00Z", 1_706_781_600_000_000),
        ("2024-02-30T10:00:00Z", None),
        ("1950-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
        (17, None),
        (None, None),
    ],
)
def test_iso_times(text: object, expected: int | None) -> None:
    assert iso_us(text) == expected


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - the zone is drawn apart
    st.integers(-840, 840),
)
def test_iso_times_of_any_offset(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    expected = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert iso_us(aware.isoformat()) == expected


def test_times_in_file_names() -> None:
    assert compact_us("20240201100000") == 1_706_781_600_000_000
    assert compact_us("20240201") == 1_706_745_600_000_000
    assert compact_us("20241301") is None
