"""Write the invented exports: every platform's writer on one world."""

import importlib
import pkgutil
from pathlib import Path

import pipeline.demo.writers
from pipeline.demo.world import World


def write_exports(world: World, folder: Path) -> list[Path]:
    """Write one export a platform into the folder and return the files, sorted; the same world gives the same bytes."""
    written: set[Path] = set()
    for module in sorted(info.name for info in pkgutil.iter_modules(pipeline.demo.writers.__path__)):
        if not module.startswith("_"):
            written.update(importlib.import_module(f"pipeline.demo.writers.{module}").write(world, folder))
    return sorted(written)
