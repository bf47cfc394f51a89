"""Compare a frame with the table that it becomes, and return what differs as evidence.

Evidence is shown in logs and in the asset graph, so it never holds a value of an archive: counts, types, row numbers, names
of columns, and codes of the tool itself.
"""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from pipeline.model.codes import ALL_CODES
from pipeline.model.schemas import RENAMED, WORKING_ONLY
from pipeline.model.tables import Column, Table

EXAMPLES: Final = 3
"""Doubled keys of which the rows are named."""


@dataclass(frozen=True, slots=True)
class TypeDifference:
    """A column whose type does not become the table's."""

    expected: str
    """DuckDB type of the table."""
    found: str
    """Polars type of the frame."""


@dataclass(frozen=True, slots=True)
class Disallowed:
    """Values of a code column that are not among the allowed ones."""

    rows: int
    codes: tuple[str, ...]
    """Those of the values that are codes of the tool, sorted; what an archive supplied is only counted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What differs between a frame and its table; everything but `rows` is empty when nothing does."""

    rows: int
    missing: tuple[str, ...] = ()
    """Columns of the table that the frame lacks, in the table's order."""
    extra: tuple[str, ...] = ()
    """Columns of the frame that belong neither to the table nor to its working columns, sorted."""
    types: dict[str, TypeDifference] = field(default_factory=dict)
    nulls: dict[str, int] = field(default_factory=dict)
    """Column that is NOT NULL -> rows without a value."""
    disallowed: dict[str, Disallowed] = field(default_factory=dict)
    doubled_keys: int = 0
    """Keys that more than one row has."""
    doubled_rows: tuple[tuple[int, ...], ...] = ()
    """Numbers (from 0) of the first two rows of each of the first few doubled keys."""

    @property
    def conforms(self) -> bool:
        """Whether the frame becomes the table."""
        return not (
            self.missing or self.extra or self.types or self.nulls or self.disallowed or self.doubled_keys
        )  # fmt: skip

    def metadata(self) -> dict[str, int | str]:
        """Return the evidence as flat values for a check's result: row count and doubled keys always, the rest if any."""
        shown: dict[str, int | str] = {"rows": self.rows, "doubled_keys": self.doubled_keys}
        texts = {
            "missing_columns": self.missing,
            "extra_columns": self.extra,
            "types": [f"{name}: {kind.found} instead of {kind.expected}" for name, kind in self.types.items()],
            "nulls": [f"{name}: {count}" for name, count in self.nulls.items()],
            "disallowed_values": [
                f"{name}: {found.rows} rows" + (f" ({', '.join(found.codes)})" if found.codes else "")
                for name, found in self.disallowed.items()
            ],
            "rows_of_doubled_keys": [" and ".join(map(str, pair)) for pair in self.doubled_rows],
        }
        return shown | {name: "; ".join(values) for name, values in texts.items() if values}


def frame_column(column: Column, schema: pl.Schema) -> str | None:
    """Return the column of a frame that becomes a column of the table; None: the frame has none.

    `at` becomes `occurred_at`, and `x_us` (microseconds) becomes `x_s` (seconds).
    """
    micros = f"{column.name.removesuffix('_s')}_us"
    candidates = [column.name, RENAMED.get(column.name, column.name), *([micros] if column.type == "DOUBLE" else [])]
    return next((name for name in candidates if name in schema), None)


def _becomes(found: pl.DataType, column: Column, name: str) -> bool:
    """Return whether a Polars type becomes the column's type without loss."""
    if found == pl.Null:
        return True
    if column.type == "VARCHAR":
        return found == pl.String or isinstance(found, pl.Enum | pl.Categorical)
    if column.type == "DOUBLE":
        return found.is_integer() if name != column.name else found.is_float()
    if column.type == "TIMESTAMPTZ":
        return found == pl.Int64 or found == pl.Datetime("us", "UTC")
    if column.type == "BIGINT":
        return found.is_integer()
    return found == (pl.Boolean if column.type == "BOOLEAN" else pl.List(pl.String))


def _disallowed(values: pl.Series, column: Column) -> Disallowed | None:
    others = set(values.unique().drop_nulls().to_list()).difference(column.allowed)
    if not others:
        return None
    names = sorted(str(value) for value in others)
    rows = int(values.is_in(list(others)).sum())
    return Disallowed(rows=rows, codes=tuple(name for name in names if name in ALL_CODES))


def _doubled(keys: pl.DataFrame) -> tuple[int, tuple[tuple[int, ...], ...]]:
    if keys.n_unique() == keys.height:
        return 0, ()
    groups = (
        keys.with_row_index("_row")
        .group_by(keys.columns)
        .agg(pl.col("_row").sort())
        .filter(pl.col("_row").list.len() > 1)
        .select(pl.col("_row").list.head(2))
        .to_series()
        .sort()
    )
    return len(groups), tuple(tuple(pair) for pair in groups.head(EXAMPLES).to_list())


def compare(frame: pl.DataFrame, table: Table) -> Evidence:
    """Compare a frame with its table: columns, types, NULLs, allowed values and key.

    Args:
        frame: what an asset writes; times in microseconds, durations in seconds or microseconds, names as text or Enum.
        table: the table that it becomes.

    Returns:
        The evidence; of a key with a missing column nothing is said beyond that.
    """
    schema = frame.schema
    sources = {column.name: frame_column(column, schema) for column in table.columns}
    found = {column: source for column in table.columns if (source := sources[column.name]) is not None}
    types = {
        column.name: TypeDifference(column.type, str(schema[source].base_type()))
        for column, source in found.items()
        if not _becomes(schema[source], column, source)
    }
    nulls = {
        column.name: count
        for column, source in found.items()
        if not column.nullable and (count := frame[source].null_count())
    }
    disallowed = {
        column.name: values
        for column, source in found.items()
        if column.allowed and column.name not in types and (values := _disallowed(frame[source], column))
    }
    keys = [source for name in table.key if (source := sources[name]) is not None]
    doubled, rows = _doubled(frame.select(keys)) if keys and len(keys) == len(table.key) else (0, ())
    known = {*found.values(), *WORKING_ONLY.get(table.name, {})}
    return Evidence(
        rows=frame.height,
        missing=tuple(column.name for column in table.columns if column not in found),
        extra=tuple(sorted(set(frame.columns) - known)),
        types=types,
        nulls=nulls,
        disallowed=disallowed,
        doubled_keys=doubled,
        doubled_rows=rows,
    )
