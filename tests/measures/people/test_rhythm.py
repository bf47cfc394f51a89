"""Rhythm: gaps between exchanges, and who is overdue by them."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measures.people.rhythm import rhythm_table
from tests.measures.people.logs import DAY, day


def exchanges(*days: float, contact: str = "ann") -> pl.DataFrame:
    return pl.DataFrame([(contact, day(at)) for at in days], schema=["contact_id", "at"], orient="row")


def test_overdue_is_the_silence_beyond_the_gap_that_nine_in_ten_do_not_exceed() -> None:
    # gaps of 1, 2, 3, 4, 5 days: nine tenths of the way from the first to the last is 4.6
    row = rhythm_table(exchanges(0, 1, 3, 6, 10, 15), day(20)).to_dicts()[0]
    assert row == {
        "contact_id": "ann", "exchanges": 6, "median_gap_s": 3 * 86_400.0, "p90_gap_s": 397_440.0,
        "last_exchange_at": day(15), "overdue_s": 34_560.0,
    }  # fmt: skip


def test_a_silence_within_the_rhythm_is_not_overdue() -> None:
    assert rhythm_table(exchanges(0, 1, 3, 6, 10, 15), day(19))["overdue_s"].to_list() == [0.0]


def test_four_gaps_are_too_few_to_be_overdue() -> None:
    row = rhythm_table(exchanges(0, 1, 2, 3, 4), day(100)).to_dicts()[0]
    assert (row["median_gap_s"], row["overdue_s"]) == (86_400.0, None)


def test_one_exchange_has_no_gap_and_later_exchanges_are_ignored() -> None:
    row = rhythm_table(exchanges(0, 9), day(5)).to_dicts()[0]
    assert (row["exchanges"], row["median_gap_s"], row["last_exchange_at"]) == (1, None, day(0))


@given(st.lists(st.integers(0, 300), min_size=1, max_size=12))
def test_neither_the_order_nor_another_contact_changes_a_row(days: list[int]) -> None:
    own = exchanges(*days)
    other = exchanges(1, 2, 4, contact="bob")
    mixed = pl.concat([other, own]).sample(fraction=1, shuffle=True, seed=len(days))
    expected = rhythm_table(own, day(300))
    found = rhythm_table(mixed, day(300))
    assert found.filter(contact_id="ann").equals(expected)
    assert expected.select(((pl.col("overdue_s") >= 0) & (pl.col("overdue_s") * 1_000_000 <= 300 * DAY)).all()).item()
