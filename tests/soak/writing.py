"""Where the figures of long simulations go: the part of docs/validation.md between `<!-- NAME:begin -->` and `<!-- NAME:end -->`."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path


def replaced(text: str, name: str, section: str) -> str:
    """Return the text with the section between its marks; they are put at the end when there are none."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if begin not in text:
        text = f"{text.rstrip() or '# Validation'}\n\n{begin}{end}\n"
    head, rest = text.split(begin, 1)
    return f"{head}{begin}\n{section}\n{end}{rest.split(end, 1)[1]}"


def run(name: str, report: Callable[[int], str], about: str | None) -> None:
    """Parse the command line of a simulation, run it, and print its section or write it into a file."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--worlds", type=int, default=1000, help="simulated worlds a line of a table")
    parser.add_argument("--write", type=Path, help="file whose part between the marks is replaced")
    arguments = parser.parse_args()
    began = time.monotonic()
    section = report(arguments.worlds)
    if arguments.write is None:
        print(section)  # noqa: T201 - a script's output
        return
    path: Path = arguments.write
    path.write_text(
        replaced(path.read_text(encoding="utf-8") if path.exists() else "", name, section), encoding="utf-8"
    )
    print(f"{name}: {arguments.worlds} worlds a line in {time.monotonic() - began:.0f} s")  # noqa: T201 - a script's output
