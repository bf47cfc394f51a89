"""Independent parts of a measure at the same time: numpy and Polars leave the interpreter to each other while they count."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

WORKERS: Final = 2
Made = TypeVar("Made")


def side_by_side(*parts: Callable[[], Made]) -> list[Made]:
    """Return what each part makes, in their order; the first error of any is raised."""
    with ThreadPoolExecutor(WORKERS, "measure") as pool:
        return [future.result() for future in [pool.submit(part) for part in parts]]
