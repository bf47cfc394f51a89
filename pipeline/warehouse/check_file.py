"""Checks on a built warehouse, run in a fresh process: `python -m pipeline.warehouse.check_file FILE`.

What they report goes to logs, so it holds row numbers and counts, never a value of an archive.
"""

import sys
from pathlib import Path
from typing import Final

import duckdb

from pipeline.model.tables import Table, tables
from pipeline.warehouse.sql_files import sql_files

EXAMPLES: Final = 3
"""Rows with a doubled key that a report names."""


def _doubled_keys(connection: duckdb.DuckDBPyConnection, table: Table) -> str | None:
    """Return a sentence about the doubled keys of a table; None: there are none, or the table has no key."""
    if not table.key:
        return None
    columns = ", ".join(f'"{name}"' for name in table.key)
    found = connection.execute(
        f'select min(rowid), count(*) from "{table.name}" group by {columns} having count(*) > 1 order by 1'  # noqa: S608 - names of our own DDL
    ).fetchall()
    if not found:
        return None
    rows = ", ".join(str(first) for first, _ in found[:EXAMPLES])
    return (
        f"The key of {table.name} ({', '.join(table.key)}) is not unique: {len(found)} doubled, first in rows {rows}."
    )


def failures(path: Path) -> list[str]:
    """Return one sentence for each failed check of a warehouse.

    Keys of the DDL are unique, and each query of sql/checks, which selects the rows that break the rule in its first line,
    selects none. NOT NULL and allowed values are constraints of the tables themselves.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in tables().values():
            # every block is read, so that a flipped bit shows now and not to an analyst
            connection.execute(f'select count(*), bit_xor(hash(t)) from "{table.name}" as t').fetchall()  # noqa: S608 - names of our own DDL
        doubled = [sentence for table in tables().values() if (sentence := _doubled_keys(connection, table))]
        broken = {file: len(connection.execute(file.text).fetchall()) for file in sql_files("checks").values()}
    return doubled + [
        f"{file.name}: {file.question} Rows that break it: {rows}." for file, rows in broken.items() if rows
    ]


def main() -> int:
    """Print what failed; return 0 when nothing did."""
    found = failures(Path(sys.argv[1]))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
