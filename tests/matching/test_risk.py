"""The risk set: coverage rows in, reason and follow-up out."""

from typing import Any

import polars as pl
import pytest

from pipeline.matching.parameters import MatchingParameters
from pipeline.model.schemas import COVERAGE
from tests.matching.reference import DAY, Ev, frame
from tests.matching.running import all_gestures

Row = dict[str, Any]


def cover(
    visibility: str = "full", start: float | None = 0, end: float | None = 100, cls: str = "message", **other: Any
) -> Row:
    row: Row = {
        "account_id": "me", "platform": "p", "class": cls, "direction": "inbound", "surface": "all",
        "thread_id": None, "visibility": visibility, "reason": "", "reply_links": False,
        "starts_at": None if start is None else int(start * DAY), "ends_at": None if end is None else int(end * DAY),
    }  # fmt: skip
    return row | other


def assess(rows: list[Row], event: Ev, outcome: str = "any", tie_ends: pl.DataFrame | None = None) -> tuple[Any, ...]:
    gestures, _ = all_gestures(
        frame([event]), pl.DataFrame(rows, schema=COVERAGE), MatchingParameters(), tie_ends=tie_ends
    )
    gesture = gestures.filter(initiator="me", outcome=outcome).row(0, named=True)
    after = gesture["censored_after_us"]
    assert gesture["at_risk"] == (gesture["off_risk_reason"] is None)
    return gesture["off_risk_reason"], None if after is None else after / DAY


O = Ev("o1", out=True, t=50 * DAY)  # noqa: E741 - the worked examples call an outbound event o
LIKE = Ev("o1", out=True, t=50 * DAY, cls="reaction", kind="like")
GROUP = Ev("o1", out=True, t=50 * DAY, group=True)
IN_THREAD = Ev("o1", out=True, t=50 * DAY, thread="a")


@pytest.mark.parametrize(
    ("rows", "event", "expected"),
    [
        ([cover()], O, (None, 50)),
        ([], O, ("none_visible", None)),
        ([cover("none", None, None)], O, ("none_visible", None)),
        ([cover(direction="outbound")], O, ("none_visible", None)),
        ([cover(cls="comment")], O, ("none_visible", None)),
        ([cover("partial")], O, ("partial", 50)),
        ([cover("partial"), cover(start=40, end=60)], O, (None, 10)),
        ([cover(start=60)], O, ("outside_coverage", None)),
        ([cover(end=40), cover("none", None, None)], O, ("outside_coverage", None)),
        ([cover(end=50)], O, ("no_follow_up", 0)),
        # unbroken cover of several archives, and a hole
        ([cover(end=55), cover(start=55, end=70), cover(start=71)], O, (None, 20)),
        ([cover(start=10, end=90), cover(start=20, end=30)], O, (None, 40)),
        # surfaces: `all` covers every one, `direct` not the group
        ([cover(surface="direct")], O, (None, 50)),
        ([cover(surface="direct", reply_links=True)], GROUP, ("none_visible", None)),
        ([cover(reply_links=True)], GROUP, (None, 50)),
        ([cover()], GROUP, ("no_reply_links", 50)),
        # rows of the thread replace the general ones, better or worse
        ([cover(), cover("partial", thread_id="a")], IN_THREAD, ("partial", 50)),
        ([cover("none", None, None), cover(thread_id="a", end=52)], IN_THREAD, (None, 2)),
        ([cover(), cover("none", None, None, thread_id="b")], IN_THREAD, (None, 50)),
    ],
)
def test_reason_and_follow_up(rows: list[Row], event: Ev, expected: tuple[Any, ...]) -> None:
    assert assess(rows, event) == expected


def test_wordless_class_is_off_risk_only_for_worded_answers() -> None:
    rows = [cover(cls="reaction")]
    assert assess(rows, LIKE, "worded") == ("wordless_class", 50)
    assert assess(rows, LIKE, "any") == (None, 50)


@pytest.mark.parametrize(("ended", "expected"), [(53, (None, 3)), (50, ("no_follow_up", 0)), (20, ("no_follow_up", 0))])
def test_known_end_of_the_tie(ended: int, expected: tuple[Any, ...]) -> None:
    ends = pl.DataFrame({"contact_id": ["ann"], "platform": ["p"], "ended_at": [ended * DAY]})
    assert assess([cover()], O, tie_ends=ends) == expected
