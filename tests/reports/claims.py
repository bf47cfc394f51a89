"""Check a headline's claims against the report's tables."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports.headline import Cell, Claim, comparable

TOLERANCE = 1e-9


def row_of(cell: Cell, tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return the row of a cell.

    Raises:
        LookupError: not exactly one row has the key.
    """
    found = tables[cell.table].filter(*(pl.col(name) == value for name, value in cell.key))
    if found.height != 1:
        raise LookupError(f"{cell.table}: {found.height} rows have {dict(cell.key)}, expected one")
    return found.row(0, named=True)


def is_true(claim: Claim, tables: Mapping[str, pl.DataFrame]) -> bool:
    """Recompute a claim from the tables alone."""
    left = row_of(claim.lhs, tables)
    if isinstance(claim.rhs, Cell):
        right = row_of(claim.rhs, tables)
        other = float(right[claim.rhs.column])
    else:
        right, other = {}, float(claim.rhs)
    value = float(left[claim.lhs.column])
    true = {"=": abs(value - other) <= TOLERANCE, "<": value < other, ">": value > other}[claim.op]
    return true and (not claim.interval_disjoint or (bool(right) and comparable(left, right)))
