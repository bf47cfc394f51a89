"""A headline: a sentence, and the claims that it makes in a form that a machine can check.

A headline is computed from the frame that its chart shows. Each number in it is a claim about a cell of a published
table. Each comparing word ("more often", "sooner") is a claim that two intervals don't overlap and that both sides have
enough gestures and contacts. The manifest lists the claims; tests recompute them from the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reports.limits import COMPARE_CONTACTS, COMPARE_GESTURES

Operator = Literal["=", "<", ">"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table of the report: the one row whose columns equal `key`, and the column to read."""

    table: str
    key: tuple[tuple[str, str | int | float], ...]
    column: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One comparison that the sentence makes: `lhs op rhs`.

    `interval_disjoint` marks a comparing word: the intervals of both rows don't overlap, and both rows have at least 30
    gestures and 10 contacts.
    """

    lhs: Cell
    op: Operator
    rhs: Cell | float
    interval_disjoint: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the claim as the manifest writes it."""
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
    """Return whether two rows with `low`, `high`, `gestures` and `contacts` differ clearly enough for a comparing word."""
    for row in (left, right):
        if row["low"] is None or row["high"] is None:
            return False
        if _number(row["gestures"]) < COMPARE_GESTURES or _number(row["contacts"]) < COMPARE_CONTACTS:
            return False
    return _number(left["low"]) > _number(right["high"]) or _number(right["low"]) > _number(left["high"])


def equals(table: str, column: str, value: float, /, **key: str | float) -> Claim:
    """Claim that a cell has the value in the sentence."""
    return Claim(Cell(table, tuple(sorted(key.items())), column), "=", value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"a claim compares numbers, not {value!r}")
    return float(value)


def _cell_json(cell: Cell) -> dict[str, object]:
    return {"table": cell.table, "key": dict(cell.key), "column": cell.column}
