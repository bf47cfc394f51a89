"""Find and read the SQL files: beside the package in a checkout, inside of it when installed."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pipeline

_COLUMN = re.compile(r'^\s+"?(?P<name>\w+)"? (?P<type>[A-Z]+(?:\[\])?),? -- (?P<comment>.+)$')


def sql_folder() -> Path:
    """Return the folder `sql/`."""
    package = Path(pipeline.__file__).parent
    inside = package / "_sql"
    return inside if inside.is_dir() else package.parent / "sql"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: name, DuckDB type, meaning."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its file in sql/tables/ defines it; the `--` words of the file are its comments in the warehouse."""

    name: str
    comment: str
    statement: str
    columns: tuple[Column, ...]


@cache
def tables() -> dict[str, Table]:
    """Return every table of the warehouse by name, sorted by name."""
    found = {}
    for path in sorted((sql_folder() / "tables").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        columns = tuple(
            Column(match["name"], match["type"], match["comment"])
            for line in text.splitlines()
            if (match := _COLUMN.match(line))
        )
        comment = text.splitlines()[0].removeprefix("-- ")
        found[path.stem] = Table(path.stem, comment, text, columns)
    return found


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A SQL file whose first comment line says what it answers."""

    name: str
    question: str
    text: str


def sql_files(folder: str) -> dict[str, SqlFile]:
    """Return the files of a folder under sql/ by name (`queries`, `views`, `macros`)."""
    found = {}
    for path in sorted((sql_folder() / folder).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = SqlFile(path.stem, text.splitlines()[0].removeprefix("-- "), text)
    return found
