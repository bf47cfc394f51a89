"""The demo's mailbox, read back, holds what was planted; the same world gives the same bytes."""

from pathlib import Path

from pipeline.demo.world import Act
from pipeline.demo.writers.email import write
from tests.sources.planted import AT, MINUTE, interactions, linked, read_back, world

HANDLES = {
    "owner": ("lea@post.example", "lea@post.example"),
    "p1": ("mira@lake.example", "mira@lake.example"),
    "p2": ("bo@hill.example", "bo@hill.example"),
}
ACTS = (
    Act("a1", "email", "p1", "inbound", kind="message", at=AT, text="From here\nFrom there, žaba & <b>", thread="t1"),
    Act(
        "a2",
        "email",
        "p1",
        "outbound",
        kind="message",
        at=AT + MINUTE,
        text="Thanks: for the words",
        thread="t1",
        reply_to="a1",
    ),
    Act(
        "a3", "email", "p1", "inbound", kind="message", at=AT + 2 * MINUTE, text="Any time", thread="t1", reply_to="a2"
    ),
    Act("a4", "email", "p2", "outbound", kind="message", at=AT + 3 * MINUTE, text="Out of the blue " * 20, thread="t2"),
    Act("a5", "email", "p2", "inbound", kind="message", at=AT + 4 * MINUTE, text="unseen", thread="t2", visible=False),
)


def test_what_was_planted_is_read_back(tmp_path: Path) -> None:
    outcomes = read_back("email", write(world("email", HANDLES, ACTS), tmp_path), tmp_path)
    assert interactions(outcomes) == [
        ("bo@hill.example", "outbound", "message", AT + 3 * MINUTE, ("Out of the blue " * 20).strip()),
        ("mira@lake.example", "inbound", "message", AT, "From here\nFrom there, žaba & <b>"),
        ("mira@lake.example", "inbound", "message", AT + 2 * MINUTE, "Any time"),
        ("mira@lake.example", "outbound", "message", AT + MINUTE, "Thanks: for the words"),
    ]
    assert linked(outcomes) == [
        ("Any time", "Thanks: for the words"),
        ("Thanks: for the words", "From here\nFrom there, žaba & <b>"),
    ]
    (outcome,) = outcomes
    assert outcome.survey.account is not None
    assert outcome.survey.account.native_id == "lea@post.example"
    assert outcome.counted == {"Takeout/Mail/All mail Including Spam and Trash.mbox": 4}


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (path,) = write(world("email", HANDLES, ACTS), tmp_path / name)
        made.append((path.name, path.read_bytes()))
    assert made[0] == made[1]
    assert made[0][0] == "takeout-20240502T080000Z-001.zip"
