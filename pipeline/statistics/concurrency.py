"""Run independent computations at the same time: numpy and Polars release the interpreter lock while they compute."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

WORKERS: Final = 2
"""Computations at a time. More would need more memory at once."""
Item = TypeVar("Item")
Result = TypeVar("Result")


def map_concurrently(function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Apply a function to each item.

    Returns:
        The results in the order of the items. The first error of any call is raised.

    Examples:
        >>> map_concurrently(len, ["a", "bc"])
        [1, 2]
    """
    with ThreadPoolExecutor(WORKERS, "measure") as pool:
        return list(pool.map(function, items))


def run_concurrently(*functions: Callable[[], Result]) -> list[Result]:
    """Call functions without arguments.

    Returns:
        Their results, in their order. The first error of any call is raised.
    """
    return map_concurrently(lambda function: function(), functions)
