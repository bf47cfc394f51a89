"""Outreach and return by tier and month."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipeline.measures.people.balance import balance_table, outreach
from pipeline.measures.people.balance_scores import balance_scores_table
from pipeline.measures.people.turns import turns_table
from pipeline.measures.tables import table_schema
from tests.measures.people.logs import gesture, gestures

TARGET = {"guru": 0.3, "peer": 0.3, "newbie": 0.4}
TIERS = pl.DataFrame({"contact_id": ["ann", "bob", "cid"], "tier": ["guru", "newbie", "unknown"]})
GIVEN = gestures(
    gesture(1, "me", 0, 1.0), gesture(2, "me", 5), gesture(3, "me", 40, 1.0, grade="D"),
    gesture(4, "me", 6, 2.0, contact_id="bob"), gesture(5, "me", 100, contact_id="cid"),
    gesture(6, "them", 7, 1.0), gesture(7, "me", 8, 1.0, outcome="any"),
)  # fmt: skip


def balanced(
    frame: pl.DataFrame, standing: pl.DataFrame, zone: str, target: dict[str, float] | None = None
) -> pl.DataFrame:
    return balance_table(outreach(turns_table(frame, "worded"), standing, zone), target)


def scored(
    frame: pl.DataFrame, standing: pl.DataFrame, zone: str, target: dict[str, float] | None = None
) -> pl.DataFrame:
    return balance_scores_table(outreach(turns_table(frame, "worded"), standing, zone), target)


def test_columns_of_the_table() -> None:
    assert list(table_schema("balance"))[:8] == [
        "period", "tier", "gestures", "contacts", "outreach_share", "answers", "return_share", "target_share",
    ]  # fmt: skip


def test_all_and_every_month_between_with_a_row_for_each_tier() -> None:
    table = balanced(GIVEN, TIERS, "UTC", TARGET)
    assert table["period"].unique().sort().to_list() == ["2024-01", "2024-02", "2024-03", "2024-04", "all"]
    assert table.height == 5 * 4
    rows = table.filter(pl.col("period") == "all").select(list(table_schema("balance"))[1:8]).rows()
    assert rows == [
        ("guru", 3, 1, 0.6, 1, 0.5, 0.3),
        ("newbie", 1, 1, 0.2, 1, 0.5, 0.4),
        ("peer", 0, 0, 0.0, 0, 0.0, 0.3),
        ("unknown", 1, 1, 0.2, 0, 0.0, None),
    ]
    march = table.filter(pl.col("period") == "2024-03").select("gestures", "outreach_share", "return_share").rows()
    assert march == [(0, None, None)] * 4


def test_months_are_the_owners() -> None:
    late = gestures(gesture(1, "me", 30.97))  # 31 January, 23:16 UTC
    assert set(balanced(late, TIERS, "UTC")["period"]) == {"all", "2024-01"}
    assert set(balanced(late, TIERS, "Europe/Berlin")["period"]) == {"all", "2024-02"}


def test_without_a_target_and_without_gestures() -> None:
    table = balanced(gestures(), TIERS, "UTC")
    assert table["period"].to_list() == ["all"] * 4
    assert table["target_share"].to_list() == [None] * 4
    assert scored(gestures(), TIERS, "UTC").is_empty()


def many(tier_of: str, people: int, each: int) -> list[dict[str, Any]]:
    return [
        gesture(ord(tier_of[0]) * 100 + 10 * k + n, "me", k, 1.0, contact_id=f"{tier_of}{k}")
        for k in range(people)
        for n in range(each)
    ]


def tiers(*pairs: tuple[str, int]) -> pl.DataFrame:
    rows = [(f"{tier}{k}", tier) for tier, people in pairs for k in range(people)]
    return pl.DataFrame(rows, schema=["contact_id", "tier"], orient="row")


def test_a_tier_below_five_contacts_gets_no_rate() -> None:
    table = balanced(gestures(*many("guru", 5, 1), *many("peer", 4, 1)), tiers(("guru", 5), ("peer", 4)), "UTC")
    rates = dict(table.filter(pl.col("period") == "all").select("tier", "attention_return").rows())
    assert rates == {"guru": 1.0, "newbie": None, "peer": None, "unknown": None}


def test_scores_over_known_tiers() -> None:
    rows = [*many("guru", 6, 1), *many("peer", 3, 2)]
    scores = scored(gestures(*rows), tiers(("guru", 6), ("peer", 3)), "UTC", TARGET).to_dicts()[-1]
    assert scores["period"] == "all"
    assert scores["evenness"] == pytest.approx(0.6309297536)  # ln 2 / ln 3
    assert scores["simpson"] == pytest.approx(1 - 2 * 30 / 132)
    assert scores["distance"] == pytest.approx(0.4)
    assert scores["distance_low"] is None  # nine contacts
    assert scores["unknown_share"] == 0.0


@pytest.mark.parametrize("unknown, shown", [(3, True), (4, False)])
def test_no_score_when_more_than_half_went_to_unknown(unknown: int, shown: bool) -> None:
    rows = [*many("guru", 3, 1), *many("stranger", unknown, 1)]
    scores = scored(gestures(*rows), tiers(("guru", 3)), "UTC", TARGET).to_dicts()[-1]
    assert (scores["evenness"] is not None) is shown
    assert (scores["note"] is None) is shown
    assert scores["gini"] == 0.0


def test_answers_do_not_move_the_outreach() -> None:
    answered = balanced(GIVEN, TIERS, "UTC", TARGET)
    silent = balanced(
        GIVEN.with_columns(pl.lit("open").alias("status"), pl.lit(None, pl.String).alias("grade")), TIERS, "UTC"
    )
    assert_frame_equal(
        answered.select("tier", "gestures", "outreach_share"), silent.select("tier", "gestures", "outreach_share")
    )


ROWS = st.lists(
    st.tuples(st.sampled_from(["ann", "bob", "cid"]), st.integers(0, 70), st.booleans()), min_size=1, max_size=20
)


@settings(max_examples=20, deadline=None)
@given(rows=ROWS, seed=st.integers(0, 9))
def test_shares_sum_to_one_whatever_the_order(rows: list[tuple[str, int, bool]], seed: int) -> None:
    frame = gestures(
        *(gesture(k, "me", at, 1.0 if yes else None, contact_id=who) for k, (who, at, yes) in enumerate(rows))
    )
    table = balanced(frame, TIERS, "UTC", TARGET)
    assert_frame_equal(table, balanced(frame.sample(fraction=1, shuffle=True, seed=seed), TIERS, "UTC", TARGET))
    sums = table.group_by("period").agg(pl.col("outreach_share").sum(), pl.col("gestures").sum())
    assert sums.filter(pl.col("gestures") > 0)["outreach_share"].to_list() == pytest.approx(
        [1.0] * sums.filter(pl.col("gestures") > 0).height
    )
