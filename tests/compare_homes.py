"""Compare the published tables of two homes: `python -m tests.compare_homes HOME OTHER`.

Prints a line for each table that differs, with how many rows only one of them has and a few of those, and exits with 1;
prints how many tables were equal and exits with 0 otherwise. Run it before and after a change that must not move a figure.
`build_info` and `changes` describe a run, not the archives, and are passed over.
"""
# ruff: noqa: S608, T201 - names come from our own tables; its output is its result

import sys
from pathlib import Path
from typing import Final

import duckdb

NOT_COMPARED: Final = frozenset({"build_info", "changes"})
SHOWN: Final = 3
"""Rows shown of each side of a table that differs."""


def tables(warehouse: Path) -> dict[str, list[str]]:
    """Return table -> its columns with their types, in order of names."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select duckdb_tables.table_name, column_name || ' ' || data_type from duckdb_columns() join duckdb_tables() "
            "using (table_oid) order by all"
        ).fetchall()
    found: dict[str, list[str]] = {}
    for name, column in rows:
        found.setdefault(name, []).append(column)
    return found


def difference(ours: Path, theirs: Path, table: str, columns: list[str]) -> str:
    """Return what differs between two versions of a table with these columns ("" when nothing does)."""
    names = ", ".join(f'"{column.split(" ")[0]}"' for column in columns)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{ours}' as ours (read_only); attach '{theirs}' as theirs (read_only)")
        lines = []
        for one, other in (("ours", "theirs"), ("theirs", "ours")):
            query = f"select {names} from {one}.main.{table} except all select {names} from {other}.main.{table}"
            (count,) = connection.execute(f"select count(*) from ({query})").fetchone() or (0,)
            if count:
                some = connection.execute(f"select * from ({query}) order by all limit {SHOWN}").fetchall()
                lines += [f"  {count} rows only in {one}", *(f"    {row}" for row in some)]
    return "\n".join(lines)


def compare(home: Path, other: Path) -> dict[str, str]:
    """Return table -> what differs, for every table that is not equal in both homes' warehouses."""
    ours, theirs = home / "warehouse.duckdb", other / "warehouse.duckdb"
    left, right = tables(ours), tables(theirs)
    found = {}
    for table in sorted((left.keys() | right.keys()) - NOT_COMPARED):
        if table not in left or table not in right:
            found[table] = f"  only in {'theirs' if table not in left else 'ours'}"
            continue
        shared = sorted(set(left[table]) & set(right[table]))
        other_columns = sorted(set(left[table]) ^ set(right[table]))
        lines = [f"  columns of one side only: {', '.join(other_columns)}"] if other_columns else []
        rows = difference(ours, theirs, table, shared)
        if text := "\n".join([*lines, *([rows] if rows else [])]):
            found[table] = text
    return found


def main(home: str, other: str) -> int:
    """Print what differs and return the exit status."""
    found = compare(Path(home), Path(other))
    for table, text in found.items():
        print(f"{table}\n{text}")
    if not found:
        print(f"{len(set(tables(Path(home) / 'warehouse.duckdb')) - NOT_COMPARED)} tables are equal")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
