"""Table `comparisons`: all pairs are listed, large ones tested, p values adjusted within a dimension."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.measures.reciprocation.comparison_table import comparison_table
from pipeline.measures.reciprocation.dimensions import assign
from pipeline.measures.reciprocation.rates import measure_rates
from pipeline.measures.tables import table_schema
from pipeline.model.durations import DAY
from tests.measures.reciprocation.test_rates import answered, gestures


def rows(cls: str, contacts: int, each: int, answered_of_ten: int) -> list[dict[str, Any]]:
    """Gestures of a class to each contact; of ten in a row so many are answered after a day."""
    made: list[dict[str, Any]] = []
    for k in range(contacts * each):
        base = {"contact_id": f"c{k // each:03d}", "class": cls}
        made.append(answered(1, **base) if k % 10 < answered_of_ten else base)
    return made


def test_pairs_are_tested_or_only_counted() -> None:
    frame = gestures([*rows("comment", 20, 10, 3), *rows("message", 20, 10, 6), *rows("share", 5, 10, 6)])
    table = comparison_table(assign(frame)).filter(dimension="class")
    assert table.select("first", "second", "tested", "note").rows() == [
        ("comment", "message", True, None),
        ("comment", "share", False, "fewer_than_10_shared_contacts"),
        ("message", "share", False, "fewer_than_10_shared_contacts"),
    ]
    first = table.row(0, named=True)
    assert (first["gestures_first"], first["answered_first"], first["shared_contacts"]) == (200, 60, 20)
    assert (first["share_first"], first["share_second"]) == (pytest.approx(0.3), pytest.approx(0.6))
    assert first["difference"] == pytest.approx(-0.3)
    assert first["low"] <= -0.3 <= first["high"]
    # the only tested pair of its dimension: nothing to adjust
    assert first["p_value"] == first["p_holm"] < 0.001
    assert table.row(1, named=True)["share_first"] is None


def test_no_share_that_reciprocation_hides() -> None:
    # nearly all gestures are answered after a day, so that none is at risk on the seventh: `reciprocation` shows no share, and
    # neither may this table; which kind is answered sooner can still be tested
    frame = assign(gestures([*rows("comment", 20, 10, 10), *rows("message", 20, 10, 6)]))
    hidden = comparison_table(frame).filter(dimension="class").row(0, named=True)
    figures = {
        name: hidden[name] for name in ("share_first", "share_second", "difference", "low", "high", "tested", "note")
    }
    assert figures == dict.fromkeys(figures) | {"tested": True, "note": "fewer_than_10_at_risk"}
    assert hidden["p_value"] == hidden["p_holm"] < 0.001

    frame = assign(gestures([*rows("comment", 20, 10, 3), *rows("message", 20, 10, 6)]))
    hidden = comparison_table(frame, window_us=5 * DAY).filter(dimension="class").row(0, named=True)
    assert (hidden["share_first"], hidden["note"]) == (None, "beyond_window")


def test_contacts_are_the_same_in_both_kinds() -> None:
    # shares and messages go to different contacts, so that no contact has both
    apart = [row | {"contact_id": "x" + row["contact_id"]} for row in rows("share", 40, 10, 5)]
    table = comparison_table(assign(gestures([*rows("message", 40, 10, 5), *apart])))
    assert table.filter(dimension="class").select("shared_contacts", "tested").rows() == [(0, False)]


def test_gestures_off_risk_and_order_of_rows_change_nothing() -> None:
    frame = gestures([*rows("comment", 20, 10, 3), *rows("message", 20, 10, 6)])
    off = gestures([{"contact_id": "c001", "class": "comment", "at_risk": False, "censored_after_us": DAY}])
    off = off.with_columns(pl.lit("gz").alias("gesture_id"), pl.lit("ez").alias("first_interaction_id"))
    whole = comparison_table(assign(pl.concat([frame, off]).sample(fraction=1, shuffle=True, seed=5)))
    assert whole.equals(comparison_table(assign(frame)))


def test_an_export_of_which_only_one_side_ever_began(tmp_path: Path) -> None:
    """Packages like Discord's contain the owner's acts only, so that all gestures are of initiator `me`."""
    frame = assign(gestures(rows("comment", 2, 2, 0)))
    assert frame["initiator"].unique().to_list() == ["me"]
    frame.write_parquet(tmp_path / "assigned.parquet")
    assert comparison_table(pl.scan_parquet(tmp_path / "assigned.parquet")).is_empty()
    rates = measure_rates(pl.scan_parquet(tmp_path / "assigned.parquet"))
    assert rates.reciprocation["initiator"].unique().to_list() == ["me"]


def test_nothing_to_compare() -> None:
    assert comparison_table(assign(gestures([]))).columns == list(table_schema("comparisons"))
