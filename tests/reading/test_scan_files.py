"""Surveys are kept as JSON and come back as the typed classes that they were."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from pipeline.model.survey import Account, Context, Owner, ReadSettings, SourceFacts, Survey
from pipeline.reading import scan_files
from pipeline.reading.recognition import Recognition
from pipeline.sources.base import Claim, Source


class Seen(NamedTuple):
    at: int
    who: str | None


@dataclass(frozen=True, slots=True)
class ToyFacts(SourceFacts):
    channels: Mapping[str, Seen] = field(default_factory=dict)
    by_number: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    gap: int | None = None
    partial: bool = False


FACTS = ToyFacts({"a": Seen(5, None)}, {7: ("x", "y")}, frozenset({"me"}), 60, partial=True)


def kept(folder: Path, survey: Survey, source: Source) -> Survey:
    found = Recognition({"toy": [Claim("chat.json", "chat", 0.9)]}, {"toy": survey}, ["ask for JSON"])
    scan_files.save(folder / "survey.json", found)
    loaded = scan_files.load(folder / "survey.json", {"toy": source})
    assert loaded is not None
    assert (loaded.claims, loaded.refusals) == (found.claims, found.refusals)
    return loaded.surveys["toy"]


def test_a_survey_comes_back_as_it_was(tmp_path: Path, toy: ModuleType) -> None:
    survey = Survey(Account("me", handle="@me"), Owner(ids=frozenset({"me"})), 5, notes=["a note"], facts=FACTS)
    assert kept(tmp_path, survey, dataclasses.replace(toy.TOY, facts=ToyFacts)) == survey
    assert kept(tmp_path, Survey(), toy.TOY) == Survey()


def test_facts_of_another_shape_are_surveyed_again(tmp_path: Path, toy: ModuleType) -> None:
    source = dataclasses.replace(toy.TOY, facts=ToyFacts)
    kept(tmp_path, Survey(facts=FACTS), source)
    path = tmp_path / "survey.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["surveys"]["toy"]["facts"]["gap"] = "an hour"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert scan_files.load(path, {"toy": source}) is None


def test_a_reader_gets_its_own_kind_of_facts() -> None:
    assert Context(ReadSettings(), Survey(facts=FACTS), {}).facts(ToyFacts) is FACTS
    assert Context(ReadSettings(), Survey(), {}).facts(ToyFacts) == ToyFacts()


def test_facts_of_sister_archives_unite_and_own_ones_win() -> None:
    older = ToyFacts({"a": Seen(1, "old"), "b": Seen(2, "b")}, own=frozenset({"former"}), gap=30)
    merged = (Survey(facts=FACTS) | Survey(facts=older) | Survey()).facts
    assert merged == ToyFacts(
        {"a": Seen(5, None), "b": Seen(2, "b")}, {7: ("x", "y")}, frozenset({"me", "former"}), 60, partial=True
    )
    assert (Survey() | Survey(facts=older)).facts == older
