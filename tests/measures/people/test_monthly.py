"""Figures by month."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from pipeline.measures.people.dormancy import dormant_spans_table
from pipeline.measures.people.effort import word_counts, words_by_month_table
from pipeline.measures.people.monthly import monthly_table, sessions
from pipeline.measures.tables import table_schema
from tests.measures.people.logs import (
    DAY,
    HOUR,
    START,
    day,
    event,
    gesture,
    gestures,
    interactions,
    turns_and_exchanges,
)

END = day(200)


def months(*rows: dict[str, Any], acts: pl.DataFrame, zone: str = "UTC") -> pl.DataFrame:
    frames = turns_and_exchanges(gestures(*rows))
    return monthly_table(
        *frames,
        words=words_by_month_table(word_counts(acts), zone),
        sessions=sessions(acts),
        dormant_spans=dormant_spans_table(*frames, zone=zone, as_of=END),
        zone=zone,
        as_of=END,
    )


def test_figures_of_each_month() -> None:
    rows = [
        gesture(1, "me", 0, 1), gesture(2, "them", 1), gesture(3, "me", 2, 35), gesture(4, "me", 3, contact_id="bob"),
        gesture(5, "them", 130),
    ]  # fmt: skip
    acts = interactions(
        event(1, "ann", day(0), out=True, text="hello there"), event(2, "ann", day(1), out=False, text="good to hear you"),
        event(3, "bob", day(3), out=True, text="hi"), event(4, "bob", day(3) + HOUR // 2, out=True),
        event(5, "bob", day(3) + HOUR - 1, out=True), event(6, "ann", day(130), out=False, text="back"),
    )  # fmt: skip
    assert list(table_schema("monthly")) == [
        "month", "contacts_reached", "gestures", "exchanges", "exchanges_per_contact", "words_given", "words_received",
        "sessions", "new_contacts", "first_exchanges", "became_dormant", "revived",
    ]  # fmt: skip
    assert months(*rows, acts=acts).rows() == [
        ("2024-01", 2, 3, 1, 0.5, 3, 4, 3, 2, 1, 0, 0),
        ("2024-02", 0, 0, 1, None, 0, 0, 0, 0, 0, 0, 0),
        ("2024-03", 0, 0, 0, None, 0, 0, 0, 0, 0, 0, 0),
        ("2024-04", 0, 0, 0, None, 0, 0, 0, 0, 0, 1, 0),
        ("2024-05", 0, 0, 0, None, 0, 1, 0, 0, 0, 0, 1),
    ]


def test_months_are_those_of_the_owners_zone() -> None:
    rows = [gesture(1, "me", 30.99)]
    acts = interactions(event(1, "ann", day(30.99), out=True, text="late"))
    assert [row[0] for row in months(*rows, acts=acts, zone="Pacific/Auckland").rows()] == ["2024-02"]
    assert [row[0] for row in months(*rows, acts=acts, zone="America/New_York").rows()] == ["2024-01"]


def test_sessions_are_half_an_hour_apart() -> None:
    minutes = [0, 29, 58, 88, 117.9]
    acts = interactions(*(event(k, "ann", START + round(m * 60e6), out=True) for k, m in enumerate(minutes)))
    assert [(at - START) / 60e6 for at in sessions(acts)["at"]] == [0, 88]


def test_acts_known_by_date_only_start_no_session() -> None:
    assert sessions(interactions(event(1, "ann", START, out=True, resolution_s=86400))).is_empty()


def test_without_any_event_there_are_no_months() -> None:
    assert months(acts=interactions()).rows() == []


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = [
        gesture(k, ("me", "them")[k % 2], 3 * k % 50, 1 if k % 3 else None, contact_id="abc"[k % 3]) for k in range(40)
    ]
    acts = [event(k, "abc"[k % 3], START + k * DAY // 3, out=k % 2 == 0, text="so it is") for k in range(40)]
    places = {row["gesture_id"]: row["place"] for row in gestures(*rows).to_dicts()}
    order = np.random.default_rng(seed).permutation(len(rows))
    mixed = [rows[k] | {"place": places[rows[k]["gesture_id"]]} for k in order]
    shuffled = interactions(*acts).sample(fraction=1, shuffle=True, seed=seed)
    assert months(*rows, acts=interactions(*acts)).equals(months(*mixed, acts=shuffled))
