"""How often each rule of matching applied: the table `matching_counts`."""

from collections.abc import Mapping
from typing import Final

import polars as pl

DEDUPLICATION_COUNTS: Final = ("id_conflict", "edited", "archive_overlap")
"""Names that `deduplication.deduplicate` counts before any analysis; they are the same in each."""


class MatchingCounts:
    """Rows of `matching_counts`, collected analysis by analysis.

    Args:
        deduplicated: counts of `deduplication.deduplicate`, repeated for each analysis; a missing one is 0.

    Source: methods:matching-counts.
    """

    def __init__(self, deduplicated: Mapping[str, int] | None = None) -> None:
        self._deduplicated = {**dict.fromkeys(DEDUPLICATION_COUNTS, 0), **dict(deduplicated or {})}
        self._rows: list[tuple[str, str, str, int]] = []

    def add(self, initiator: str, outcome: str, counts: Mapping[str, int]) -> None:
        """Add the counts of one analysis."""
        self._rows += [(initiator, outcome, name, value) for name, value in {**self._deduplicated, **counts}.items()]

    def table(self) -> pl.DataFrame:
        """Return initiator, outcome, name, value, sorted."""
        schema = {"initiator": pl.String, "outcome": pl.String, "name": pl.String, "value": pl.Int64}
        return pl.DataFrame(self._rows, schema=schema, orient="row").sort("initiator", "outcome", "name")
