"""`dancecard steps`: a verdict takes a step off the list, until it is cleared, and changes no measured rate."""

import shutil
from pathlib import Path

import pytest

from tests.commands.test_commands import Called
from tests.consolidation.harness import home_in, open_file
from tests.end_to_end.homes import copy_of_club


def test_a_verdict_takes_a_step_off_the_list_and_changes_no_rate(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = home_in(tmp_path)
    inbound = {"direction": "inbound", "thread": "t"}
    acts = [
        inbound | {"contact": who, "occurred_at": f"2024-03-0{day}T09:00:00Z"} for who, day in (("ann", 1), ("bob", 2))
    ]
    watched = [f"club,message,{way},full,2024-01-01T00:00:00Z,2024-12-31T00:00:00Z" for way in ("inbound", "outbound")]
    open_file(home / "exports", "a", acts, "\n".join(watched))

    def listed() -> list[str]:
        rows = Called(capsys, "steps", home=home).out.splitlines()[2:-1]
        return [row.split()[0] for row in rows]

    def shown(*arguments: str) -> str:
        return Called(capsys, "query", *arguments, "--format", "csv", home=home).out

    def run() -> None:
        assert Called(capsys, "run", home=home).status in (0, 3)

    run()
    before, rates = listed(), shown("from reciprocation")
    assert len(before) == 2
    gesture = before[0]
    recorded = Called(capsys, "steps", gesture, "done", home=home)
    assert recorded.status == 0
    assert "takes effect in the next `dancecard run`" in recorded.out
    (head, line) = (home / "steps.csv").read_text(encoding="utf-8").splitlines()
    assert head == "gesture,verdict,until,note,archive,member,pointer,decided_at"
    cells = line.split(",")
    assert (cells[0][:12], cells[1]) == (gesture, "done")
    assert all(cells[4:])
    assert (home / "steps.csv").stat().st_mode & 0o777 == 0o600
    assert listed() == before[1:]
    run()
    assert listed() == before[1:]
    assert shown("from reciprocation") == rates
    assert shown("select distinct verdict from steps").splitlines() == ["verdict", "done"]
    assert shown("select whose_step, set_aside from open_steps where verdict = 'done'").splitlines() == [
        "whose_step,set_aside",
        "mine,true",
    ]
    # two gestures of theirs, none answered; with the verdict one of them is
    assert "them,worded,1,2,0.0,1,0,0.5" in shown("--name", "rate_with_verdicts").splitlines()
    text = (home / "steps.csv").read_text(encoding="utf-8")
    (home / "steps.csv").write_text(text + "x,perhaps,,,,,,\n", encoding="utf-8")
    assert Called(capsys, "steps", gesture, "clear", home=home).status == 0
    called = Called(capsys, "run", home=home)
    assert "steps.csv, line 3: unknown verdict 'perhaps'" in called.err
    assert listed() == before
    # a snooze that is over, and one that is not
    for until, left in (("2020-01-01", before), ("2999-01-01", before[1:])):
        assert Called(capsys, "steps", gesture, "snooze", until, home=home).status == 0
        assert listed() == left


@pytest.mark.parametrize(
    "wrong",
    [("no such",), ("ab12", "perhaps"), ("ab12", "snooze"), ("zzzz", "done"), ("", "done"), ("not alnum", "done")],
)
def test_what_is_no_verdict_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    shutil.copytree(copy_of_club(), tmp_path / "home")
    called = Called(capsys, "steps", *wrong, home=tmp_path / "home")
    assert (called.status, len(called.err.splitlines())) == (2, 1)
    assert not (tmp_path / "home" / "steps.csv").exists()
