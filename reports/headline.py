"""The headline contract: a sentence, and the comparisons that it makes in a form that a machine can recompute.

A headline is computed from the frame that its chart shows. Each number it says is a claim about a cell of a published
table; each comparing word ("more often", "sooner") is a claim whose intervals don't overlap and whose both sides rest
on enough steps and contacts. `holds` recomputes a claim from the tables alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from reports.limits import COMPARE_CONTACTS, COMPARE_GESTURES

Operator = Literal["=", "<", ">"]
TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table of the report: the one row whose columns equal `key`, and the column to read."""

    table: str
    key: tuple[tuple[str, str | int | float], ...]
    column: str

    def row(self, tables: Mapping[str, pl.DataFrame]) -> dict[str, object]:
        """Return the row.

        Raises:
            LookupError: not exactly one row has the key.
        """
        frame = tables[self.table]
        found = frame.filter(*(pl.col(name) == value for name, value in self.key))
        if found.height != 1:
            raise LookupError(f"{self.table}: {found.height} rows have {dict(self.key)}, expected one")
        return found.row(0, named=True)

    def value(self, tables: Mapping[str, pl.DataFrame]) -> object:
        """Return the cell's value."""
        return self.row(tables)[self.column]


@dataclass(frozen=True, slots=True)
class Claim:
    """One comparison that the sentence makes: `lhs op rhs`.

    `interval_disjoint` marks a comparing word: it holds only when the intervals of both rows don't overlap and both
    rows rest on at least 30 gestures and 10 contacts.
    """

    lhs: Cell
    op: Operator
    rhs: Cell | float
    interval_disjoint: bool = False

    def holds(self, tables: Mapping[str, pl.DataFrame]) -> bool:
        """Recompute the claim from the report's tables."""
        left = _number(self.lhs.value(tables))
        right = _number(self.rhs.value(tables)) if isinstance(self.rhs, Cell) else float(self.rhs)
        true = {"=": abs(left - right) <= TOLERANCE, "<": left < right, ">": left > right}[self.op]
        if not (true and self.interval_disjoint):
            return true
        return isinstance(self.rhs, Cell) and comparable(self.lhs.row(tables), self.rhs.row(tables))

    def as_json(self) -> dict[str, object]:
        """Return the claim as it stands in the manifest."""
        return {
            "lhs": _cell_json(self.lhs),
            "op": self.op,
            "rhs": _cell_json(self.rhs) if isinstance(self.rhs, Cell) else self.rhs,
            "interval_disjoint": self.interval_disjoint,
        }


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence, and what it claims."""

    text: str
    claims: tuple[Claim, ...] = ()


def comparable(left: Mapping[str, object], right: Mapping[str, object]) -> bool:
    """Say whether two rows with `low`, `high`, `gestures`, `contacts` differ clearly enough for a comparing word."""
    for row in (left, right):
        if row["low"] is None or row["high"] is None:
            return False
        if _number(row["gestures"]) < COMPARE_GESTURES or _number(row["contacts"]) < COMPARE_CONTACTS:
            return False
    return _number(left["low"]) > _number(right["high"]) or _number(right["low"]) > _number(left["high"])


def equals(table: str, column: str, value: float, /, **key: str | float) -> Claim:
    """Claim that a cell has the value that the sentence says."""
    return Claim(Cell(table, tuple(sorted(key.items())), column), "=", value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"a claim compares numbers, not {value!r}")
    return float(value)


def _cell_json(cell: Cell) -> dict[str, object]:
    return {"table": cell.table, "key": dict(cell.key), "column": cell.column}
