"""Kit's part of the demo: the subscriber CSV."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, iso, moment
from pipeline.demo.shared.subscribers import subscribers
from pipeline.demo.world import World

_HEADER = ("first_name", "email_address", "state", "created_at", "tags")


def write(world: World, folder: Path) -> list[Path]:
    """Write the subscribers (when they cancelled is not told); return the CSV."""
    rows = [
        (
            one.first,
            one.persona.email,
            "active" if one.left is None else "cancelled",
            "" if one.joined is None else iso(one.joined),
            "",
        )
        for one in subscribers(world, "kit")
    ]
    path = folder / f"kit_subscribers_{moment(world.exported_at):%Y-%m-%d}.csv"
    path.write_bytes(csv_bytes(_HEADER, rows))
    return [path]
