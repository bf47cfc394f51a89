"""The asset graph: an asset a table, groups by layer, checks beside them, one job, a weekly schedule, the inbox sensor."""

import json
import os
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml  # type: ignore[import-untyped]  # Dagster's dependency; its stubs are not installed

from pipeline.definitions import build_defs
from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home
from pipeline.model.tables import tables
from pipeline.orchestration.resources import Session
from pipeline.runs.instance import dagster_home, workspace_file
from tests.consolidation.harness import this_process
from tests.orchestration import snapshot

GROUPS = {
    "owner", "reading", "consolidation", "contacts", "matching", "reciprocation", "chance", "people", "texts", "warehouse", "reports",
}  # fmt: skip
DEFINITIONS = build_defs()


@pytest.mark.parametrize("name", snapshot.FILES)
def test_the_graph_is_as_reviewed(name: str) -> None:
    """On purpose changed? `python -m tests.orchestration.snapshot`, and look at the difference."""
    assert snapshot.FILES[name]() == (snapshot.FOLDER / name).read_text(encoding="utf-8")


def test_every_table_is_an_asset_with_a_check_beside_it() -> None:
    graph = DEFINITIONS.resolve_asset_graph()
    names = {key.to_user_string(): graph.get(key) for key in graph.get_all_asset_keys()}
    assert set(tables()) - set(names) == set()
    assert {"warehouse", "report", "shareable_report"} <= set(names)
    unchecked = {name for name in tables() if not names[name].check_keys}
    assert unchecked == set()
    assert {node.group_name for node in names.values()} == GROUPS
    assert [name for name, node in names.items() if not node.description] == []


def test_a_table_of_the_warehouse_shows_the_columns_of_its_ddl() -> None:
    graph = DEFINITIONS.resolve_asset_graph()
    for name, table in tables().items():
        metadata = graph.get(dg.AssetKey(name)).metadata
        assert metadata["dagster/table_name"] == name
        shown = metadata["dagster/column_schema"].columns
        assert [(c.name, c.type, c.description) for c in shown] == [
            (c.name, c.type, c.documentation) for c in table.columns
        ]


def test_all_tables_reach_the_warehouse_and_the_warehouse_the_reports() -> None:
    graph = DEFINITIONS.resolve_asset_graph()
    parents = {parent.to_user_string() for parent in graph.get(dg.AssetKey("warehouse")).parent_keys}
    assert parents == set(tables())
    assert dg.AssetKey("warehouse") in graph.get(dg.AssetKey("report")).parent_keys


def test_one_job_a_weekly_schedule_and_the_inbox_sensor() -> None:
    job = DEFINITIONS.resolve_job_def("dancecard")
    made = {key.to_user_string() for key in job.asset_layer.executable_asset_keys}
    every = {key.to_user_string() for key in DEFINITIONS.resolve_asset_graph().get_all_asset_keys()}
    assert made == every - {"inbox", "owner_decisions", "owner_steps", "settings"}
    schedule = DEFINITIONS.resolve_schedule_def("weekly")
    assert (schedule.job_name, schedule.cron_schedule) == ("dancecard", "0 5 * * 1")
    assert DEFINITIONS.resolve_sensor_def("inbox").job_name == "dancecard"


def test_the_workspace_names_the_module_that_loads() -> None:
    (location,) = yaml.safe_load(workspace_file().read_text(encoding="utf-8"))["load_from"]
    assert location["python_module"]["module_name"] == "pipeline.definitions"
    from pipeline import definitions  # noqa: PLC0415 - what Dagster does with the workspace

    assert isinstance(definitions.defs(), dg.Definitions)


def test_telemetry_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "DAGSTER_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "")
    with this_process():
        home = Home.open(tmp_path / "home")
        settings = yaml.safe_load((dagster_home(home) / "dagster.yaml").read_text(encoding="utf-8"))
    assert settings["telemetry"] == {"enabled": False}
    assert settings["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert os.environ["DAGSTER_HOME"] == str(home.dagster_home)


class Inbox:
    """The sensor of one home, ticked by hand."""

    def __init__(self, folder: Path) -> None:
        with this_process():
            self.exports = Home.open(folder).exports
        definitions = build_defs(session=Session(home_folder=str(folder)))
        self._sensor: Any = definitions.resolve_sensor_def("inbox")
        self._cursor: str | None = None

    def tick(self) -> list[str]:
        """Return the names for which a run is asked; nothing when the sensor waits."""
        with this_process():
            result = self._sensor.evaluate_tick(dg.build_sensor_context(cursor=self._cursor))
        self._cursor = result.cursor
        return [name for request in result.run_requests for name in json.loads(request.run_key or "{}")]


def test_the_sensor_waits_until_an_archive_is_stable_and_requests_one_run(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert inbox.tick() == []
    archive = inbox.exports / "facebook.zip"
    archive.write_bytes(b"half")
    assert inbox.tick() == []
    archive.write_bytes(b"half and whole")
    assert inbox.tick() == []
    assert inbox.tick() == ["facebook.zip"]
    assert inbox.tick() == []
    # the same size at another time is a new copy
    os.utime(archive, (1, 1))
    assert inbox.tick() == []
    assert inbox.tick() == ["facebook.zip"]


def test_the_sensor_looks_past_hidden_and_partial_files(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    for name in (".DS_Store", "a.zip.part", "b.zip.crdownload", "c.tmp"):
        (inbox.exports / name).write_bytes(b"x")
    assert [inbox.tick(), inbox.tick()] == [[], []]
    (inbox.exports / "a.zip.part").rename(inbox.exports / "a.zip")
    assert [inbox.tick(), inbox.tick()] == [[], ["a.zip"]]


def test_a_folder_and_a_coverage_file_are_looked_into(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    (inbox.exports / "export" / "deep").mkdir(parents=True)
    (inbox.exports / "club.interactions.csv").write_text("id\n", encoding="utf-8")
    assert [inbox.tick(), inbox.tick()] == [[], ["club.interactions.csv", "export"]]
    (inbox.exports / "export" / "deep" / "one.json").write_text("{}", encoding="utf-8")
    assert [inbox.tick(), inbox.tick()] == [[], ["club.interactions.csv", "export"]]
    (inbox.exports / "club.coverage.csv").write_text("platform\n", encoding="utf-8")
    assert [inbox.tick(), inbox.tick()] == [[], ["club.interactions.csv", "export"]]


def test_a_run_that_dagster_starts_takes_the_homes_lock_and_gives_it_back(tmp_path: Path) -> None:
    with this_process(), dg.DagsterInstance.ephemeral() as instance:
        home = Home.open(tmp_path / "home")
        job = build_defs(session=Session(home_folder=str(home.path))).resolve_job_def("dancecard")
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

        def only_readings() -> bool:
            chosen = [dg.AssetKey("readings")]
            return job.execute_in_process(quiet, instance, raise_on_error=False, asset_selection=chosen).success

        with RunLock(home):
            assert not only_readings()
        assert only_readings()
        with RunLock(home):
            pass
        with pytest.raises(HomeBusy), RunLock(home), RunLock(home):
            pass
