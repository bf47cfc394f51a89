"""Small samples never show a per cent, whatever the frame."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.limits import SHARES, suppress_small_samples
from reports.shares import labelled, of

shares = st.one_of(st.none(), st.floats(min_value=0, max_value=1), st.just(float("nan")), st.just(float("inf")))
rows = st.fixed_dictionaries({
    "initiator": st.sampled_from(["me", "them"]), "outcome": st.just("worded"), "dimension": st.sampled_from(["all", "platform", "tier", "level"]),
    "value": st.sampled_from(["all", "x", "guru", "friend", "<b>"]), "horizon_days": st.sampled_from([1, 7, 14]),
    "gestures": st.integers(0, 60), "contacts": st.integers(0, 20), "answered": st.one_of(st.none(), st.integers(0, 60)),
    "answered_share": shares, "low": shares, "high": shares, "naive_share": shares, "mature_share": shares, "one_minus_km": shares, "chance_share": shares,
    "lift": shares, "design_effect": shares, "shown": st.one_of(st.none(), st.booleans()), "note": st.one_of(st.none(), st.text()),
})  # fmt: skip
SCHEMA = {
    "initiator": pl.String, "outcome": pl.String, "dimension": pl.String, "value": pl.String, "horizon_days": pl.Int64, "gestures": pl.Int64,
    "contacts": pl.Int64, "answered": pl.Int64, "answered_share": pl.Float64, "low": pl.Float64, "high": pl.Float64, "naive_share": pl.Float64,
    "mature_share": pl.Float64, "one_minus_km": pl.Float64, "chance_share": pl.Float64, "lift": pl.Float64, "design_effect": pl.Float64,
    "shown": pl.Boolean, "note": pl.String,
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, max_size=8))
def test_no_share_is_drawn_or_written_below_the_minimum(content: list[dict[str, object]]) -> None:
    frame = labelled(pl.DataFrame(content, schema=SCHEMA, orient="row"))
    for row in of(frame, ("all", "platform", "tier", "level")).iter_rows(named=True):
        small = row["gestures"] < 30 or row["contacts"] < 10 or not row["shown"]
        if small:
            assert not row["drawn"]
            assert "%" not in row["summary"]
            assert "%" not in row["describe"]
        if not row["drawn"]:
            assert all(row[name] is None for name in SHARES if name in row)
        else:
            assert 0 <= row["answered_share"] <= 1
            assert row["summary"].count("%") in (1, 2)
        assert row["summary"]
        assert not any(word in row["describe"] for word in ("nan", "inf", "None"))


@pytest.mark.parametrize(
    "gestures, contacts, answered, share, summary",
    [
        (4477, 954, 1880, 0.42, "42\u202f% (40–44\u202f%)"),
        (4, 3, 3, 0.75, "3 of 4"),
        (19, 12, 0, 0.0, "0 of 19"),
        (25, 7, 10, 0.4, "Too few to say (7 people; 10 needed)"),
        (25, 12, 10, 0.4, "Too few to say (25 steps; 30 needed)"),
        (40, 1, 10, 0.25, "Too few to say (1 person; 10 needed)"),
        (40, 20, 10, None, "Too recent to say"),
        (0, 0, 0, None, "No steps to count"),
    ],
)
def test_summary_of_a_row(gestures: int, contacts: int, answered: int, share: float | None, summary: str) -> None:
    row = {
        "gestures": gestures,
        "contacts": contacts,
        "answered": answered,
        "answered_share": share,
        "low": 0.4,
        "high": 0.44,
        "shown": share is not None,
    }
    frame = suppress_small_samples(pl.DataFrame([row], schema_overrides={"answered_share": pl.Float64}))
    assert frame["summary"].to_list() == [summary]
