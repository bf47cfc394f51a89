"""Threads' part of the invented exports: a folder of Instagram's zip, so the same file is written (same world, same bytes)."""

from pathlib import Path

from pipeline.demo.world import World
from pipeline.demo.writers._instagram_export import write_export


def write(world: World, folder: Path) -> list[Path]:
    """Write the Instagram export (Threads inside) into the folder and return its file."""
    return write_export(world, folder)
