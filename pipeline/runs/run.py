"""One run on one home: lock, read, materialise every asset and check unless nothing is new, summarise."""

import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pipeline
from pipeline.contacts.decisions import DecisionError, decisions_text, read_decisions
from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home, home_path
from pipeline.home.settings import SettingsError, load_settings
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.model.progress import log_progress
from pipeline.orchestration.working_tables import Store
from pipeline.reading.archives import read_archives
from pipeline.runs import progress
from pipeline.runs.freshness import MARK, made_of, published_is_fresh, remember
from pipeline.runs.summary import Summary, summarise

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult

_DAGSTER_YAML = """\
telemetry:
  enabled: false
run_monitoring:
  enabled: true
concurrency:
  runs:
    max_concurrent_runs: 1
python_logs:
  python_log_level: WARNING
"""
_OWN_WORDS = frozenset({"SettingsError", "DecisionError"})
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def dagster_home(home: Home) -> Path:
    """Return Dagster's folder in this home with its settings file (telemetry off), and point the environment at it."""
    (home.dagster_home / "dagster.yaml").write_text(_DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster_home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return home.dagster_home


def workspace_file() -> Path:
    """Return `workspace.yaml`: at the top of a checkout, inside of the package when installed."""
    package = Path(pipeline.__file__).parent
    inside = package / "workspace.yaml"
    return inside if inside.exists() else package.parent / "workspace.yaml"


def _warm() -> None:
    """Load Dagster and the drawing engine, and make Dagster's folder ready, while readers work in their own processes."""
    import dagster as dg  # noqa: PLC0415 - seconds to import

    import pipeline.definitions  # noqa: PLC0415, F401 - seconds to import; loading is the point
    from reports.build import write_reports as _  # noqa: PLC0415, F401 - loading is the point
    from reports.page.bundle import bundle  # noqa: PLC0415 - as above

    bundle()
    with dg.DagsterInstance.get():
        pass  # a new folder's tables take a second to make


def _materialise(home: Home, paths: Sequence[Path]) -> None:
    """Materialise the same assets that the schedule, the sensor and the web UI start."""
    import dagster as dg  # noqa: PLC0415 - seconds to import; a run with nothing new doesn't need it

    from pipeline.definitions import build_defs  # noqa: PLC0415 - as above
    from pipeline.orchestration.resources import Session  # noqa: PLC0415 - as above

    session = Session(home_folder=str(home.path), archives=[str(path) for path in paths], locked=True)
    job = build_defs(session=session).resolve_job_def("dancecard")
    with dg.DagsterInstance.ephemeral() as passing:
        result = job.execute_in_process(run_config=_QUIET, instance=passing, raise_on_error=False)
    if not result.success:
        raise _failure(result)
    # an instance on disk writes every event of every step twice and through: seconds; what the UI shows is written once
    with dg.DagsterInstance.get() as kept:
        for event in result.get_asset_materialization_events():
            kept.report_runless_asset_event(event.step_materialization_data.materialization)


def _failure(result: "ExecuteInProcessResult") -> Exception:
    """Return what the person must know of the first step that failed."""
    for event in result.all_events:
        error = event.step_failure_data.error if event.is_step_failure else None
        if error is None:
            continue
        cause = error.cause or error
        if os.environ.get("DANCECARD_DEBUG"):
            sys.stderr.write(cause.to_string())
        words = cause.message.strip().removeprefix(f"{cause.cls_name}: ")
        if cause.cls_name in _OWN_WORDS:
            return UsageError(words)
        where = (event.step_key or "a step").replace("_", " ")
        return CannotPublishError(f"{where}: {words.splitlines()[0] if words else cause.cls_name}")
    return CannotPublishError("the run failed before its first step")


def run_home(given_home: str | None, paths: Sequence[Path], default: str | None = None) -> Summary:
    """Read, and unless nothing is new rebuild and publish.

    Raises:
        UsageError: settings or contacts.csv can't be understood.
        CannotPublishError: another run is at work on this home, or a step failed; the old warehouse stands.
    """
    started = time.monotonic()
    where = home_path(given_home, default) if default else home_path(given_home)
    warm = threading.Thread(target=_warm, daemon=True, name="warm")
    try:
        home = Home.open(where)
        settings = load_settings(home.settings_file)
        read_decisions(decisions_text(home.contacts_csv))
        dagster_home(home)
        first = not (home.state / MARK).exists()
        with RunLock(home), progress.shown(begun=(lambda: None) if first else warm.start):
            if first:
                warm.start()
            of = made_of(home, settings, read_archives(home, settings, paths, log_progress))
            fresh = not published_is_fresh(home, of)
            if fresh:
                _materialise(home, paths)
                remember(home, of)
    except (SettingsError, DecisionError) as error:
        raise UsageError(error) from error
    except HomeBusy as error:
        raise CannotPublishError(error) from error
    except OSError as error:
        raise CannotPublishError(f"{error.strerror or error}: {error.filename or where}") from error
    return summarise(home, Store.of(home), time.monotonic() - started, fresh=fresh)
