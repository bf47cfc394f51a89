"""One run on one home: lock, materialise every asset and check, summarise."""

import contextlib
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.cli import CannotPublishError, UsageError
from pipeline.commands.rows import harmless
from pipeline.contacts.decisions import DecisionError
from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home, home_path
from pipeline.home.settings import SettingsError
from pipeline.session import PROGRESS, Session

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


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    lines: tuple[str, ...]
    troubles: tuple[str, ...]
    """One line an archive that was not read in full."""
    report: Path


class _Lines(logging.Handler):
    """Progress on stderr: a line that overwrites itself on a terminal, plain lines elsewhere."""

    def emit(self, record: logging.LogRecord) -> None:
        line = harmless(record.getMessage())
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[2K{line[:100]}")
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


@contextlib.contextmanager
def _progress() -> Iterator[None]:
    handler = _Lines()
    PROGRESS.addHandler(handler)
    PROGRESS.setLevel(logging.INFO)
    PROGRESS.propagate = False
    try:
        yield
    finally:
        PROGRESS.removeHandler(handler)
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[2K")


def dagster_home(home: Home) -> Path:
    """Return Dagster's folder in this home with its settings file (telemetry off), and point the environment at it."""
    (home.dagster_home / "dagster.yaml").write_text(_DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster_home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return home.dagster_home


def _materialise(session: Session, home: Home) -> None:
    """Materialise the same assets that the schedule, the sensor and the web UI start."""
    import dagster as dg  # noqa: PLC0415 - a second and a half to import

    from pipeline.definitions import build_defs  # noqa: PLC0415 - as above

    dagster_home(home)
    definitions = build_defs(session=session)
    job = definitions.resolve_job_def("dancecard")
    with dg.DagsterInstance.get() as instance:
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        result = job.execute_in_process(run_config=quiet, instance=instance, raise_on_error=False)
        if result.success:
            return
        raise _failure(result)


def _failure(result: "object") -> Exception:
    """Return what the person must know of the first step that failed."""
    events = result.all_events  # type: ignore[attr-defined]  # the result's class is private to Dagster
    for event in events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause or error
            words = cause.message.strip().removeprefix(f"{cause.cls_name}: ")
            if os.environ.get("DANCECARD_DEBUG"):
                sys.stderr.write(cause.to_string())
            if cause.cls_name in {"SettingsError", "DecisionError"}:
                return UsageError(words)
            where = (event.step_key or "a step").replace("_", " ")
            return CannotPublishError(f"{where}: {words.splitlines()[-1] if words else cause.cls_name}")
    return CannotPublishError("the run failed before its first step")


def _archive_line(path: str, status: str, reason: str | None) -> str:
    return harmless(f"{path}: {status}" + (f": {reason}" if reason else ""))


def summarise(session: Session, seconds: float) -> Summary:
    """Read the working tables of the run and say what came out, in a few lines that end with the report's path."""
    store, home = session.store(), session.home()
    archives, interactions = store.read("archives"), store.read("interactions")
    members = store.read("members")
    troubles = tuple(
        _archive_line(*row)
        for row in archives.filter(pl.col("status") != "complete").select("path", "status", "reason").iter_rows()
    )
    unknown = store.read("readings").explode("unknown").drop_nulls("unknown").select("path", "unknown").sort(pl.all())
    troubles += tuple(harmless(f"{path}: {kind}") for path, kind in unknown.iter_rows())
    lines = [f"{archives.height} archive{'' if archives.height == 1 else 's'} read in {seconds:.1f} s"]
    sums = members.select("records_in", "stored", "already_stored", "set_aside", "skipped").sum().row(0)
    lines.append(
        "{} records: {} stored, {} already stored, {} set aside, {} skipped by rule".format(*(f"{n:,}" for n in sums))
    )
    counts = (
        interactions.group_by("platform")
        .agg(pl.len(), pl.col("contact_id").n_unique().alias("people"))
        .sort("platform")
    )
    lines += [
        f"  {platform:<12} {rows:>9,} interactions with {people:,} contacts"
        for platform, rows, people in counts.iter_rows()
    ]
    lines += _headlines(store.read("reciprocation"))
    if archives.is_empty():
        lines.append(f"Nothing to read yet: put the zips that your platforms sent you into {home.exports}")
    report = home.reports / "index.html"
    lines.append(f"Report: {report}")
    return Summary(tuple(lines), troubles, report)


def _headlines(reciprocation: pl.DataFrame) -> list[str]:
    rows = reciprocation.filter(dimension="all", outcome="worded", horizon_days=7).sort("initiator")
    words = {"me": "of your steps were answered within 7 days", "them": "of their steps you answered within 7 days"}
    lines = []
    for row in rows.iter_rows(named=True):
        if row["shown"]:
            interval = f" ({row['low']:.0%}–{row['high']:.0%})" if row["low"] is not None else ""
            lines.append(
                f"{row['answered_share']:.0%} {words[row['initiator']]}{interval}, {row['gestures']:,} to {row['contacts']:,} people"
            )
    return lines


def run_home(given_home: str | None, paths: Sequence[Path], default: str | None = None) -> Summary:
    """Read, rebuild, publish.

    Raises:
        UsageError: settings or contacts.csv can't be understood.
        CannotPublishError: another run is at work on this home, or a step failed; the old warehouse stands.
    """
    started = time.monotonic()
    where = home_path(given_home, default) if default else home_path(given_home)
    try:
        home = Home.open(where)
        session = Session(home_folder=str(home.path), archives=[str(path) for path in paths], locked=True)
        session.settings()
        session.decisions()
        with RunLock(home), _progress():
            _materialise(session, home)
    except (SettingsError, DecisionError) as error:
        raise UsageError(error) from error
    except HomeBusy as error:
        raise CannotPublishError(error) from error
    except OSError as error:
        raise CannotPublishError(f"{error.strerror or error}: {error.filename or where}") from error
    return summarise(session, time.monotonic() - started)


def workspace_file() -> Path:
    """Return `workspace.yaml`: at the top of a checkout, inside of the package when installed."""
    package = Path(__file__).parent
    inside = package / "workspace.yaml"
    return inside if inside.exists() else package.parent / "workspace.yaml"
