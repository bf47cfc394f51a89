"""The long simulations with few worlds, so that they still run when their figures are needed."""

from pathlib import Path

import pytest

from tests.soak import __main__ as soak
from tests.soak import chance, grammars, rates
from tests.soak.fuzz import fuzz
from tests.soak.writing import replaced

VALIDATION = Path(__file__).resolve().parents[2] / "docs" / "validation.md"


def test_rates_has_a_line_for_each_kind_of_world_and_each_share_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "SIZES", (10, 20))
    monkeypatch.setattr(rates, "HARD_SIZES", (10,))
    lines = [
        line for line in rates.report(2).splitlines() if line.startswith("| ") and " % |" in line and ":" not in line
    ]
    kinds = ("even", "even", "uneven", "uneven", "half silent", "half silent", *rates.HARD)
    assert [line.split(" | ")[0] for line in lines] == [f"| {name}" for name in kinds] + [
        f"| {share} %" for share in (10, 30, 50, 70, 90)
    ]


def test_chance_has_a_line_for_each_kind_of_world_and_horizon() -> None:
    lines = [
        line for line in chance.report(2).splitlines() if line.startswith("| ") and " % |" in line and ":" not in line
    ]
    assert [line.split(" | ")[:2] for line in lines] == [
        ["| apart", "1 d"], ["| apart", "7 d"], ["| rhythm", "1 d"], ["| rhythm", "7 d"],
    ]  # fmt: skip


def test_matching_does_not_depend_on_the_order_of_the_log() -> None:
    assert fuzz(2) == 0


def test_no_reader_fails_on_a_damaged_export() -> None:
    """The mutations reach the readers: some rounds have records that only the independent counter sees."""
    found = grammars.fuzz(300)
    assert found.failures == ()
    assert found.uneven > 0


def test_a_section_replaces_its_own_part_only() -> None:
    begun = replaced("", "rates", "first")
    assert begun == "# Validation\n\n<!-- rates:begin -->\nfirst\n<!-- rates:end -->\n"
    both = replaced(begun, "chance", "second")
    assert replaced(both, "rates", "third") == both.replace("first", "third")
    assert both.endswith("<!-- chance:begin -->\nsecond\n<!-- chance:end -->\n")


def test_the_figures_that_stand_in_the_docs_are_of_a_thousand_worlds() -> None:
    text = VALIDATION.read_text(encoding="utf-8")
    for name in ("rates", "chance"):
        assert f"`python -m tests.soak.{name} --worlds 1000 --write docs/validation.md` made this section" in text


def test_every_part_is_run_by_the_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: run.append(command[2]))
    monkeypatch.setattr(soak, "fuzz", lambda rounds: rounds)
    monkeypatch.setattr("sys.argv", ["soak", "--worlds", "1", "--rounds", "0", "--write", str(tmp_path / "v.md")])
    assert soak.main() == 0
    assert run == ["tests.soak.rates", "tests.soak.chance", "tests.soak.identities", "tests.soak.texts"]
