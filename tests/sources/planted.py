"""Read demo exports back and compare with the tiny worlds that they were written from."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.demo.world import Act, Bond, Persona, Post, World
from pipeline.model.records import Interaction, Stored, Tie, Unattributed
from pipeline.sources import registry
from tests.sources.harness import Outcome, archive_of, read

AT = 1_714_550_400_000_000
"""2024-05-01 08:00:00 UTC."""
MINUTE = 60_000_000


def world(
    platform: str,
    handles: dict[str, tuple[str, str]],
    acts: Sequence[Act],
    bonds: Sequence[Bond] = (),
    posts: Sequence[Post] = (),
) -> World:
    """Return a world on one platform; `handles`: persona key (`owner` among them) -> handle and native id."""
    people = {
        key: Persona(
            key,
            f"Person {key}",
            f"{key}@post.example",
            "https://x.example/",
            audience=10,
            handles={platform: handle},
            native_ids={platform: native},
        )
        for key, (handle, native) in handles.items()
    }
    others = tuple(person for key, person in people.items() if key != "owner")
    return World(
        people["owner"],
        others,
        tuple(acts),
        tuple(bonds),
        posts=tuple(posts),
        starts_at=AT - 86_400_000_000,
        exported_at=AT + 86_400_000_000,
        seed=1,
    )


def read_back(source: str, files: Sequence[Path], folder: Path) -> list[Outcome]:
    """Unpack and read the written files, each as an archive of its own."""
    outcomes = []
    for file in files:
        place = folder / f"{file.name}.unpacked"
        place.mkdir()
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as packed:
                packed.extractall(place)
        else:
            (place / file.name).write_bytes(file.read_bytes())
        outcomes.append(read(registry.sources()[source], archive_of(place, file.name)))
    return outcomes


def rows(outcomes: Sequence[Outcome]) -> list[Interaction | Tie | Unattributed]:
    """Return all rows of all archives."""
    records = [item for outcome in outcomes for items in outcome.items.values() for item in items]
    return [
        row
        for record in records
        if isinstance(record, Stored)
        for row in record.rows
        if isinstance(row, Interaction | Tie | Unattributed)
    ]


def interactions(outcomes: Sequence[Outcome]) -> list[tuple[str, str, str, int, str]]:
    """Return (person, direction, kind, time, text) of all interactions, sorted."""
    found = [row for row in rows(outcomes) if isinstance(row, Interaction)]
    return sorted((row.person, row.direction, row.kind, row.at, row.text or "") for row in found)


def linked(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Return (text of the answer, text of what it answers) of the interactions whose reply link resolves, sorted."""
    found = [row for row in rows(outcomes) if isinstance(row, Interaction)]
    texts = {row.native_id: row.text or "" for row in found if row.native_id}
    return sorted((row.text or "", texts[row.reply_to]) for row in found if row.reply_to in texts)


def ties(outcomes: Sequence[Outcome]) -> list[tuple[str, str, int | None]]:
    """Return (person, kind, since) of all ties, sorted."""
    return sorted(((row.person, row.kind, row.since) for row in rows(outcomes) if isinstance(row, Tie)), key=str)


def posts(outcomes: Sequence[Outcome]) -> list[tuple[int | None, str | None]]:
    """Return (time, text) of all posts to nobody."""
    return [(row.at, row.text) for row in rows(outcomes) if isinstance(row, Unattributed) and row.kind == "post"]
