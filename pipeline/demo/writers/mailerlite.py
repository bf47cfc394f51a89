"""MailerLite's part of the demo: the subscriber CSV in the words of the programming interface."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, moment
from pipeline.demo.shared.subscribers import subscribers
from pipeline.demo.world import World

_HEADER = ("email", "name", "last_name", "status", "subscribed_at", "opted_in_at", "unsubscribed_at", "created_at")


def _time(at: int | None) -> str:
    return "" if at is None else f"{moment(at):%Y-%m-%d %H:%M:%S}"


def write(world: World, folder: Path) -> list[Path]:
    """Write the subscribers; return the CSV."""
    rows = [
        (
            one.persona.email, one.first, one.last, "active" if one.left is None else "unsubscribed", _time(one.joined), "",
            _time(one.left), _time(one.joined),
        )
        for one in subscribers(world, "mailerlite")
    ]  # fmt: skip
    path = folder / f"mailerlite_subscribers_{moment(world.exported_at):%Y-%m-%d}.csv"
    path.write_bytes(csv_bytes(_HEADER, rows))
    return [path]
