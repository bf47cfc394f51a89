"""beehiiv's part of the demo: the full subscriber CSV."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, moment
from pipeline.demo.shared.subscribers import subscribers
from pipeline.demo.world import World

_HEADER = (
    "email",
    "First Name",
    "Last Name",
    "status",
    "tier",
    "created_at",
    "stripe_customer_id",
    "Free Tier",
    "unsubscribed_at",
)


def _time(at: int | None) -> str:
    return "" if at is None else f"{moment(at):%Y-%m-%d %H:%M:%S} UTC"


def write(world: World, folder: Path) -> list[Path]:
    """Write the subscribers; return the CSV."""
    rows = [
        (
            one.persona.email, one.first, one.last, "active" if one.left is None else "inactive", "free", _time(one.joined), "", "Yes",
            _time(one.left),
        )
        for one in subscribers(world, "beehiiv")
    ]  # fmt: skip
    path = folder / f"beehiiv_subscribers_{moment(world.exported_at):%Y-%m-%d}.csv"
    path.write_bytes(csv_bytes(_HEADER, rows))
    return [path]
