"""The log of a run's progress. Any room may write to it; only the terminal shows it."""

import logging
from typing import Final

PROGRESS: Final = logging.getLogger("dancecard.progress")


def log_progress(line: str) -> None:
    """Log one line of progress."""
    PROGRESS.info(line)
