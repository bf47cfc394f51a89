"""`dancecard explain CONTACT` on a home of a few people, word for word."""

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.commands.contact_explanation import EVIDENCE, JOIN_REASONS, decision_lines
from pipeline.contacts.decisions import read_decisions
from pipeline.model import codes
from tests.consolidation.harness import home_in, open_file, run, this_process

AWAY = "Thank you for your message. I am away until Monday."
COVERAGE = """
club,message,outbound,full,2024-01-01,2024-12-31
club,message,inbound,full,2024-01-01,2024-12-31
gym,comment,outbound,full,2024-01-01,2024-12-31
gym,comment,inbound,full,2024-01-01,2024-02-01
""".strip()
DECISIONS = """
action,contact,other,tier,audience,exclude,note
merge,club:ann,gym:anna,,,,
set,gym:anna,,guru,,,
set,club:joe,,,,yes,
""".lstrip()
ACTS: list[dict[str, str]] = [
    {"id": "1", "contact_name": "Ann Lee", "occurred_at": "2024-03-01T09:00:00Z", "text": "how was it?"},
    {"id": "2", "contact_name": "Ann Lee", "direction": "inbound", "occurred_at": "2024-03-01T11:00:00Z", "text": "lovely"},
    {"id": "3", "contact_name": "Ann Lee", "occurred_at": "2024-03-02T09:00:00Z", "text": "and today?"},
    {"id": "4", "contact": "anna", "contact_name": "Ann Lee", "platform": "gym", "class": "comment", "occurred_at": "2024-03-05T09:00:00Z", "text": "well done"},
    *[{"id": f"5{k}", "contact": "bot", "contact_name": "Ann's Shop", "occurred_at": f"2024-04-0{k}T09:00:00Z", "text": f"question {k}"} for k in range(1, 4)],
    *[{"id": f"6{k}", "contact": "bot", "contact_name": "Ann's Shop", "direction": "inbound", "occurred_at": f"2024-04-0{k}T09:00:30Z", "text": AWAY} for k in range(1, 4)],
    {"id": "7", "contact": "bot", "contact_name": "Ann's Shop", "direction": "inbound", "occurred_at": "2024-04-05T09:00:00Z", "text": "Back again. What was it?"},
    {"id": "8", "contact": "joe", "contact_name": "Joe", "occurred_at": "2024-05-01T09:00:00Z", "text": "hi"},
]  # fmt: skip


