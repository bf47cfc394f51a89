"""docs/adding-a-source.md, followed: a platform is one package and its golden folders, and nothing else is edited."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import pipeline.sources
from pipeline.documentation.pages import pages
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading.archives import read_archives
from pipeline.sources import registry
from reports.wording import platform_labels
from tests.sources.harness import case_archive, golden_differences, read

_TOY = '''"""Pigeon post as a source: one line a message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.formats.counting import lines
from pipeline.model.records import Interaction, Parsed, Person, Stored
from pipeline.model.survey import Account, Context, Owner, SourceFacts, Survey
from pipeline.sources.base import Claim, Member, Platform, Reader, Shows, Source


@dataclass(frozen=True)
class PigeonFacts(SourceFacts):
    loft: str = ""


def _recognise(archive) -> Iterable[Claim]:
    return [Claim(member.name, "pigeons", 1.0) for member in archive.members if member.head().startswith(b"pigeon ")]


def _survey(archive, claims, settings) -> Survey:
    loft = archive.file_name.removesuffix(".txt")
    return Survey(Account(loft), Owner(ids=frozenset({loft})), facts=PigeonFacts(loft))


def _parse(member: Member, context: Context) -> Iterator[Parsed]:
    for number, line in enumerate(member.read().decode().splitlines(), start=1):
        _, at, name, text = line.split(" ", 3)
        act = Interaction(name, "inbound", "message", int(at), thread=context.facts(PigeonFacts).loft, text=text)
        yield Stored(f"line:{number}", (act, Person(name, handle=name)))


PIGEON_POST = Platform(
    name="pigeonpost",
    label="Pigeon Post",
    shows=(Shows("message", "inbound", "full", readers=("pigeons",)),),
    known_classes=("message",),
    account_is_person=True,
    how_to_ask="Whistle.",
    cannot_show="Messages that you sent.",
)

SOURCE = Source(
    name="pigeonpost",
    version=1,
    platforms=(PIGEON_POST,),
    recognise=_recognise,
    readers={"pigeons": Reader(_parse, lines())},
    survey=_survey,
    facts=PigeonFacts,
)
'''
_EXPECTED = {
    "account": "loft",
    "interactions": [
        {
            "person": "ann",
            "direction": "inbound",
            "kind": "message",
            "at": "2023-11-14T22:13:20Z",
            "thread": "loft",
            "text": "coo coo",
        }
    ],
    "persons": [{"native_id": "ann", "handle": "ann"}],
}
_LINE = "pigeon 1700000000000000 ann coo coo\n"


@pytest.fixture(autouse=True)
def pigeon_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    package = tmp_path / "sources" / "pigeonpost"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Pigeon post."""\n', encoding="utf-8")
    (package / "source.py").write_text(_TOY, encoding="utf-8")
    monkeypatch.setattr(pipeline.sources, "__path__", [*pipeline.sources.__path__, str(package.parent)])
    registry.sources.cache_clear()
    registry.platforms.cache_clear()
    yield
    monkeypatch.undo()
    for name in [name for name in sys.modules if name.startswith("pipeline.sources.pigeonpost")]:
        del sys.modules[name]
    registry.sources.cache_clear()
    registry.platforms.cache_clear()


def test_a_golden_folder_is_compared(tmp_path: Path) -> None:
    case = tmp_path / "golden"
    (case / "input").mkdir(parents=True)
    (case / "input" / "loft.txt").write_text(_LINE, encoding="utf-8")
    source = registry.sources()["pigeonpost"]
    for expected, differences in ((_EXPECTED, 0), ({**_EXPECTED, "account": "barn"}, 1)):
        (case / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
        outcome = read(source, case_archive(case))
        assert outcome.counted == {"loft.txt": 1}
        assert len(golden_differences(case, outcome)) == differences


def test_its_archives_are_read_and_a_second_account_is_set_aside(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    for number, loft in enumerate(("barn", "loft")):
        text = _LINE.replace("0 ann", f"{number} ann")
        (home.exports / f"{loft}.txt").write_text(text, encoding="utf-8")
    first, second = read_archives(home, Settings(), [], lambda _line: None, workers=0)
    assert (first.platform, first.status, first.account_ids) == ("pigeonpost", "complete", ("barn",))
    assert first.folder is not None
    assert pl.read_parquet(first.folder / "interactions.parquet")["text"].to_list() == ["coo coo"]
    assert second.reason.startswith("other_account: of another pigeonpost account, loft")


def test_its_page_and_its_name_in_the_report_are_made_from_the_declaration() -> None:
    page = pages()["sources/pigeonpost.md"]
    assert "# Pigeon Post" in page
    assert "| message | them → you | all | full |" in page
    assert "pigeonpost" in pages()["sources/index.md"]
    assert platform_labels()["pigeonpost"] == "Pigeon Post"
