"""Time from first contact to the owner's first ask: who counts, who is censored when, and the curve against lifelines."""

import warnings

import numpy as np
import polars as pl
import pytest

from pipeline.matching.match import encode_interactions
from pipeline.measures.texts.first_asks import DAYS, first_asks_table, followed_spans
from pipeline.model.schemas import COVERAGE
from tests.matching.reference import DAY, HOUR, Ev, frame


def window(account: str, ends_at: int | None, **other: str) -> dict[str, object]:
    row = {
        "account_id": account, "platform": "p", "class": "message", "direction": "outbound", "surface": "direct",
        "visibility": "full", "starts_at": 0, "ends_at": ends_at,
    }  # fmt: skip
    return dict.fromkeys(COVERAGE) | row | other


def spans(events: list[Ev], *windows: dict[str, object], as_of: int = 100 * DAY) -> list[tuple[object, ...]]:
    coverage = pl.DataFrame(windows, schema=COVERAGE)
    return followed_spans(encode_interactions(frame(events)), coverage, as_of).sort("contact_id").rows()


def test_contacts_are_followed_to_the_end_of_coverage_of_their_accounts() -> None:
    events = [
        Ev("a", out=False, t=2 * DAY), Ev("a2", out=True, t=3 * DAY),
        Ev("g", out=True, t=DAY, thread="t", group=True),
        Ev("b", out=True, t=4 * DAY, contact="bob", account="other"),
        Ev("c", out=True, t=5 * DAY, contact="cat"), Ev("c2", out=True, t=6 * DAY, contact="cat", account="other"),
        Ev("d", out=True, t=90 * DAY, contact="dan"),
    ]  # fmt: skip
    found = spans(
        events,
        window("me", 50 * DAY),
        window("me", 70 * DAY, direction="inbound"),
        window("me", 80 * DAY, visibility="none"),
        window("other", 60 * DAY),
    )
    assert found == [
        ("ann", 2 * DAY, 50 * DAY), ("bob", 4 * DAY, 60 * DAY), ("cat", 5 * DAY, 60 * DAY), ("dan", 90 * DAY, 90 * DAY),
    ]  # fmt: skip


def test_an_unknown_end_is_the_end_of_what_is_known() -> None:
    events = [Ev("a", out=True, t=2 * DAY)]
    assert spans(events) == spans(events, window("me", None)) == [("ann", 2 * DAY, 100 * DAY)]
    assert spans(events, window("me", 300 * DAY)) == [("ann", 2 * DAY, 100 * DAY)]


def table(rows: list[tuple[float | None, float]]) -> pl.DataFrame:
    """Compute the table for contacts who are asked after so many days (None: not yet) and followed for so many."""
    people = pl.DataFrame(
        [(f"c{k}", 1, None if asked is None else round(asked * DAY)) for k, (asked, _) in enumerate(rows)],
        schema={"contact_id": pl.String, "assessed": pl.Int64, "first_ask_at": pl.Int64},
        orient="row",
    )
    followed = pl.DataFrame(
        [(f"c{k}", 0, round(until * DAY)) for k, (_, until) in enumerate(rows)],
        schema={"contact_id": pl.String, "first_at": pl.Int64, "until": pl.Int64},
        orient="row",
    )
    return first_asks_table(people, followed)


def test_the_curve_by_hand() -> None:
    found = table([(0, 400), (0.5, 400), (20, 400), (None, 10), (None, 100)])
    assert found["day"].to_list() == list(DAYS)
    assert found["at_risk"].to_list() == [5, 3, 3, 2, 1, 1, 1, 0, 0]
    assert found["contacts"].to_list() == [5] * 9
    # at 20 days one of the two who are left is asked
    assert found["asked_share"].to_list() == pytest.approx([0.2, 0.4, 0.4, 0.4, 0.7, 0.7, 0.7, None, None])
    assert found["low"].is_null().to_list() == [False] * 7 + [True] * 2
    inside = found.drop_nulls()
    assert ((inside["low"] < inside["asked_share"]) & (inside["asked_share"] < inside["high"])).all()


def test_if_all_are_asked_the_share_stays_one() -> None:
    found = table([(2, 5), (3, 5)])
    assert found.filter(day=0).row(0) == (0, 2, 0.0, None, None, 2)
    assert found.filter(day=365).row(0) == (365, 0, 1.0, None, None, 2)


def test_contacts_without_an_assessed_text_do_not_count() -> None:
    people = pl.DataFrame({"contact_id": ["a"], "assessed": [0], "first_ask_at": pl.Series([None], dtype=pl.Int64)})
    followed = pl.DataFrame({"contact_id": ["a"], "first_at": [0], "until": [DAY]})
    assert first_asks_table(people, followed).is_empty()


@pytest.mark.parametrize("seed", range(3))
def test_equals_lifelines(seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peer's own deprecations are not ours
        from lifelines import KaplanMeierFitter  # noqa: PLC0415 - imported where its warnings are off

        generator = np.random.default_rng(seed)
        until = generator.integers(1, 12_000, 150)
        asked = generator.integers(0, 15_000, 150)
        found = table(
            [(a / 24 if a <= u else None, u / 24) for a, u in zip(asked.tolist(), until.tolist(), strict=True)]
        )
        peer = KaplanMeierFitter().fit(np.minimum(asked, until), asked <= until)
        expected = 1 - peer.survival_function_at_times(np.array(DAYS) * 24).to_numpy()
        bands = peer.confidence_interval_survival_function_
    assert HOUR * 24 == DAY
    assert found["asked_share"].to_numpy() == pytest.approx(expected, abs=1e-9)
    last = bands.iloc[bands.index.searchsorted(365 * 24, side="right") - 1]
    assert found.select("low", "high").row(-1) == pytest.approx((1 - last.iloc[1], 1 - last.iloc[0]), abs=1e-9)
