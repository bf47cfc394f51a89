"""Mutated exports against the readers: `python -m tests.soak.grammars [--rounds 500]`.

Takes the golden exports, damages one member of each round line by line and byte by byte, and reads the archive as the
pipeline does. A reader that fails is an error. Records that the independent counter sees and the reader does not yield
are set aside as `unaccounted` in a real run; how many rounds have some is printed, because the ledger must notice them.
"""
# ruff: noqa: T201, S311 - a script's output; the random numbers are seeded on purpose

import argparse
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.model.records import SetAside, Skipped, Stored
from pipeline.sources import registry
from tests.sources.harness import TinyArchive, TinyMember, case_archive, read, read_settings

SOURCES: Final = Path(__file__).resolve().parents[1] / "sources"
_MARKS: Final = ("\u200e", "\u200f", "\u202f", ": ", " - ", "From ", "\n", "\r\n", '"', ",", ";", "{", "]", "\x00", "١")


class Result(NamedTuple):
    """What the rounds came to."""

    failures: tuple[str, ...]
    """Seed, case and exception of each round in which a reader failed."""
    uneven: int
    """Rounds in which counter and reader disagree."""


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def mutate(content: bytes, rng: random.Random) -> bytes:
        lines = content.splitlines(keepends=True)
        if lines:
            change(lines, rng)
        return b"".join(lines)

    return mutate


def _drop(lines: list[bytes], rng: random.Random) -> None:
    del lines[rng.randrange(len(lines))]


def _double(lines: list[bytes], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    lines.insert(at, lines[at])


def _swap(lines: list[bytes], rng: random.Random) -> None:
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _insert(content: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(content))
    return content[:at] + rng.choice(_MARKS).encode() + content[at:]


def _flip(content: bytes, rng: random.Random) -> bytes:
    if not content:
        return content
    at = rng.randrange(len(content))
    return content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randint(0, len(content))]


MUTATIONS: Final = (_lines(_drop), _lines(_double), _lines(_swap), _insert, _flip, _cut)


def mutated(archive: TinyArchive, rng: random.Random) -> TinyArchive:
    """Return the archive with one member damaged one to four times."""
    members = list(archive.members)
    at = rng.randrange(len(members))
    content = members[at].content
    for _ in range(rng.randint(1, 4)):
        content = rng.choice(MUTATIONS)(content, rng)
    members[at] = TinyMember(members[at].name, content)
    return TinyArchive(archive.file_name, members)


def fuzz(rounds: int) -> Result:
    """Read `rounds` damaged golden exports; the same number gives the same rounds."""
    cases = sorted(path.parent for path in SOURCES.glob("*/*/input") if any(f.is_file() for f in path.rglob("*")))
    failures, uneven = [], 0
    for seed in range(rounds):
        rng = random.Random(seed)
        case = rng.choice(cases)
        source = registry.sources()[case.parent.name]
        archive = mutated(case_archive(case), rng)
        try:
            outcome = read(source, archive, read_settings(case))
        except Exception as error:  # noqa: BLE001 - whatever a reader raises is what this looks for
            failures.append(f"{seed} {case.parent.name}/{case.name}: {type(error).__name__}: {error}")
            continue
        yielded = {
            member: sum(isinstance(item, Stored | SetAside | Skipped) for item in items)
            for member, items in outcome.items.items()
        }
        uneven += any(count is not None and count != yielded[member] for member, count in outcome.counted.items())
    return Result(tuple(failures), uneven)


def main() -> int:
    """Fuzz, print what failed, and return 1 if anything did."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.grammars", description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    rounds = parser.parse_args().rounds
    found = fuzz(rounds)
    for failure in found.failures:
        print(failure)
    print(
        f"{rounds} damaged exports: {len(found.failures)} failed, {found.uneven} with a count that the ledger settles"
    )
    return int(bool(found.failures))


if __name__ == "__main__":
    raise SystemExit(main())
