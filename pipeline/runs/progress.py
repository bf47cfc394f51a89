"""Show the progress of a run on the terminal."""

import contextlib
import logging
import sys
from collections.abc import Iterator

from pipeline.model.progress import PROGRESS
from pipeline.model.terminal import harmless


class _TerminalHandler(logging.Handler):
    """Shows a line that overwrites itself on a terminal, plain lines elsewhere."""

    def emit(self, record: logging.LogRecord) -> None:
        """Show one line."""
        line = harmless(record.getMessage())
        sys.stderr.write(f"\r\x1b[2K{line[:100]}" if sys.stderr.isatty() else f"{line}\n")
        sys.stderr.flush()


@contextlib.contextmanager
def shown() -> Iterator[None]:
    """Show progress on stderr inside the context."""
    handler = _TerminalHandler()
    PROGRESS.addHandler(handler)
    PROGRESS.setLevel(logging.INFO)
    PROGRESS.propagate = False
    try:
        yield
    finally:
        PROGRESS.removeHandler(handler)
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[2K")
