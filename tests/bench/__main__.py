"""Times what has a target: `python -m tests.bench [NAME ...]` (make bench). Ends with status 1 when a target is missed.

Seconds are those on the wall, so the machine should have nothing else to do: the first line says on what was measured.
"""
# ruff: noqa: T201 - a benchmark speaks to the terminal

import argparse
from collections.abc import Callable, Iterator, Mapping

from tests.bench.targets import BENCHES, BY_NAME, Figure, machine


def report(benches: Mapping[str, Callable[[], Iterator[Figure]]]) -> int:
    """Run the benches and print their table; return how many targets were missed. One that fails doesn't stop the others."""
    missed = 0
    for name, bench in benches.items():
        try:
            for figure in bench():
                missed += figure.missed()
                print(figure.line(), flush=True)
        except RuntimeError as error:
            missed += 1
            print(f"{name:50} {'failed':>10}: {error}", flush=True)
    return missed


def main() -> int:
    """Run the named benches (without a name, all that need no name)."""
    every = BENCHES | BY_NAME
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHES)}; only by name: {', '.join(BY_NAME)}"
    )
    names = parser.parse_args().names or list(BENCHES)
    if unknown := sorted(set(names) - set(every)):
        parser.error(f"no such bench: {', '.join(unknown)}; there are {', '.join(every)}")
    print(machine(), flush=True)
    return int(report({name: every[name] for name in names}) > 0)


if __name__ == "__main__":
    raise SystemExit(main())
