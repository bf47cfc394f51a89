"""docs/adding-a-source.md, followed: a toy platform is one package, and the registry, the reader and the docs know it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline.sources
from pipeline.model.records import Interaction, Stored
from pipeline.sources import registry
from pipeline.sources.description import described
from tests.sources.harness import TinyArchive, TinyMember, read

_TOY = """
from collections.abc import Iterable, Iterator

from pipeline.formats.counting import lines
from pipeline.model.records import Interaction, Parsed, Person, Stored
from pipeline.model.survey import Account, Context, Owner, Survey
from pipeline.sources.base import Claim, Member, Platform, Reader, Shows, Source


def _recognise(archive) -> Iterable[Claim]:
    return [Claim(member.name, "pigeons", 1.0) for member in archive.members if member.head().startswith(b"pigeon ")]


def _parse(member: Member, context: Context) -> Iterator[Parsed]:
    for number, line in enumerate(member.read().decode().splitlines(), start=1):
        _, at, who, words = line.split(" ", 3)
        act = Interaction(who, "inbound", "message", int(at), text=words)
        yield Stored(f"line:{number}", (act, Person(who, handle=who)))


SOURCE = Source(
    name="pigeonpost",
    version=1,
    platforms=(Platform("pigeonpost", (Shows("message", "inbound", "full"),), ("message",), how_to_ask="Whistle."),),
    recognise=_recognise,
    readers={"pigeons": Reader(_parse, lines())},
    survey=lambda archive, claims, settings: Survey(Account("loft"), Owner(ids=frozenset({"loft"}))),
)
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    package = tmp_path / "pigeonpost"
    package.mkdir()
    (package / "__init__.py").write_text('"""Pigeon post."""\n', encoding="utf-8")
    (package / "source.py").write_text(_TOY, encoding="utf-8")
    monkeypatch.setattr(pipeline.sources, "__path__", [*pipeline.sources.__path__, str(tmp_path)])
    registry.sources.cache_clear()
    registry.platforms.cache_clear()
    yield
    monkeypatch.undo()
    for name in [name for name in sys.modules if name.startswith("pipeline.sources.pigeonpost")]:
        del sys.modules[name]
    registry.sources.cache_clear()
    registry.platforms.cache_clear()


@pytest.mark.usefixtures("toy")
def test_a_package_is_all_it_takes() -> None:
    source = registry.sources()["pigeonpost"]
    outcome = read(source, TinyArchive("loft.txt", [TinyMember("loft.txt", b"pigeon 5 ann coo coo\n")]))
    assert outcome.counted == {"loft.txt": 1}
    (record,) = outcome.items["loft.txt"]
    assert isinstance(record, Stored)
    assert record.rows[0] == Interaction("ann", "inbound", "message", 5, text="coo coo")
    assert "| message | them → you | all | full |" in described(registry.platforms()["pigeonpost"])
