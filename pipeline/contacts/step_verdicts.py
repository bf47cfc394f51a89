"""The owner's verdicts on steps, from the text of steps.csv. Source: methods:step-verdicts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from pipeline.contacts.decision_lines import Layout, Line, LineProblem, decision_lines

VERDICTS: Final = ("done", "elsewhere", "no_answer_needed", "snooze")
CLEAR: Final = "clear"
"""Takes an earlier verdict back."""
STEPS: Final = Layout(
    "steps.csv",
    ("gesture", "verdict", "until", "note", "archive", "member", "pointer", "decided_at"),
    ("gesture", "verdict"),
)
"""Columns of the file."""


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """One verdict. `location` is archive, member and pointer of the gesture's first interaction; None: not given."""

    gesture: str
    verdict: str
    until: datetime | None = None
    decided_at: datetime | None = None
    location: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class StepVerdicts:
    """The last verdict on each gesture, CLEAR included, in the order of the file; one message for each invalid line."""

    verdicts: tuple[StepVerdict, ...] = ()
    problems: tuple[str, ...] = ()


def read_steps(text: str) -> StepVerdicts:
    r"""Parse the text of steps.csv. An invalid line is reported in `problems`; the others count.

    Args:
        text: CSV with a header row; columns as in STEPS, in any order, missing ones empty.

    Examples:
        >>> read = read_steps("gesture,verdict\nab12,done\ncd34,perhaps\n")
        >>> [(one.gesture, one.verdict) for one in read.verdicts]
        [('ab12', 'done')]
        >>> read.problems
        ("steps.csv, line 3: unknown verdict 'perhaps'; known are done, elsewhere, no_answer_needed, snooze, clear",)

    Source: methods:step-verdicts.
    """
    verdicts: dict[str, StepVerdict] = {}
    problems = []
    for line in decision_lines(text, STEPS):
        try:
            one = _verdict(line)
        except LineProblem as problem:
            problems.append(str(problem))
            continue
        verdicts.pop(one.gesture, None)
        verdicts[one.gesture] = one
    return StepVerdicts(tuple(verdicts.values()), tuple(problems))


def _verdict(line: Line | LineProblem) -> StepVerdict:
    if isinstance(line, LineProblem):
        raise line
    verdict = line["verdict"].replace("-", "_")
    if not line["gesture"]:
        raise line.problem("the column gesture is empty; give a gesture_id")
    if verdict not in (*VERDICTS, CLEAR):
        raise line.problem(f"unknown verdict {line['verdict']!r}; known are {', '.join((*VERDICTS, CLEAR))}")
    until = None
    if verdict == "snooze":
        try:
            day = date.fromisoformat(line["until"])
        except ValueError:
            raise line.problem(
                f"snooze needs a day such as 2025-03-31 in the column until, not {line['until']!r}"
            ) from None
        until = datetime(day.year, day.month, day.day, tzinfo=UTC)
    elif line["until"]:
        raise line.problem(f"only snooze has a day in the column until, not {verdict}")
    location = (line["archive"], line["member"], line["pointer"])
    return StepVerdict(line["gesture"], verdict, until, _decided_at(line), location if all(location) else None)


def _decided_at(line: Line) -> datetime | None:
    if not line["decided_at"]:
        return None
    try:
        at = datetime.fromisoformat(line["decided_at"])
    except ValueError:
        raise line.problem(
            f"decided_at must be a time such as 2025-03-31T09:00:00+00:00, not {line['decided_at']!r}"
        ) from None
    return at.replace(tzinfo=at.tzinfo or UTC)
