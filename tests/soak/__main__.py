"""Long runs: `python -m tests.soak [--worlds 1000] [--rounds 200]` (make soak).

Simulates worlds with known truth and writes the figures to docs/validation.md, then fuzzes the matcher and the readers.
Ends with status 1 when a log gives another result in another order, or a reader fails on a damaged export.
"""
# ruff: noqa: T201 - a script's output

import argparse
import subprocess
import sys
from pathlib import Path

from tests.soak import grammars
from tests.soak.fuzz import fuzz

ROOT = Path(__file__).resolve().parents[2]
EXPORTS_A_ROUND = 50
"""Damaged exports read for each log matched: they take less time."""


def main() -> int:
    """Simulate, then fuzz."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--write", default=str(ROOT / "docs" / "validation.md"))
    own = parser.parse_args()
    for name in ("rates", "chance", "identities", "texts"):
        command = [sys.executable, "-m", f"tests.soak.{name}", "--worlds", str(own.worlds), "--write", own.write]
        subprocess.run(command, cwd=ROOT, check=True)
    differed = fuzz(own.rounds)
    print(f"fuzzing: {own.rounds} logs, {differed} differed in another order")
    damaged = grammars.fuzz(own.rounds * EXPORTS_A_ROUND)
    print(*damaged.failures, sep="\n")
    print(f"fuzzing: {own.rounds * EXPORTS_A_ROUND} damaged exports, {len(damaged.failures)} failed")
    return int(differed > 0 or bool(damaged.failures))


if __name__ == "__main__":
    raise SystemExit(main())
