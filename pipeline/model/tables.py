"""The tables of the warehouse, parsed from their DDL: `sql/tables/<name>.sql` is the only definition of a table.

A file has this form, which is also valid DDL in DuckDB::

    -- What a row is, in a sentence or two.
    -- Key: gesture_id.
    create table gestures (
        -- Meaning of the column, with its unit at the end. [seconds]
        lag_s DOUBLE,
        -- Meaning of a code column.
        status VARCHAR not null check (status in ('answered', 'superseded', 'open'))
    );

Comments may run over several lines. A table without a `Key:` line may hold equal rows. The key is no constraint of the
published table, because its index would triple the file (docs/decisions/0013-keys-are-checked-not-indexed.md).
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pipeline

Allowed = tuple[str, ...] | tuple[int, ...] | tuple[float, ...]

_KEY: Final = "Key:"
_COLUMN: Final = re.compile(
    r'"?(?P<name>\w+)"? (?P<type>[A-Z]+(?:\[\])?)(?P<required> not null)?'
    r'(?: check \(\s*"?(?P=name)"? in \((?P<allowed>.+)\)\s*\))?'
)
_UNIT: Final = re.compile(r"(?P<comment>.+) \[(?P<unit>[^\]]+)\]")


class TableSyntaxError(Exception):
    """A file of sql/tables/ is not of the form that this module reads."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    """DuckDB type: VARCHAR, VARCHAR[], BIGINT, DOUBLE, BOOLEAN or TIMESTAMPTZ."""
    nullable: bool
    allowed: Allowed
    """The values that it may have beside NULL; empty: any."""
    unit: str | None
    comment: str
    """Meaning, for an analyst."""

    @property
    def documentation(self) -> str:
        """The comment with the unit, as the warehouse carries it."""
        return self.comment if self.unit is None else f"{self.comment} Unit: {self.unit}."


class ColumnSchemaRow(NamedTuple):
    """A column as catalogues and asset graphs show it."""

    name: str
    type: str
    description: str
    nullable: bool
    unique: bool
    """Whether the column alone is the key."""
    constraints: tuple[str, ...]
    """What else holds, in SQL: `status in ('answered', 'open')`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its DDL defines it."""

    name: str
    comment: str
    key: tuple[str, ...]
    """Columns whose values together are unique; empty: rows may be equal."""
    columns: tuple[Column, ...]
    statement: str
    """The DDL itself."""

    def column_schema_rows(self) -> list[ColumnSchemaRow]:
        """Return the columns for a catalogue: names, types, descriptions and constraints."""
        return [
            ColumnSchemaRow(
                name=column.name,
                type=column.type,
                description=column.documentation,
                nullable=column.nullable,
                unique=self.key == (column.name,),
                constraints=(f"{column.name} in {values_in_sql(column.allowed)}",) if column.allowed else (),
            )
            for column in self.columns
        ]


def values_in_sql(values: Allowed) -> str:
    """Return values as a list in SQL.

    Examples:
        >>> values_in_sql(("me", "them"))
        "('me', 'them')"
        >>> values_in_sql((7,))
        '(7)'
    """
    return f"({', '.join(repr(value) for value in values)})"


def _statements(body: str) -> Iterator[tuple[str, str]]:
    """Yield comment and definition of each column of the text between the outer parentheses."""
    comment: list[str] = []
    definition: list[str] = []
    for line in body.splitlines():
        text = line.strip()
        if text.startswith("--"):
            comment.append(text.removeprefix("--").strip())
            continue
        if text:
            definition.append(text)
        so_far = " ".join(definition)
        if so_far and so_far.count("(") == so_far.count(")") and so_far.endswith(","):
            yield " ".join(comment), so_far.removesuffix(",")
            comment, definition = [], []
    if definition:
        yield " ".join(comment), " ".join(definition)


def _column(comment: str, definition: str) -> Column:
    match = _COLUMN.fullmatch(definition)
    if match is None or not comment:
        raise TableSyntaxError(f"not a column with its comment: {definition}")
    with_unit = _UNIT.fullmatch(comment)
    allowed: Allowed = ast.literal_eval(f"({match['allowed']},)") if match["allowed"] else ()
    return Column(
        name=match["name"],
        type=match["type"],
        nullable=match["required"] is None,
        allowed=allowed,
        unit=with_unit["unit"] if with_unit else None,
        comment=with_unit["comment"] if with_unit else comment,
    )


def parse_table(name: str, statement: str) -> Table:
    """Parse the DDL of a table.

    Args:
        name: the table's name, which the DDL must state too.
        statement: the DDL.

    Raises:
        TableSyntaxError: the text is not of the form that the module's docstring describes.
    """
    head, found, rest = statement.partition(f"create table {name} (\n")
    body, end, after = rest.rpartition(");")
    if not found or not end or after.strip():
        raise TableSyntaxError(f"{name}: not one `create table {name} (…);`")
    lines = [line.removeprefix("--").strip() for line in head.splitlines()]
    keys = [line.removeprefix(_KEY).strip().removesuffix(".") for line in lines if line.startswith(_KEY)]
    columns = tuple(_column(comment, definition) for comment, definition in _statements(body))
    key = tuple(part.strip() for text in keys for part in text.split(","))
    if unknown := set(key) - {column.name for column in columns}:
        raise TableSyntaxError(f"{name}: the key names no column: {', '.join(sorted(unknown))}")
    comment = " ".join(line for line in lines if line and not line.startswith(_KEY))
    return Table(name=name, comment=comment, key=key, columns=columns, statement=statement)


def sql_folder() -> Path:
    """Return the folder `sql/`: beside the package in a checkout, inside it when installed."""
    package = Path(pipeline.__file__).parent
    installed = package / "_sql"
    return installed if installed.is_dir() else package.parent / "sql"


@cache
def table(name: str) -> Table:
    """Return one table of the warehouse.

    Raises:
        FileNotFoundError: there is no such table.
    """
    return parse_table(name, (sql_folder() / "tables" / f"{name}.sql").read_text(encoding="utf-8"))


@cache
def tables() -> dict[str, Table]:
    """Return every table of the warehouse by name, sorted by name."""
    return {path.stem: table(path.stem) for path in sorted((sql_folder() / "tables").glob("*.sql"))}
