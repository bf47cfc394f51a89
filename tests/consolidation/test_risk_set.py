"""A gesture whose answer no archive could show is off risk, with the reason. Source: methods:risk-set."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.orchestration.working_tables import Store
from tests.consolidation.harness import home_in, open_file, rows, run

DAY = 86400.0
GESTURE = "2024-03-01T00:00:00Z"
LATER = "2024-03-05T00:00:00Z"


def lanes(*lines: str) -> str:
    return " ".join(lines)


OUT = "club,message,outbound,full,2024-01-01,2024-03-11"
# name: (rows, coverage file, at_risk, off_risk_reason, censored_after_s) of the owner's gesture in the outcome `worded`
CASES: dict[str, tuple[list[dict[str, Any]], str, tuple[bool, str | None, float | None]]] = {
    "full": ([{}], lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-11"), (True, None, 10 * DAY)),
    "starts with the gesture": ([{}], lanes(OUT, "club,message,inbound,full,2024-03-01,2024-03-11"), (True, None, 10 * DAY)),
    "partial": ([{}], lanes(OUT, "club,message,inbound,partial,2024-01-01,2024-03-11"), (False, "partial", 10 * DAY)),
    "none": ([{}], lanes(OUT, "club,message,inbound,none,,"), (False, "none_visible", None)),
    "not named": ([{}], OUT, (False, "none_visible", None)),
    "other class": ([{}], lanes(OUT, "club,comment,inbound,full,2024-01-01,2024-03-11"), (False, "none_visible", None)),
    "other platform": ([{}], lanes(OUT, "pub,message,inbound,full,2024-01-01,2024-03-11"), (False, "none_visible", None)),
    "begins later": ([{}], lanes(OUT, "club,message,inbound,full,2024-03-02,2024-03-11"), (False, "outside_coverage", None)),
    "ended before": ([{}], lanes(OUT, "club,message,inbound,full,2024-01-01,2024-02-11"), (False, "outside_coverage", None)),
    "ends with it": ([{}], lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-01"), (False, "no_follow_up", 0.0)),
    "a gap between": (
        [{}],
        lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-02", "club,message,inbound,full,2024-03-05,2024-03-11"),
        (True, None, DAY),
    ),
    "two that touch": (
        [{}],
        lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-05", "club,message,inbound,full,2024-03-05,2024-03-11"),
        (True, None, 10 * DAY),
    ),
    "best counts": (
        [{}],
        lanes(OUT, "club,message,inbound,partial,2024-01-01,2024-03-21", "club,message,inbound,full,2024-01-01,2024-03-03"),
        (True, None, 2 * DAY),
    ),
    "a like": (
        [{"class": "reaction"}],
        lanes("club,reaction,inbound,full,2024-01-01,2024-03-11"),
        (False, "wordless_class", 10 * DAY),
    ),
    "a group without links": (
        [{"group": "true"}, {"group": "true", "direction": "inbound", "occurred_at": LATER}],
        lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-11"),
        (False, "no_reply_links", 10 * DAY),
    ),
    "a group with links": (
        [{"group": "true", "id": "1"}, {"group": "true", "direction": "inbound", "occurred_at": LATER, "reply_to": "1"}],
        lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-11"),
        (True, None, 10 * DAY),
    ),
}  # fmt: skip


def owners(store: Store) -> list[tuple[Any, ...]]:
    found = rows(store, "gestures", "initiator", "outcome", "at_risk", "off_risk_reason", "censored_after_s")
    return [row[2:] for row in found if row[:2] == ("me", "worded")]


@pytest.mark.parametrize("name", CASES)
def test_risk(tmp_path: Path, name: str) -> None:
    events, coverage, expected = CASES[name]
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"occurred_at": GESTURE} | event for event in events], coverage)
    assert owners(run(home)) == [expected]


def test_without_a_coverage_file_each_class_is_full_from_its_first_to_its_last_event(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"occurred_at": GESTURE}, {"occurred_at": LATER, "contact": "bob"}])
    store = run(home)
    assert owners(store) == [(False, "no_follow_up", 0.0), (True, None, 4 * DAY)]
    spans = rows(store, "coverage", "class", "direction", "surface", "visibility", "starts_at", "ends_at")
    assert [(*row[:4], row[4].isoformat(), row[5].isoformat()) for row in spans] == [
        ("message", "inbound", "all", "full", "2024-03-01T00:00:00+00:00", "2024-03-05T00:00:00+00:00"),
        ("message", "outbound", "all", "full", "2024-03-01T00:00:00+00:00", "2024-03-05T00:00:00+00:00"),
    ]


def test_a_like_is_at_risk_in_the_outcome_any(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(
        home / "exports",
        "a",
        [{"occurred_at": GESTURE, "class": "reaction"}],
        "club,reaction,inbound,full,2024-01-01,2024-03-11",
    )
    found = rows(run(home), "gestures", "initiator", "outcome", "at_risk")
    assert [row for row in found if row[0] == "me"] == [("me", "any", True), ("me", "worded", False)]


def test_two_archives_cover_a_span_that_neither_covers_alone(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(
        home / "exports", "a", [{"occurred_at": GESTURE}], lanes(OUT, "club,message,inbound,full,2024-01-01,2024-03-02")
    )
    open_file(
        home / "exports", "b", [{"occurred_at": LATER, "direction": "inbound", "contact": "bob"}],
        lanes("club,message,inbound,full,2024-03-01,2024-03-11"),
    )  # fmt: skip
    assert owners(run(home)) == [(True, None, 10 * DAY)]


def test_an_invalid_line_of_the_coverage_file_is_set_aside(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"occurred_at": GESTURE}], lanes(OUT, "club,message,sideways,full,,"))
    store = run(home)
    assert rows(store, "set_aside", "member", "pointer", "reason_code") == [
        ("a.coverage.csv", "line:3", "bad_coverage")
    ]
    assert rows(store, "archives", "status") == [("partial",)]
