"""The sentences of `dancecard explain`."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.commands.gesture_explanation import GRADES, OFF_RISK, explanation
from pipeline.model import codes

BASE: dict[str, Any] = {
    "initiator": "me", "display_name": "Ann", "platform": "forum", "class": "message", "outcome": "worded",
    "started_at": datetime(2024, 1, 1, 9, tzinfo=UTC), "status": "open", "uncertain": False, "at_risk": True, "grade": None,
    "lag_s": None, "superseded_after_s": None, "censored_after_s": 86400.0, "off_risk_reason": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({}, "Open: the archives contain no answer"),
        (
            {"status": "superseded", "superseded_after_s": 60.0},
            "Superseded: the next turn in its lane, 60 s later, is from the same side",
        ),
        (
            {"status": "answered", "grade": "A", "lag_s": 5.0},
            "Answered after 5 s, grade A: an explicit reply link",
        ),
    ],
)
def test_outcomes(changed: dict[str, Any], sentence: str) -> None:
    assert explanation(BASE | changed) == [
        "You towards Ann on forum, message, 2024-01-01 09:00:00 UTC (outcome worded)",
        sentence,
        "At risk: an answer would have been visible for 86400 s",
    ]


def test_off_risk_names_the_reason() -> None:
    lines = explanation(BASE | {"at_risk": False, "off_risk_reason": "none_visible"})
    assert lines[-1] == "Off risk, none_visible: no archive can show answers of this kind; no rate counts it"


def test_every_grade_and_reason_is_described() -> None:
    assert set(OFF_RISK) == set(codes.OFF_RISK_REASONS)
    assert tuple(GRADES) == codes.GRADES