ANN = """
Ann Lee (club:ann)

Who
  club:ann, Ann Lee
    joined by owner: merged by you in contacts.csv
  gym:anna, Ann Lee
    joined by owner: merged by you in contacts.csv
  your decision on gym:anna: tier=guru
  your decision: club:ann and gym:anna are one person

Interactions
  platform  class    direction  interactions  left_out  first_at             last_at
  ────────  ───────  ─────────  ────────────  ────────  ───────────────────  ───────────────────
  club      message  outbound              2         0  2024-03-01 09:00:00  2024-03-02 09:00:00
  club      message  inbound               1         0  2024-03-01 11:00:00  2024-03-01 11:00:00
  gym       comment  outbound              1         0  2024-03-05 09:00:00  2024-03-05 09:00:00

Gestures (answered, superseded, open: of those at risk)
  initiator  outcome  gestures  at_risk  answered  superseded  open  off_risk
  ─────────  ───────  ────────  ───────  ────────  ──────────  ────  ────────
  me         worded          3        2         1           0     1         1
  me         any             3        2         1           0     1         1
  them       worded          1        1         1           0     0         0
  them       any             1        1         1           0     0         0

Off risk, and why
  1 of yours on gym, comment (outcome worded and any): outside_coverage, no archive covers that time
    covered: 2024-01-01 to 2024-02-01
    the archives: stated by the file's coverage

Left out of the figures
  nothing

Figures (outcome worded)
  Level: acquaintance since 2024-03-01
  Standing: guru, from owner_tier: the tier that you set in contacts.csv; source contacts.csv
  Next step: theirs, since your last direct turn on 2024-03-05 09:00 UTC
  Your gestures: 1 of 2 answered within 7 days; share 43% (90 % interval 14% to 75%), shrunken; median lag 2 h
  Their gestures: 1 of 1 answered within 7 days; share 60% (90 % interval 25% to 90%), shrunken; median lag 22 h

The exchanges that the level rests on
  2 ever; 2 on 2 days (UTC) in the last 180 days that the archives cover; the newest:
  answered_at          began        platform  class    lag   grade  gesture
  ───────────────────  ───────────  ────────  ───────  ────  ─────  ────────────
  2024-03-02 09:00:00  the contact  club      message  22 h  C      30343bad31e5
  2024-03-01 11:00:00  you          club      message  2 h   C      d4cb40334f72

The last interactions and their records
  2024-03-05 09:00:00  gym, outbound, comment
    archive exports/club.interactions.csv
    member  club.interactions.csv
    pointer line:5
  2024-03-02 09:00:00  club, outbound, message
    archive exports/club.interactions.csv
    member  club.interactions.csv
    pointer line:4
  2024-03-01 11:00:00  club, inbound, message
    archive exports/club.interactions.csv
    member  club.interactions.csv
    pointer line:3
"""
LEFT_OUT = {
    "club:bot": """
Left out of the figures
  3 inbound: automatic: the same text came 3 times within 60 s after yours (rule automatic), 2024-04-01 to 2024-04-03
""",
    "club:joe": """
Joe (club:joe)
Not in the figures: excluded by you (contacts.csv)
""",
    "joe": """
Left out of the figures
  1 outbound: excluded by you (contacts.csv) (rule excluded_contact), 2024-05-01 to 2024-05-01
""",
    "Joe": """
Figures (outcome worded)
  Level: none
  Standing: unknown, from none: no archive has evidence
  Next step: nobody's; there is no direct turn
""",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a published warehouse."""
    made = home_in(tmp_path_factory.mktemp("home"))
    open_file(made / "exports", "club", ACTS, COVERAGE)
    (made / "contacts.csv").write_text(DECISIONS, encoding="utf-8")
    run(made, wanted=("warehouse",))
    return made


def explain(home: Path, capsys: pytest.CaptureFixture[str], subject: str) -> tuple[int, str, str]:
    with this_process():
        status = main(["explain", "--home", str(home), subject])
    return (status, *capsys.readouterr())


@pytest.mark.parametrize("subject", ["club:ann", "gym:anna", "ann lee"])
def test_a_contact_is_explained_from_identities_to_records(
    home: Path, capsys: pytest.CaptureFixture[str], subject: str
) -> None:
    status, out, err = explain(home, capsys, subject)
    assert out.splitlines() == ANN.strip().splitlines()
    assert (status, err) == (0, "")


@pytest.mark.parametrize("subject", LEFT_OUT)
def test_what_is_left_out_is_shown_with_rule_and_reason(
    home: Path, capsys: pytest.CaptureFixture[str], subject: str
) -> None:
    status, out, _ = explain(home, capsys, subject)
    assert status == 0
    assert LEFT_OUT[subject] in f"\n{out}"


def test_a_gesture_is_still_explained(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = explain(home, capsys, "d4cb40334f72")
    assert status == 0
    assert out.startswith(
        "You towards Ann Lee on club, message, 2024-03-01 09:00:00 UTC (outcome worded)\nAnswered after 7200 s"
    )


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        ("ann", "2 people match 'ann': club:ann (Ann Lee), club:bot (Ann's Shop)"),
        ("zoe", "no person matches 'zoe', and no gesture has an id that starts with it"),
        ("", "give a gesture_id, a contact_id, or a search that finds one person"),
    ],
)
def test_no_or_several_matches_are_an_error_with_the_candidates(
    home: Path, capsys: pytest.CaptureFixture[str], subject: str, message: str
) -> None:
    assert explain(home, capsys, subject) == (2, "", f"dancecard: {message}\n")


def test_decisions_on_others_are_not_shown() -> None:
    text = "action,contact,other,tier,audience,exclude\ndistinct,x:1,y:1\nsplit,x:1\nset,x:1,,,70,no\nset,x:2,,guru\n"
    assert decision_lines(read_decisions(text), ["x:1"]) == [
        "your decision on x:1: audience=70",
        "your decision on x:1: exclude=no",
        "your decision on x:1: not joined to others",
        "your decision: x:1 and y:1 are two people",
    ]
    assert decision_lines(read_decisions(text), ["z:1"]) == ["no decision of yours in contacts.csv"]


def test_every_code_is_described() -> None:
    assert tuple(EVIDENCE) == codes.EVIDENCE
    joins = (Path(__file__).parents[2] / "docs" / "methods" / "records.md").read_text(encoding="utf-8")
    joins = joins.partition("### Joins\n")[2].partition("\n### ")[0]
    assert [line.split("`")[1] for line in joins.splitlines() if line.startswith("| `")] == list(JOIN_REASONS)
