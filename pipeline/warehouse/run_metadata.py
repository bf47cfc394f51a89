"""The tables `changes` and `build_info`: this run against the one before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from pipeline import __version__
from pipeline.home.settings import Settings
from pipeline.warehouse.connection import WarehouseError, WarehouseMissingError, published


@dataclass(frozen=True, slots=True)
class Previous:
    """What the published warehouse knew; empty before the first run, or when it can't be read."""

    known: dict[str, pl.Series] = field(default_factory=dict)
    """What -> the ids of those that there were."""
    levels: dict[str, str] = field(default_factory=dict)


_KNOWN: Final = {
    "archives": "select archive_id as id from archives",
    "interactions": "select interaction_id as id from interactions",
    "contacts": "select contact_id as id from contacts",
    "answers": "select gesture_id as id from gestures where status = 'answered' and outcome = 'worded'",
}
_LEVELS: Final = (
    "select contact_id, level from levels qualify row_number() over (partition by contact_id order by month desc) = 1"
)


def previous(warehouse: Path, private: Path) -> Previous:
    """Read what the published warehouse knew."""
    try:
        with published(warehouse, private) as connection:
            known = {what: connection.sql(sql).pl()["id"] for what, sql in _KNOWN.items()}
            return Previous(known, dict(connection.execute(_LEVELS).fetchall()))
    except (WarehouseMissingError, WarehouseError):
        return Previous()


def sequence_before(warehouse: Path, private: Path) -> int:
    """Return the number of the run that published the warehouse; 0: there was none, or it can't be read."""
    try:
        with published(warehouse, private) as connection:
            found = connection.execute("select value from build_info where key = 'sequence'").fetchone()
            return int(found[0]) if found else 0
    except (WarehouseMissingError, WarehouseError):
        return 0


def _new(now: pl.LazyFrame, before: pl.Series | None) -> pl.LazyFrame:
    """Return the ids (unique: a blocking check sees to it) that were not there before."""
    ids = now.select(pl.nth(0).alias("id"))
    return ids if before is None else ids.join(before.to_frame().lazy(), on="id", how="anti")


def changes(before: Previous, tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Return the table `changes`: new archives, interactions, contacts, answers, and contacts whose level moved.

    Args:
        before: ids and levels of the published warehouse.
        tables: of this run: `archives` (archive_id), `interactions` (interaction_id), `contacts` (contact_id,
            display_name), `gestures` (gesture_id, status, outcome), `levels` (contact_id, month, level).

    Returns:
        what, value (a count), detail (names of some).
    """
    now = {
        "archives": tables["archives"].select("archive_id"),
        "interactions": tables["interactions"].select("interaction_id"),
        "contacts": tables["contacts"].select("contact_id"),
        "answers": tables["gestures"].filter(status="answered", outcome="worded").select("gesture_id"),
    }
    new = {what: _new(ids, before.known.get(what)) for what, ids in now.items()}
    count = {what: int(ids.select(pl.len()).collect().item()) for what, ids in new.items()}
    names = dict(tables["contacts"].select("contact_id", "display_name").collect().iter_rows())
    people = new["contacts"].collect()["id"].sort().head(10).to_list()
    latest = tables["levels"].collect().sort("contact_id", "month").group_by("contact_id", maintain_order=True).last()
    levels = dict(latest.select("contact_id", "level").iter_rows())
    moved = sorted(c for c, level in levels.items() if before.levels.get(c, level) != level)
    rows = [
        ("new archives", count["archives"], None),
        ("new interactions", count["interactions"], None),
        ("new contacts", count["contacts"], ", ".join(names[c] or c for c in people) or None),
        ("new answers", count["answers"], None),
        ("levels moved", len(moved), ", ".join(f"{names.get(c, c)}: {before.levels[c]} to {levels[c]}" for c in moved[:10]) or None),
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={"what": pl.String, "value": pl.Int64, "detail": pl.String}, orient="row")


def build_info(sequence: int, archives: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the table `build_info` (key, value) of the run of this number."""
    inputs = sha256("\n".join(sorted(archives["archive_id"].to_list())).encode()).hexdigest()
    rows = [
        ("built_at", datetime.now(UTC).isoformat(timespec="seconds")),
        ("inputs", inputs),
        ("sequence", str(sequence)),
        ("settings", settings.as_json()),
        ("settings_hash", settings.hash()),
        ("version", __version__),
    ]
    return pl.DataFrame(rows, schema={"key": pl.String, "value": pl.String}, orient="row")
