"""Times what has a target: `python -m tests.bench [NAME ...]` (make bench). Ends with status 1 when a target is missed."""
# ruff: noqa: T201 - a benchmark speaks to the terminal

import argparse

from tests.bench.targets import BENCHES


def main() -> int:
    """Run the named benches (all without a name) and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    names = parser.parse_args().names or list(BENCHES)
    if unknown := sorted(set(names) - set(BENCHES)):
        parser.error(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    missed = 0
    print(f"{'':44} {'measured':>14} {'target':>12}")
    for name in names:
        try:
            for what, value, unit, limit in BENCHES[name]():
                over = limit is not None and value > limit
                missed += over
                target = "" if limit is None else f"{limit:g} {unit}"
                print(f"{what:44} {value:10.2f} {unit:3} {target:>12}{'  missed' if over else ''}", flush=True)
        except RuntimeError as error:
            missed += 1
            print(f"{name:44} {'failed':>14}: {error}", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
