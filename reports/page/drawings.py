"""Static pictures, drawn by another thread while the page is written: the drawing engine doesn't hold Python up."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from reports.page.bundle import static_svg
from reports.page.html import embed_svg


class Drawings:
    """Takes specifications, hands out places for their pictures, and puts the pictures there in the end."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._drawn: dict[str, Future[str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def draw(self, key: str, spec: dict[str, Any]) -> None:
        """Begin to draw a specification; `key` is the page's own name of the chart, never foreign text."""
        self._drawn[key] = self._pool.submit(static_svg, spec)

    @staticmethod
    def place(key: str) -> str:
        """Return what stands for the picture until it is put there: a comment, which foreign text can't form (it is escaped)."""
        return f"<!--drawn:{key}-->"

    def put(self, page: str) -> str:
        """Return the page with every picture in its place."""
        for key, drawn in self._drawn.items():
            page = page.replace(self.place(key), embed_svg(drawn.result(), key), 1)
        return page
