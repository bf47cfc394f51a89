"""Silence: the conditional answered share, its small samples, and the coverage of its interval."""

from typing import Any

import numpy as np
import pytest

from pipeline.measures.reciprocation.dimensions import assign
from pipeline.measures.reciprocation.samples import samples
from pipeline.measures.reciprocation.silence import SILENT_DAYS, silence_table
from pipeline.model.durations import DAY
from pipeline.statistics.aalen_johansen import aalen_johansen
from tests.measures.reciprocation.test_rates import answered, gestures

FOLLOWED = {"superseded_after_us": 4 * DAY}


def silence_of(rows: list[dict[str, Any]], days: int) -> dict[str, Any]:
    table = silence_table(assign(gestures(rows)))
    return table.filter(dimension="all", silent_days=days, initiator="me", outcome="worded").row(0, named=True)


def test_answers_after_the_silence_are_counted_among_those_still_open() -> None:
    rows = [answered(lag, contact_id=f"c{k}") for k, lag in enumerate([0.5] * 10 + [5.0] * 10 + [12.0] * 5)]
    rows += [{"contact_id": f"d{k}"} for k in range(15)] + [{"contact_id": f"e{k}", **FOLLOWED} for k in range(10)]
    assert (silence_of(rows, 1)["at_risk"], silence_of(rows, 1)["answered_share"]) == (40, 0.375)
    # those followed up after 4 days are no longer open after 5, as are those answered on day 5
    assert (silence_of(rows, 5)["at_risk"], silence_of(rows, 5)["answered_share"]) == (20, 0.25)


def test_it_is_the_conditional_share_of_the_curve() -> None:
    rng = np.random.default_rng(1)
    rows: list[dict[str, Any]] = [
        {"contact_id": f"c{k % 30}", "censored_after_us": int(rng.uniform(1, 30) * DAY)}
        | (answered(lag) if (lag := rng.exponential(8)) < 14 else {})
        | ({"superseded_after_us": int(rng.uniform(0, 30) * DAY)} if k % 3 == 0 else {})
        for k in range(600)
    ]
    assigned = assign(gestures(rows))
    whole = next(s for s in samples(assigned, "me", "worded") if s.dimension == "all")
    curve = aalen_johansen(whole.times, whole.kinds)
    table = silence_table(assigned).filter(dimension="all")
    assert table["silent_days"].to_list() == list(SILENT_DAYS)
    for days, share in table.select("silent_days", "answered_share").iter_rows():
        start, end = curve.at(np.array([days * DAY, 14 * DAY])).tolist()
        survival = curve.survival[np.searchsorted(curve.times, days * DAY, side="right") - 1]
        assert share == pytest.approx((end - start) / survival, rel=1e-8)


@pytest.mark.parametrize(
    ("count", "after", "note", "shown"),
    [(9, 30, "fewer_than_10_at_risk", False), (40, 12, "too_recent", False), (40, 30, None, True)],
)
def test_small_samples(count: int, after: int, note: str | None, shown: bool) -> None:
    row = silence_of([{"contact_id": f"c{k}", "censored_after_us": after * DAY} for k in range(count)], 7)
    assert (row["at_risk"], row["note"], row["shown"], row["answered_share"] is None) == (count, note, shown, not shown)


def test_without_ten_contacts_there_is_a_share_but_no_interval() -> None:
    row = silence_of([(answered(9) if k % 2 else {}) | {"contact_id": f"c{k % 9}"} for k in range(40)], 3)
    assert (row["answered_share"], row["low"], row["note"]) == (0.5, None, "fewer_than_10_contacts")


def test_a_home_without_gestures_has_no_rows() -> None:
    assert silence_table(assign(gestures([]))).is_empty()


def test_the_interval_holds_the_true_share_in_most_simulated_worlds() -> None:
    """30 contacts who answer with probability Beta(2, 2) after an exponential lag of 5 days; true share by integration."""
    rng = np.random.default_rng(7)
    p = rng.beta(2, 2, 400_000)
    truth = float(np.sum(p * (np.exp(-3 / 5) - np.exp(-14 / 5))) / np.sum(1 - p * (1 - np.exp(-3 / 5))))
    worlds = []
    for _ in range(60):
        answers = rng.beta(2, 2, 30)
        lags = np.where(rng.random((30, 12)) < answers[:, None], rng.exponential(5, (30, 12)), np.inf)
        ends = np.where(rng.random((30, 12)) < 0.3, rng.uniform(0, 14, (30, 12)), 30)
        worlds.append([
            {"contact_id": f"c{c:02}", "censored_after_us": int(ends[c, k] * DAY)}
            | (answered(float(lags[c, k])) if lags[c, k] < ends[c, k] else {})
            for c in range(30) for k in range(12)
        ])  # fmt: skip
    held = [(row := silence_of(world, 3))["low"] <= truth <= row["high"] for world in worlds]
    assert np.mean(held) >= 0.88
