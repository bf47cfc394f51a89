"""The output of an asset. Dagster keeps every output until the run ends, so this one drops its rows once they are written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import dagster as dg
import polars as pl

from pipeline.orchestration import checks

Rows: TypeAlias = pl.DataFrame | Iterator[pl.DataFrame]
"""A table, or its parts one by one where the whole table would not fit into memory."""


@dataclass(slots=True)
class Handover:
    """The rows of one table, to be taken once.

    Attributes:
        table: the table's name.
        rows: its rows; None when they were taken.
        results: the results of the table's checks, once the rows were taken and used.
    """

    table: str
    rows: Rows | None
    results: list[dg.AssetCheckResult] = field(default_factory=list)

    def take(self) -> Rows:
        """Return the rows and drop the reference to them; the table's checks are evaluated as the rows are read.

        Raises:
            ValueError: they were taken before.
        """
        rows, self.rows = self.rows, None
        if rows is None:
            raise ValueError(f"the rows of {self.table} were handed over before")
        if isinstance(rows, pl.DataFrame):
            self.results = checks.evaluate(self.table, rows)
            return rows
        return self._checked(rows)

    def _checked(self, parts: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        found: list[list[dg.AssetCheckResult]] = []
        for part in parts:
            found.append(checks.evaluate(self.table, part))
            yield part
            del part
        # one result a check: that of a part that fails, if there is one
        self.results = [min(of_check, key=lambda result: result.passed) for of_check in zip(*found, strict=True)]
