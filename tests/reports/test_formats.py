"""How numbers read."""

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import formats

MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.mark.parametrize(
    "seconds, text",
    [
        (0, "under 1 min"), (59, "under 1 min"), (60, "1 min"), (48 * MINUTE, "48 min"), (59.6 * MINUTE, "1 h"), (HOUR, "1 h"), (15 * HOUR, "15 h"),
        (47 * HOUR, "47 h"), (48 * HOUR, "2 days"), (5 * DAY, "5 days"), (13 * DAY, "13 days"), (14 * DAY, "2 weeks"), (21 * DAY, "3 weeks"),
        (69 * DAY, "2 months"), (70 * DAY, "2 months"), (213 * DAY, "7 months"), (None, "–"), (math.inf, "–"), (math.nan, "–"),
    ],
)  # fmt: skip
def test_lag(seconds: float | None, text: str) -> None:
    assert formats.lag(seconds) == text


@given(st.floats(min_value=0, max_value=1e10))
def test_a_lag_has_one_unit_and_a_number_that_fits_it(seconds: float) -> None:
    text = formats.lag(seconds)
    if text == "under 1 min":
        assert seconds < 60
        return
    number, unit = text.replace("\u202f", "").split(" ")
    assert 1 <= int(number) < {"min": 60, "h": 48, "days": 14, "weeks": 10, "months": 10**6}[unit]
    assert not (number == "1" and unit in {"days", "weeks", "months"})


@pytest.mark.parametrize(
    "share, decimals, text",
    [
        (0.424614697342, 0, "42\u202f%"), (0.3604, 1, "36.0\u202f%"), (0.0, 0, "0\u202f%"), (1.0, 0, "100\u202f%"), (0.004, 0, "under 1\u202f%"),
        (0.997, 0, "over 99\u202f%"), (0.9999, 1, "over 99.9\u202f%"), (0.0003, 1, "under 0.1\u202f%"),
        (0.005, 0, "under 1\u202f%"),  # halves are rounded to even: it was written as 0 %
        (0.995, 0, "over 99\u202f%"),
    ],
)  # fmt: skip
def test_percent(share: float, decimals: int, text: str) -> None:
    assert formats.percent(share, decimals=decimals) == text


@given(st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True))
def test_only_nothing_is_0_and_only_all_is_100(share: float) -> None:
    assert formats.percent(share) not in {"0\u202f%", "100\u202f%"}


@pytest.mark.parametrize(
    "number, text",
    [
        (0, "0 people"),
        (1, "1 person"),
        (2, "2 people"),
        (46202, "46\u202f202 people"),
        (1234567, "1\u202f234\u202f567 people"),
    ],
)
def test_counts_and_plurals(number: int, text: str) -> None:
    assert formats.plural(number, "person", "people") == text


def test_interval() -> None:
    assert formats.interval(0.4, 0.44) == "40–44\u202f%"
    assert formats.interval(0.356, 0.365, decimals=1) == "35.6–36.5\u202f%"


def test_dates() -> None:
    assert formats.day(date(2025, 10, 12)) == "12 Oct 2025"
    assert formats.day(None) == "–"
    assert formats.days(date(2025, 1, 1), date(2025, 12, 31)) == "1 Jan – 31 Dec 2025"
    assert formats.days(date(2024, 3, 3), date(2025, 6, 9)) == "3 Mar 2024 – 9 Jun 2025"
    assert formats.days(None, date(2025, 6, 9)) == "9 Jun 2025"
    assert formats.days(None, None) == "–"
    assert formats.month("2025-10") == "Oct 2025"
    assert formats.month("all") == "all"
    assert formats.iso(datetime(2025, 10, 12, 9, 30, tzinfo=UTC)) == "2025-10-12T09:30:00+00:00"


@pytest.mark.parametrize(
    "words, text", [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listing(words: list[str], text: str) -> None:
    assert formats.listing(words) == text


def test_foreign_text_keeps_its_characters_and_loses_control_characters() -> None:
    assert formats.clean("<b>שלום</b> 😀") == "<b>שלום</b> 😀"
    assert formats.clean("a\x00b\x1bc\ud800\uffff") == "a b c\ufffd\ufffd"
    assert formats.short("A" * 400, 12) == "AAAAAAAAAAA…"
    assert formats.short("  short ", 12) == "short"


@given(st.text())
def test_clean_text_can_always_be_written(text: str) -> None:
    assert formats.clean(text).encode("utf-8").decode("utf-8") == formats.clean(text)
    assert formats.clean(formats.clean(text)) == formats.clean(text)
