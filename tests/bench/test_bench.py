"""The benchmarks at toy size, so that they still run when their figures are needed."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.definitions import build_defs
from tests.bench import mbox, stage, targets, texts
from tests.bench.__main__ import report
from tests.bench.targets import Figure
from tests.bench.world import make_home

MEASURES = "reciprocation response_lag lag_quantiles contact_reciprocation standing balance dance levels level_changes funnel answer_kinds monthly comparisons"


def test_every_stage_runs_and_together_they_make_every_table_of_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)  # a session moves it into its home: put back after the test
    make_home(tmp_path / "home", 400, 20)
    for name in stage.STAGES:
        found = stage.run(str(tmp_path / "home"), name)
        assert found["name"] == name
        assert {key for key, value in found.items() if not isinstance(value, str) and value >= 0} == {
            "wall",
            "cpu",
            "peak",
        }
    made = {file.stem for file in (tmp_path / "home" / "state" / "work").glob("*.parquet")}
    assert set(MEASURES.split()) - made == set()


def test_no_measure_is_left_out() -> None:
    graph = build_defs().resolve_asset_graph()
    groups = {graph.get(key).group_name for key in graph.get_all_asset_keys()}
    assert set(stage.GROUPS) == groups - {
        "owner",
        "reading",
        "consolidation",
        "contacts",
        "warehouse",
        "reports",
    }


def test_measures_in_processes_of_their_own() -> None:
    figures = list(targets.measures(300, 10, ["standing"]))
    assert [figure.limit for figure in figures if figure.limit] == [40, 3]
    assert 0 < figures[-1].value < 2


def test_growth_is_one_when_the_time_goes_with_n_log_n(monkeypatch: pytest.MonkeyPatch) -> None:
    def stages(size: int, _contacts: int, _names: Sequence[str]) -> dict[str, dict[str, float]]:
        return {
            "gestures_and_counts": {"cpu": 1e-6 * size * math.log(size)},
            "standing": {"cpu": 2e-6 * size * math.log(size)},
        }

    monkeypatch.setattr(targets, "stages", stages)
    *_, slope = targets.growth((200, 2_000))
    assert slope.what == "growth to 2,000 against n log n, exponent"
    assert slope.value == pytest.approx(1)
    assert slope.limit == 1.1


def test_a_few_messages_from_archive_to_report() -> None:
    took, peak = targets.million(40, 4)
    assert (took.limit, peak.limit) == (60, 2)
    assert 0 < peak.value < 2


def test_mail() -> None:
    found = mbox.run(1, 1)
    assert min(found.values()) > 0
    figures = list(targets.mbox(1, 1))
    assert [(figure.limit, figure.at_least) for figure in figures] == [
        (None, False),
        (1.5, True),
        (None, False),
        (1, False),
    ]


def test_short_texts() -> None:
    found = list(texts.short_texts(300))
    assert len(set(found)) == 300
    assert 70 < sum(map(len, found)) / 300 < 95
    assert [(figure.limit, figure.value > 0) for figure in targets.texts(300)] == [
        (60, True),
        (None, True),
        (2, True),
        (5, True),
    ]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Replace commands that take minutes by what they would say."""
    run: list[list[str]] = []

    def child(command: list[str]) -> tuple[str, float, float]:
        run.append(command)
        return "24 archives read in 9.5 s\n", 2.0, 0.5

    monkeypatch.setattr(targets, "child", child)
    return run


def test_the_demo_is_judged_by_the_time_that_it_says(said: list[list[str]]) -> None:
    assert [(figure.value, figure.limit) for figure in targets.demo()] == [
        (9.5, 20),
        (2.0, None),
        (0.5, None),
        (2.0, 8),
    ]
    assert [command[3] for command in said] == ["demo", "run"]


def test_a_newcomers_demo_is_made_in_a_clone(said: list[list[str]]) -> None:
    assert [(figure.value, figure.limit) for figure in targets.newcomer()] == [(2.0, 180)]
    assert [command[0] for command in said] == ["git", "make"]


def test_help_is_judged_by_the_best_of_three(said: list[list[str]]) -> None:
    assert [(figure.value, figure.limit, figure.missed()) for figure in targets.commands()] == [(2.0, 0.3, True)]
    assert len(said) == 3


def test_missed_targets_and_failures_are_counted_and_the_others_still_run(capsys: pytest.CaptureFixture[str]) -> None:
    def some() -> Iterator[Figure]:
        yield Figure("too slow", 3, "s", 2)
        yield Figure("fast enough", 1, "s", 2)
        yield Figure("reported only", 9, "s")
        yield Figure("too few", 1.2, "times", 1.5, at_least=True)

    def broken() -> Iterator[Figure]:
        raise RuntimeError("it ended with 1")

    assert report({"broken": broken, "some": some}) == 3
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("missed") for line in lines] == [False, True, False, False, True]
    assert lines[0].endswith("failed: it ended with 1")


def test_the_machine_and_the_versions_are_said() -> None:
    assert all(word in targets.machine() for word in ("UTC", "cores", "GiB", "Python", "Polars", "DuckDB"))
