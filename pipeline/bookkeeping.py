"""The tables `changes` and `build_info`: this run against the one before."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from pipeline import __version__
from pipeline.home.settings import Settings
from pipeline.store import Store
from pipeline.warehouse.connection import WarehouseError, WarehouseMissingError, published


@dataclass(frozen=True, slots=True)
class Previous:
    """What the published warehouse knew; empty before the first run, or when it can't be read."""

    interactions: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    archives: frozenset[str] = frozenset()
    levels: dict[str, str] = field(default_factory=dict)
    sequence: int = 0


_ANSWERED = "select gesture_id from gestures where status = 'answered' and outcome = 'worded'"
_LEVELS = (
    "select contact_id, level from levels qualify row_number() over (partition by contact_id order by month desc) = 1"
)


def previous(warehouse: Path, private: Path) -> Previous:
    """Read what the published warehouse knew."""
    try:
        with published(warehouse, private) as connection:

            def column(sql: str) -> frozenset[str]:
                return frozenset(row[0] for row in connection.execute(sql).fetchall())

            number = connection.execute("select value from build_info where key = 'sequence'").fetchone()
            return Previous(
                column("select interaction_id from interactions"),
                column("select contact_id from contacts"),
                column(_ANSWERED),
                column("select archive_id from archives"),
                dict(connection.execute(_LEVELS).fetchall()),
                int(number[0]) if number else 0,
            )
    except (WarehouseMissingError, WarehouseError):
        return Previous()


def _new(now: pl.Series, before: frozenset[str]) -> list[str]:
    return sorted(set(now.to_list()) - before)


def changes(before: Previous, store: Store) -> pl.DataFrame:
    """Return the table `changes`: new archives, interactions, contacts, answers, and contacts whose level moved."""
    gestures = store.read("gestures").filter(status="answered", outcome="worded")
    names = dict(store.read("contacts").select("contact_id", "display_name").iter_rows())
    latest = store.read("levels").sort("contact_id", "month").group_by("contact_id", maintain_order=True).last()
    levels = dict(latest.select("contact_id", "level").iter_rows())
    moved = sorted(c for c, level in levels.items() if before.levels.get(c, level) != level)
    people = _new(pl.Series(list(names), dtype=pl.String), before.contacts)
    counted = [
        ("new archives", _new(store.read("archives")["archive_id"], before.archives), None),
        ("new interactions", _new(store.read("interactions")["interaction_id"], before.interactions), None),
        ("new contacts", people, ", ".join(names[c] or c for c in people[:10])),
        ("new answers", _new(gestures["gesture_id"], before.answers), None),
        ("levels moved", moved, ", ".join(f"{names.get(c, c)}: {before.levels[c]} to {levels[c]}" for c in moved[:10])),
    ]
    rows = [(what, len(found), detail or None) for what, found, detail in counted]
    return pl.DataFrame(rows, schema={"what": pl.String, "value": pl.Int64, "detail": pl.String}, orient="row")


def build_info(before: Previous, archives: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the table `build_info`: key, value."""
    inputs = sha256("\n".join(sorted(archives["archive_id"].to_list())).encode()).hexdigest()
    rows = [
        ("built_at", datetime.now(UTC).isoformat(timespec="seconds")),
        ("inputs", inputs),
        ("sequence", str(before.sequence + 1)),
        ("settings", settings.as_json()),
        ("settings_hash", settings.hash()),
        ("version", __version__),
    ]
    return pl.DataFrame(rows, schema={"key": pl.String, "value": pl.String}, orient="row")
