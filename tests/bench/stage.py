"""Runs one asset over the working tables of a home, alone in its process: `python -m tests.bench.stage HOME ASSET`.

Prints one line of JSON: name, wall and cpu (seconds of the asset alone) and peak (GiB of the whole process).
"""
# ruff: noqa: T201 - its output is its result

import importlib
import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Final

from pipeline.orchestration.resources import Session

STAGES: Final = {
    "dropped_links": "matching", "matched": "matching",
    "standing": "people", "timelines": "people", "words": "people", "levelled": "people",
    "gesture_dimensions": "rates", "chance": "rates", "comparisons": "rates",
    "rates": "rates",
    "balances": "people", "contact_reciprocation": "people", "dance": "people",
    "funnel": "people", "answer_kinds": "people", "monthly": "people",
}  # fmt: skip
"""Asset -> module of `pipeline.orchestration.assets`, in an order in which each finds what it reads."""


def peak_gib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def run(home: str, name: str) -> dict[str, float | str]:
    """Run the body of the asset, without what Dagster does around it."""
    asset = getattr(importlib.import_module(f"pipeline.orchestration.assets.{STAGES[name]}"), name)
    body = asset.op.compute_fn.decorated_fn
    wall, cpu = time.perf_counter(), time.process_time()
    made = body(Session(home_folder=home, locked=True))
    if isinstance(made, Iterator):
        for _ in made:
            pass
    return {
        "name": name, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": peak_gib(),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(run(*sys.argv[1:3])))
