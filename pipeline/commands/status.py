"""`dancecard status`: archives, coverage, set-aside records with reasons, age of the published warehouse."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.model.durations import HOUR_S
from pipeline.model.errors import CannotPublishError

_QUERIES = {
    "archives": "select path, platform, status, reason, exported_at, first_at, last_at from archives order by path",
    "coverage": """
        select platform, class, direction, surface, visibility, min(starts_at) as starts_at, max(ends_at) as ends_at,
               string_agg(distinct reason, '; ' order by reason) as reason
        from coverage group by all order by all
    """,
    "set_aside": "select reason_code, reason, count(*) as records from set_aside group by all order by records desc, reason",
    "unread": """
        select path, member, min(set_aside.reason) as reason from set_aside join archives using (archive_id)
        where reason_code = 'unknown_layout' group by path, member order by path, member
    """,
    "skipped": """
        with reasons as (select unnest(skip_reason) as pair from members)
        select split_part(pair, '=', 1) as rule, sum(split_part(pair, '=', 2)::bigint)::bigint as records from reasons
        group by all having records > 0 order by records desc, rule
    """,
    "empty_tables": "select table_name, comment from duckdb_tables() where estimated_size = 0 order by table_name",
    "build_info": "select key, value from build_info order by key",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")


def main(options: argparse.Namespace) -> int:
    """Print the state of the home; 1 if nothing has been published yet."""
    from pipeline.commands.rows import private_folder  # noqa: PLC0415 - `--help` must not load DuckDB
    from pipeline.home.paths import Home, home_path  # noqa: PLC0415 - as above
    from pipeline.warehouse.connection import WarehouseMissingError, published  # noqa: PLC0415 - as above

    home = Home(home_path(options.home))
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            found = {name: connection.sql(text).pl().to_dicts() for name, text in _QUERIES.items()}
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    built = datetime.fromtimestamp(home.warehouse.stat().st_mtime, UTC)
    age = (datetime.now(UTC) - built).total_seconds()
    if options.json:
        _print_json(found, home.warehouse, age)
    else:
        _print_text(found, home.warehouse, age)
    return 0


def _print_json(found: dict[str, list[dict[str, Any]]], warehouse: Path, age: float) -> None:
    import orjson  # noqa: PLC0415 - as above

    info = {row["key"]: row["value"] for row in found["build_info"]}
    state = {"warehouse": str(warehouse), "age_s": round(age), **found, "build_info": info}
    sys.stdout.buffer.write(orjson.dumps(state, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z) + b"\n")


def _print_text(found: dict[str, list[dict[str, Any]]], warehouse: Path, age: float) -> None:
    import polars as pl  # noqa: PLC0415 - as above

    from pipeline.commands.rows import formatted  # noqa: PLC0415 - as above

    hours = age / HOUR_S
    elapsed = (
        f"{age / 60:.0f} minutes" if hours < 1 else f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    )
    sys.stdout.write(f"Warehouse: {warehouse}, published {elapsed} ago\n")
    titles = {
        "archives": "Archives",
        "coverage": "Coverage: what the archives can show",
        "set_aside": "Set aside: records that could not be read",
        "unread": "Not read: files of an unknown layout, also such as look like interactions",
        "skipped": "Skipped by rule",
        "empty_tables": "Tables without rows",
    }
    for name, title in titles.items():
        sys.stdout.write(f"\n{title}\n")
        if found[name]:
            frame = pl.DataFrame(found[name], infer_schema_length=None)
            sys.stdout.buffer.flush()
            sys.stdout.write(formatted(frame, "table").decode())
        else:
            sys.stdout.write("none\n")
