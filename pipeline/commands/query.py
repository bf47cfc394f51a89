"""`dancecard query`: read-only SQL on the published warehouse, or a named query of the cookbook."""

import argparse
import sys
from pathlib import Path

from pipeline.model.errors import CannotPublishError, UsageError

FORMATS = ("table", "csv", "json", "parquet")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("sql", nargs="?", metavar="SQL", help="one SQL statement")
    parser.add_argument("--format", choices=FORMATS, default="table", help="output format (default: table)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of the terminal")
    parser.add_argument("--list", action="store_true", help="list the cookbook's queries")
    parser.add_argument("--name", metavar="NAME", help="run one of the cookbook's queries")


def main(options: argparse.Namespace) -> int:
    """Print or write the rows; 2 if DuckDB rejects the statement, 1 if nothing has been published yet."""
    from pipeline.warehouse.sql_files import sql_files  # noqa: PLC0415 - `--help` must not load DuckDB

    cookbook = sql_files("queries")
    if options.list:
        width = max((len(name) for name in cookbook), default=0)
        sys.stdout.writelines(f"{file.name:<{width}}  {file.question}\n" for file in cookbook.values())
        return 0
    if options.name and options.name not in cookbook:
        raise UsageError(f"no query is named {options.name!r}; `dancecard query --list` shows them")
    text = cookbook[options.name].text if options.name else options.sql
    if not text:
        raise UsageError('give an SQL statement, as in dancecard query "from contacts", or --name NAME, or --list')
    if options.format == "parquet" and not options.output:
        raise UsageError("parquet needs a file: add -o FILE")
    return _run_statement(text, options)


def _run_statement(text: str, options: argparse.Namespace) -> int:
    """Run the statement on the published warehouse and write its rows."""
    from pipeline.commands.rows import formatted, private_folder  # noqa: PLC0415 - `--help` must not load Polars
    from pipeline.home.paths import Home, home_path  # noqa: PLC0415 - as above
    from pipeline.warehouse.connection import WarehouseError, WarehouseMissingError, published  # noqa: PLC0415 - as above
    from pipeline.warehouse.queries import answer  # noqa: PLC0415 - as above

    home = Home(home_path(options.home))
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            frame = answer(connection, text)
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    except (WarehouseError, ValueError) as error:
        raise UsageError(error) from error
    content = formatted(frame, options.format)
    if options.output:
        try:
            Path(options.output).write_bytes(content)
        except OSError as error:
            raise UsageError(f"can't write {options.output}: {(error.strerror or str(error)).lower()}") from error
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    return 0
