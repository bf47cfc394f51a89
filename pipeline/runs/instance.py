"""Dagster's folder in a home, and the workspace file that names what Dagster loads."""

import os
from pathlib import Path
from typing import Final

import pipeline
from pipeline.home.paths import Home

_DAGSTER_YAML: Final = """\
telemetry:
  enabled: false
nux:
  enabled: false
run_monitoring:
  enabled: true
concurrency:
  runs:
    max_concurrent_runs: 1
python_logs:
  python_log_level: WARNING
"""
"""`nux` is the dialog of the web UI that asks for an e-mail address: this tool never asks for one."""


def dagster_home(home: Home) -> Path:
    """Write Dagster's settings file into the home's folder for Dagster and point the environment at it.

    Args:
        home: an open home.

    Returns:
        The folder, now `$DAGSTER_HOME`.
    """
    (home.dagster_home / "dagster.yaml").write_text(_DAGSTER_YAML, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster_home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return home.dagster_home


def workspace_file() -> Path:
    """Return `workspace.yaml`: at the top of a checkout, inside the package when installed."""
    package = Path(pipeline.__file__).parent
    inside = package / "workspace.yaml"
    return inside if inside.exists() else package.parent / "workspace.yaml"
