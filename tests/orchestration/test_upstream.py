"""Each step materialises from its declared upstream alone: on an empty instance, with no table but its ancestors'."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import build_defs
from pipeline.home.paths import Home
from pipeline.orchestration.assets import reading
from pipeline.orchestration.resources import Session
from pipeline.reading.archives import read_archives
from tests.consolidation.harness import home_in, open_file, run, this_process
from tests.orchestration.steps import steps

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
GRAPH = build_defs().resolve_asset_graph()
STEPS = {step.op.name: step for step in steps(("shareable_report",))}
ROWS = [
    {"id": "1", "occurred_at": "2024-01-01T10:00:00Z", "text": "how was the concert?"},
    {"id": "2", "direction": "inbound", "occurred_at": "2024-01-01T12:00:00Z", "text": "loud"},
    {"id": "3", "contact": "bob", "occurred_at": "2024-03-01T10:00:00Z", "text": "hi"},
]
COVERAGE = "club,message,outbound,full,2024-01-01,2024-06-01 club,message,inbound,full,2024-01-01,2024-06-01"


def ancestors(asset: dg.AssetKey) -> set[str]:
    """Return every asset above an asset: what a selection `+name` holds beside it."""
    found: set[dg.AssetKey] = set()
    waiting = [asset]
    while waiting:
        parents = set(GRAPH.get(waiting.pop()).parent_keys) - found
        waiting += parents
        found |= parents
    return {key.to_user_string() for key in found}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which every asset was made once."""
    home = home_in(tmp_path_factory.mktemp("made") / "home")
    open_file(home / "exports", "club", ROWS, COVERAGE)
    run(home, wanted=("shareable_report",))
    return home


@pytest.fixture(scope="module")
def job(made: Path) -> Iterator[dg.JobDefinition]:
    with pytest.MonkeyPatch.context() as patch, this_process():
        patch.setattr(reading, "read_archives", partial(read_archives, workers=0))
        Home.open(made)
        yield build_defs(session=Session(home_folder=str(made))).resolve_job_def("dancecard")


@pytest.fixture
def tables(made: Path, tmp_path: Path) -> Iterator[Path]:
    """Move the working tables aside for one test, and put them back after it."""
    work, aside = made / "state" / "work", tmp_path / "work"
    shutil.move(work, aside)
    yield aside
    shutil.rmtree(work)
    shutil.move(aside, work)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_needs_no_table_but_those_upstream(name: str, made: Path, job: dg.JobDefinition, tables: Path) -> None:
    step = STEPS[name]
    for table in {above for key in step.keys for above in ancestors(key)}:
        there = tables / f"{table}.parquet"
        if there.exists():
            link(there, made / "state" / "work" / there.name)
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(QUIET, instance, asset_selection=sorted(step.keys), raise_on_error=False)
    errors = [event.step_failure_data.error_display_string for event in result.get_step_failure_events()]
    assert errors == []
    events = result.get_asset_materialization_events()
    assert {event.step_materialization_data.materialization.asset_key for event in events} == step.keys


def test_every_asset_is_made_by_one_of_these_steps() -> None:
    keys = {key for key in GRAPH.get_all_asset_keys() if GRAPH.get(key).is_executable}
    assert {key for step in STEPS.values() for key in step.keys} == keys


def link(table: Path, to: Path) -> None:
    """Hard-link a table: a file, or a folder of files."""
    to.parent.mkdir(exist_ok=True)
    if table.is_dir():
        shutil.copytree(table, to, copy_function=os.link)
    else:
        os.link(table, to)
