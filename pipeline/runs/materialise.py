"""Materialise the asset graph in this process: what the schedule, the sensor and the web UI start, without their overhead."""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import dagster as dg

from pipeline.definitions import build_defs
from pipeline.home.paths import Home
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.model.progress import PROGRESS
from pipeline.orchestration.resources import Session

_OWNER_ERRORS: Final = frozenset({"SettingsError"})
"""Errors about the owner's files: their message is shown as it is."""
_QUIET: Final = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def materialise(home: Home, paths: Sequence[Path]) -> None:
    """Materialise every asset and evaluate every check.

    Args:
        home: an open home whose lock the caller holds; `$DAGSTER_HOME` must be its own.
        paths: archives given beside the inbox.

    Raises:
        UsageError: the settings can't be understood.
        CannotPublishError: a step failed; the message names it.
    """
    session = Session(home_folder=str(home.path), archives=[str(path) for path in paths], locked=True)
    job = build_defs(session=session).resolve_job_def("dancecard")
    with _started_by_progress(_prepare), dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(run_config=_QUIET, instance=instance, raise_on_error=False)
    if result.success:
        _report(result)
        return
    with contextlib.suppress(Exception):  # the failure is what matters; a full disk fails here too
        _report(result)
    raise _failure(result)


class _FirstLine(logging.Handler):
    """Starts a thread at the first line of progress."""

    def __init__(self, target: Callable[[], None]) -> None:
        super().__init__()
        self._thread: threading.Thread | None = threading.Thread(target=target, daemon=True, name="prepare")

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - that there is one is enough
        """Start the thread, once."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.start()


@contextlib.contextmanager
def _started_by_progress(target: Callable[[], None]) -> Iterator[None]:
    """Run `target` in a thread from the first line of progress on.

    That line says that child processes read archives. Earlier, the thread would compete with Dagster for the interpreter
    and delay the readers by seconds.
    """
    handler = _FirstLine(target)
    PROGRESS.addHandler(handler)
    try:
        yield
    finally:
        PROGRESS.removeHandler(handler)


def create_tables() -> None:
    """Create the tables of Dagster's own database where it is new, which takes a second."""
    with dg.DagsterInstance.get():
        pass


def _prepare() -> None:
    """Load the drawing engine and create Dagster's database while child processes read the archives."""
    from reports.build import write_reports as _  # noqa: PLC0415, F401 - most of a second; loading is the point
    from reports.page.bundle import bundle  # noqa: PLC0415 - as above

    bundle()
    create_tables()


def _report(result: dg.ExecuteInProcessResult) -> None:
    """Write what was materialised and checked to the home's own instance, for the web UI.

    The run itself uses an instance in memory: one on disk writes and syncs every event of every step, which takes seconds.
    """
    with dg.DagsterInstance.get() as kept:
        for event in result.get_asset_materialization_events():
            kept.report_runless_asset_event(event.step_materialization_data.materialization)
        for evaluation in result.get_asset_check_evaluations():
            if not evaluation.passed:
                kept.report_runless_asset_event(evaluation)


def _failure(result: dg.ExecuteInProcessResult) -> Exception:
    """Return the error for the person, made from the first step that failed."""
    for event in result.all_events:
        error = event.step_failure_data.error if event.is_step_failure else None
        if error is None:
            continue
        cause = error.cause or error
        if os.environ.get("DANCECARD_DEBUG"):
            sys.stderr.write(cause.to_string())
        message = cause.message.strip().removeprefix(f"{cause.cls_name}: ")
        if cause.cls_name in _OWNER_ERRORS:
            return UsageError(message)
        step = (event.step_key or "a step").replace("_", " ")
        return CannotPublishError(f"{step}: {message.splitlines()[0] if message else cause.cls_name}")
    return CannotPublishError("the run failed before its first step")
