"""Ghost's part of the demo: the members CSV."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, letters, moment
from pipeline.demo.shared.subscribers import subscribers
from pipeline.demo.world import World

_HEADER = (
    "id", "email", "name", "note", "subscribed_to_emails", "complimentary_plan", "stripe_customer_id", "created_at", "deleted_at",
    "labels", "tiers",
)  # fmt: skip


def _time(at: int | None) -> str:
    return "" if at is None else moment(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write(world: World, folder: Path) -> list[Path]:
    """Write the members; return the CSV."""
    rows = [
        (
            letters(one.persona.key, 24, "0123456789abcdef"), one.persona.email, one.persona.name, "", "true" if one.left is None else "false",
            "false", "", _time(one.joined), _time(one.left), "", "",
        )
        for one in subscribers(world, "ghost")
    ]  # fmt: skip
    path = folder / f"members.{moment(world.exported_at):%Y-%m-%d}.csv"
    path.write_bytes(csv_bytes(_HEADER, rows))
    return [path]
