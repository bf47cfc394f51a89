"""One run on one home: lock, compare with the last run, materialise unless nothing is new, summarise.

Polars and Dagster are loaded only once there is something to do.
"""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.home.lock import HomeBusy, RunLock
from pipeline.home.paths import Home, home_path
from pipeline.home.settings_file import SettingsError, load_settings
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.runs import progress
from pipeline.runs.freshness import MARK, Ingredients, forget, ingredients, is_current, remember
from pipeline.runs.instance import dagster_home

if TYPE_CHECKING:
    from pipeline.runs.summary import Summary


def run_home(given_home: str | None, paths: Sequence[Path], default: str | None = None) -> "Summary":
    """Read the archives and publish warehouse and report, unless nothing is new.

    Args:
        given_home: the home as the person gave it; None for `$DANCECARD_HOME`, else the default.
        paths: archives given beside the inbox.
        default: folder name where neither is given.

    Raises:
        UsageError: the settings can't be understood.
        CannotPublishError: another run works on this home, or a step failed; the published warehouse is unchanged.
    """
    started = time.monotonic()
    where = home_path(given_home, default) if default else home_path(given_home)
    try:
        home = Home.open(where)
        settings = load_settings(home.settings_file)
        dagster_home(home)
        with RunLock(home), progress.shown():
            if not (home.state / MARK).exists():
                threading.Thread(target=_load, daemon=True, name="load").start()
            before = ingredients(home, settings, paths)
            rebuild = not is_current(home, before)
            if rebuild:
                _rebuild(home, paths)
                record(home, before, ingredients(home, settings, paths))
    except SettingsError as error:
        raise UsageError(error) from error
    except HomeBusy as error:
        raise CannotPublishError(error) from error
    except OSError as error:
        raise CannotPublishError(f"{error.strerror or error}: {error.filename or where}") from error
    from pipeline.orchestration.working_tables import Store  # noqa: PLC0415 - loads Polars
    from pipeline.runs.summary import summarise  # noqa: PLC0415 - as above

    return summarise(home, Store.of(home), time.monotonic() - started, rebuilt=rebuild)


def _load() -> None:
    """Load Dagster and the asset graph while new archives are hashed."""
    import pipeline.runs.materialise  # noqa: PLC0415, F401 - seconds; loading is the point


def _rebuild(home: Home, paths: Sequence[Path]) -> None:
    from pipeline.runs.materialise import materialise  # noqa: PLC0415 - a run with nothing new does not need Dagster

    forget(home)
    materialise(home, paths)


def record(home: Home, before: Ingredients, after: Ingredients) -> None:
    """Record what was published, unless the next run must not take it as final.

    Reading an archive can forget older readings (the `kept:` entries), so that what is recorded is the state after the
    run; but only where no archive changed meanwhile, and where none failed for a reason that may pass.
    """
    from pipeline.orchestration.working_tables import Store  # noqa: PLC0415 - loads Polars

    if _files(before) == _files(after) and not Store.of(home).read("readings", ["retry"])["retry"].any():
        remember(home, after)


def _files(of: Ingredients) -> dict[str, object]:
    """Return the ingredients without those archives of which only the reading is left."""
    archives = of["archives"]
    present = {k: v for k, v in archives.items() if not k.startswith("kept:")} if isinstance(archives, dict) else {}
    return {**of, "archives": present}
