"""Checks on a built warehouse, run in a fresh process: `python -m pipeline.warehouse.check_file FILE`."""

import sys
from pathlib import Path

import duckdb

from pipeline.warehouse.sql_files import sql_files, tables


def failures(path: Path) -> list[str]:
    """Return one sentence a failed check; each SQL file in sql/checks returns the rows that break its first line's rule."""
    with duckdb.connect(str(path), read_only=True) as connection:
        found = []
        for name in tables():
            # every block is read, so that a flipped bit shows now and not to an analyst
            connection.execute(f'select count(*), bit_xor(hash(t)) from "{name}" as t').fetchall()  # noqa: S608 - our own table names
        for file in sql_files("checks").values():
            broken = connection.execute(file.text).fetchmany(3)
            if broken:
                found.append(f"{file.name}: {file.question} Broken by {broken}")
        return found


def main() -> int:
    """Print what failed; 0 when nothing did."""
    found = failures(Path(sys.argv[1]))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
