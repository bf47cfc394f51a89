"""Static pictures, drawn in a second thread while the page is written; the drawing engine releases the interpreter."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from reports.model import Spec
from reports.page.bundle import static_svg
from reports.page.html import embed_svg


class Drawings:
    """Draws specifications in the background and replaces their placeholders in the finished page."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._drawn: dict[str, Future[str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def draw(self, key: str, spec: Spec) -> None:
        """Start drawing a specification. `key` is the page's own name of the chart, never foreign text."""
        self._drawn[key] = self._pool.submit(static_svg, spec)

    @staticmethod
    def placeholder(key: str) -> str:
        """Return the placeholder of a picture: a comment, which foreign text can't form because it is escaped."""
        return f"<!--drawn:{key}-->"

    def inserted(self, page: str) -> str:
        """Return the page with every placeholder replaced by its picture."""
        for key, drawn in self._drawn.items():
            page = page.replace(self.placeholder(key), embed_svg(drawn.result(), key), 1)
        return page
