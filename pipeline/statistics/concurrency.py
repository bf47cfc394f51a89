"""Independent parts of a measure at the same time: numpy and Polars leave the interpreter to each other while they count."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

WORKERS: Final = 2
"""Parts at work at a time: what they hold at once bounds memory."""
Given = TypeVar("Given")
Made = TypeVar("Made")


def each(make: Callable[[Given], Made], given: Iterable[Given]) -> list[Made]:
    """Return what is made of each, in their order; the first error of any is raised."""
    with ThreadPoolExecutor(WORKERS, "measure") as pool:
        return list(pool.map(make, given))


def side_by_side(*parts: Callable[[], Made]) -> list[Made]:
    """Return what each part makes, in their order; the first error of any is raised."""
    return each(lambda part: part(), parts)
