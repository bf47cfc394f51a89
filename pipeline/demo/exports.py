"""Write the exports of all platforms for one invented world."""

import importlib
import pkgutil
from pathlib import Path

import pipeline.demo.writers
from pipeline.demo.world import World


def write_exports(world: World, folder: Path) -> list[Path]:
    """Run every module of `pipeline.demo.writers` and return the files, sorted; the same world gives the same bytes."""
    written: list[Path] = []
    for module in pkgutil.iter_modules(pipeline.demo.writers.__path__):
        written += importlib.import_module(f"pipeline.demo.writers.{module.name}").write(world, folder)
    return sorted(written)
