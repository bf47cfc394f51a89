"""The sentences of `dancecard explain`."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.commands.explain import GRADES, OFF_RISK, verdict
from pipeline.model import codes

BASE: dict[str, Any] = {
    "initiator": "me", "display_name": "Ann", "platform": "forum", "class": "message", "outcome": "worded",
    "started_at": datetime(2024, 1, 1, 9, tzinfo=UTC), "status": "open", "uncertain": False, "at_risk": True, "grade": None,
    "lag_s": None, "superseded_after_s": None, "censored_after_s": 86400.0, "off_risk_reason": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "changed, says",
    [
        ({}, "Open: nothing that answers it is in the archives"),
        (
            {"status": "superseded", "superseded_after_s": 60.0},
            "Superseded: the next turn in its lane, 60 s later, came from the same side",
        ),
        (
            {"status": "answered", "grade": "A", "lag_s": 5.0},
            "Answered after 5 s, grade A: an explicit link: the answer says what it answers",
        ),
    ],
)
def test_what_became_of_it(changed: dict[str, Any], says: str) -> None:
    assert verdict(BASE | changed) == [
        "You towards Ann on forum, message, 2024-01-01 09:00:00 UTC (outcome worded)",
        says,
        "At risk: an answer could have been seen for 86400 s",
    ]


def test_off_risk_says_why() -> None:
    lines = verdict(BASE | {"at_risk": False, "off_risk_reason": "none_visible"})
    assert lines[-1] == "Off risk, none_visible: no archive can show such an answer; it counts in no rate"


def test_every_grade_and_reason_has_words() -> None:
    assert set(OFF_RISK) == set(codes.OFF_RISK_REASONS)
    assert tuple(GRADES) == codes.GRADES
