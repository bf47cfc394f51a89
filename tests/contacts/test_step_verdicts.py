"""steps.csv: what its lines mean, invalid lines, and the gestures that they are about."""

from datetime import UTC, datetime

import polars as pl
import pytest

from pipeline.consolidation.steps import steps_table
from pipeline.contacts.step_verdicts import StepVerdict, StepVerdicts, read_steps

DAY = datetime(2025, 3, 31, tzinfo=UTC)
MICROSECONDS = 1_743_379_200_000_000
HEAD = "gesture,verdict,until,note,archive,member,pointer,decided_at\n"
GESTURES = pl.LazyFrame({"gesture_id": ["w1", "a1", "w2"], "first_interaction_id": ["i1", "i1", "i2"]})
INTERACTIONS = pl.LazyFrame(
    {"interaction_id": ["i1", "i2"], "archive_id": ["z", "z"], "member": ["m.json", "m.json"], "pointer": ["/0", "/1"]}
)


def steps(text: str) -> list[tuple[object, ...]]:
    return steps_table(GESTURES, INTERACTIONS, read_steps(text)).rows()


def test_a_line_is_a_verdict_on_a_gesture() -> None:
    text = HEAD + "w1,done,,thanked him,z,m.json,/0,2025-03-31T00:00:00+00:00\nw2,snooze,2025-03-31,,,,,\n"
    assert read_steps(text) == StepVerdicts((
        StepVerdict("w1", "done", None, DAY, ("z", "m.json", "/0")),
        StepVerdict("w2", "snooze", DAY),
    ))  # fmt: skip


def test_a_verdict_holds_for_both_outcomes() -> None:
    assert steps("gesture,verdict,decided_at\nw1,elsewhere,2025-03-31\n") == [
        ("a1", "elsewhere", None, MICROSECONDS), ("w1", "elsewhere", None, MICROSECONDS),
    ]  # fmt: skip
    assert steps("gesture,verdict,until\nw2,snooze,2025-03-31\n") == [("w2", "snooze", MICROSECONDS, None)]


def test_a_gesture_with_another_id_is_found_by_its_location() -> None:
    assert steps(HEAD + "of an earlier build,no-answer-needed,,,z,m.json,/1,\n") == [
        ("w2", "no_answer_needed", None, None)
    ]
    assert steps(HEAD + "unknown,done,,,z,m.json,/7,\n") == []
    # an id that is known counts, whatever the location
    assert [row[0] for row in steps(HEAD + "w2,done,,,z,m.json,/0,\n")] == ["w2"]


def test_a_later_line_overrides_and_clear_takes_back() -> None:
    assert steps("gesture,verdict\nw2,done\nw2,elsewhere\n") == [("w2", "elsewhere", None, None)]
    assert steps("gesture,verdict\nw2,done\nw2,clear\n") == []
    assert steps("gesture,verdict\nw1,done\na1,clear\n") == []
    assert steps("gesture,verdict\nw2,clear\nw2,done\n") == [("w2", "done", None, None)]
    assert steps("") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("w1,perhaps,,", "unknown verdict 'perhaps'"), (",done,,", "the column gesture is empty"),
        ("w1,snooze,,", "snooze needs a day"), ("w1,snooze,tomorrow,", "snooze needs a day"),
        ("w1,done,2025-03-31,", "only snooze"), ('w1,"done', "quote"), ("w1,done,,,,,,noon", "decided_at must be a time"),
        ("w1,\udce9,,", "not UTF-8"),
    ],
)  # fmt: skip
def test_the_lines_around_an_invalid_one_count(line: str, words: str) -> None:
    read = read_steps(f"{HEAD}w2,done,,,,,,\n{line}\nw3,elsewhere,,,,,,\n")
    (problem,) = read.problems
    assert problem.startswith("steps.csv, line 3: ")
    assert words in problem
    assert [one.gesture for one in read.verdicts] == ["w2", "w3"]


def test_a_file_of_another_kind_is_one_problem() -> None:
    for text in ("gesture;verdict\nw1;done\n", "action,contact\nsplit,x:1\n"):
        read = read_steps(text)
        assert (len(read.problems), read.verdicts) == (1, ())
        assert read.problems[0].startswith("steps.csv, line 1: the first line must name the columns")
