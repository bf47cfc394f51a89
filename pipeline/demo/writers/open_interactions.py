"""The demo's open interactions file: a meeting club that the tool doesn't know."""

from pathlib import Path
from typing import Final

from pipeline.demo.shared.files import csv_bytes, iso
from pipeline.demo.world import World
from pipeline.model.codes import CLASS_OF_KIND, DIRECTIONS

_PLATFORM: Final = "meetup"
_COLUMNS: Final = (
    "id", "contact", "contact_name", "direction", "occurred_at", "platform", "class", "kind", "thread", "reply_to", "group", "text",
)  # fmt: skip


def write(world: World, folder: Path) -> list[Path]:
    """Write the acts and what the file covers; return both files."""
    acts = world.visible(_PLATFORM)
    rows = [
        (
            act.id, who.native_ids[_PLATFORM], who.name, act.direction, iso(act.at), _PLATFORM, CLASS_OF_KIND[act.kind], act.kind,
            act.thread, act.reply_to or "", "true" if act.is_group else "false", act.text,
        )
        for act in acts
        for who in [world.person(act.person)]
    ]  # fmt: skip
    covered = [
        (_PLATFORM, cls, direction, "full", iso(world.starts_at), iso(world.exported_at))
        for cls in sorted({CLASS_OF_KIND[act.kind] for act in acts})
        for direction in DIRECTIONS
    ]
    events, coverage = folder / f"{_PLATFORM}.interactions.csv", folder / f"{_PLATFORM}.coverage.csv"
    events.write_bytes(csv_bytes(_COLUMNS, rows))
    coverage.write_bytes(csv_bytes(("platform", "class", "direction", "visibility", "starts_at", "ends_at"), covered))
    return [coverage, events]
