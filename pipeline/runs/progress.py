"""Show the progress of a run on the terminal."""

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator

from pipeline.model.progress import PROGRESS
from pipeline.model.terminal import harmless


class _Lines(logging.Handler):
    """Shows a line that overwrites itself on a terminal, plain lines elsewhere; tells when the first one comes."""

    def __init__(self, begun: Callable[[], None]) -> None:
        super().__init__()
        self._begun: Callable[[], None] | None = begun

    def emit(self, record: logging.LogRecord) -> None:
        """Show one line."""
        if self._begun is not None:
            begun, self._begun = self._begun, None
            begun()
        line = harmless(record.getMessage())
        sys.stderr.write(f"\r\x1b[2K{line[:100]}" if sys.stderr.isatty() else f"{line}\n")
        sys.stderr.flush()


@contextlib.contextmanager
def shown(begun: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Show progress on stderr while inside; `begun` is called at the first line (there is work to do)."""
    handler = _Lines(begun)
    PROGRESS.addHandler(handler)
    PROGRESS.setLevel(logging.INFO)
    PROGRESS.propagate = False
    try:
        yield
    finally:
        PROGRESS.removeHandler(handler)
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[2K")
