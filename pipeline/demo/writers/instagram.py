"""Instagram's part of the invented exports: the zip that Threads shares."""

from pathlib import Path

from pipeline.demo.world import World
from pipeline.demo.writers._instagram_export import write_export


def write(world: World, folder: Path) -> list[Path]:
    """Write the Instagram export (Threads inside) into the folder and return its file."""
    return write_export(world, folder)
