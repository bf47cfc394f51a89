"""What one run works on: the home, its settings and the archives given; handed to every asset as the resource `session`."""

from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from pipeline.contacts.decisions import Decisions, decisions_text, read_decisions
from pipeline.home.lock import RunLock
from pipeline.home.paths import Home, home_path
from pipeline.home.settings import Settings, load_settings
from pipeline.model.progress import log_progress
from pipeline.orchestration.working_tables import Store


class Session(dg.ConfigurableResource):  # type: ignore[type-arg]  # Dagster's own generic parameter is the resource itself
    """One home and the archives that were given for this run.

    Attributes:
        home_folder: the home; empty for `$DANCECARD_HOME`, else `./dancecard-data`.
        archives: paths given beside the inbox.
        locked: whoever started the run holds the home's lock already; else the run takes it (a schedule, a sensor, the UI).
    """

    home_folder: str = ""
    archives: list[str] = []  # noqa: RUF012 - pydantic copies the default for each instance
    locked: bool = False
    _lock: RunLock | None = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Take the home's lock for the run; raises HomeBusy when another one is at work. A sensor's look takes none."""
        if context.run is None or self.locked:
            return
        lock = RunLock(self.home())
        lock.__enter__()
        self._lock = lock

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:  # noqa: ARG002 - Dagster's signature
        """Give the lock back."""
        if self._lock is not None:
            self._lock.__exit__(None, None, None)
            self._lock = None

    def home(self) -> Home:
        """Return the home, made if need be."""
        return Home.open(home_path(self.home_folder or None))

    def settings(self) -> Settings:
        """Return the owner's settings; raises SettingsError."""
        return load_settings(self.home().settings_file)

    def decisions(self) -> Decisions:
        """Return the owner's decisions in contacts.csv; raises DecisionError."""
        return read_decisions(decisions_text(self.home().contacts_csv))

    def store(self) -> Store:
        """Return the working tables of this home."""
        return Store(self.home().state / "work")

    def paths(self) -> list[Path]:
        """Return the archives given for this run."""
        return [Path(path) for path in self.archives]

    def progress(self, line: str) -> None:
        """Say how far the run is."""
        log_progress(line)
