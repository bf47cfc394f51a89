"""Runs one step over the working tables of a home, alone in its process: `python -m tests.bench.stage HOME STEP`.

Prints one line of JSON: name, wall and cpu (seconds of the step alone) and peak (GiB of the whole process).
"""
# ruff: noqa: T201 - its output is its result

import json
import resource
import sys
import time
from typing import Final

from pipeline.orchestration.resources import Session
from tests.orchestration.steps import execute, steps

GROUPS: Final = ("texts", "matching", "people", "chance", "reciprocation")
STAGES: Final = {
    step.op.name: group
    for step in steps(("warehouse",))
    if (group := next(iter(step.group_names_by_key.values()))) in GROUPS
}
"""Step -> its group, in an order in which each finds what it reads."""


def peak_gib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def run(home: str, name: str) -> dict[str, float | str]:
    """Run one step on the working tables of a home, without what Dagster does around it."""
    (step,) = [step for step in steps(("warehouse",)) if step.op.name == name]
    wall, cpu = time.perf_counter(), time.process_time()
    execute(step, Session(home_folder=home, locked=True))
    return {
        "name": name, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": peak_gib(),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(run(*sys.argv[1:3])))
