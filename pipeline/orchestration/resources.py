"""What one run works on: the home and the archives given. Every step takes it as its parameter `session`."""

import dagster as dg
from pydantic import PrivateAttr

from pipeline.home.lock import RunLock
from pipeline.home.paths import Home, home_path
from pipeline.model.progress import log_progress


class Session(dg.ConfigurableResource):  # type: ignore[type-arg]  # Dagster's own generic parameter is the resource itself
    """One home and the archives that were given for this run.

    Attributes:
        home_folder: the home; empty for `$DANCECARD_HOME`, else `./dancecard-data`.
        archives: paths given beside the inbox.
        locked: the caller holds the home's lock; else the run takes it (started by the schedule, the sensor or the UI).
    """

    home_folder: str = ""
    archives: list[str] = []  # noqa: RUF012 - pydantic copies the default for each instance
    locked: bool = False
    _lock: RunLock | None = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Take the home's lock for the run; a sensor's evaluation takes none.

        Raises:
            HomeBusy: another run works on this home.
        """
        if context.run is None or self.locked:
            return
        lock = RunLock(self.home())
        lock.__enter__()
        self._lock = lock

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:  # noqa: ARG002 - Dagster's signature
        """Release the lock."""
        if self._lock is not None:
            self._lock.__exit__(None, None, None)
            self._lock = None

    def home(self) -> Home:
        """Return the home; its folders are created where they are missing."""
        return Home.open(home_path(self.home_folder or None))

    def progress(self, line: str) -> None:
        """Log how far the run is."""
        log_progress(line)
