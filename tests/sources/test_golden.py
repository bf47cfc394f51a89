"""Golden cases: a tiny export in, the rows expected beside it. Adding a case is adding a folder (see harness.py)."""

from pathlib import Path

import pytest

from pipeline.model.records import SetAside, Skipped, Stored
from pipeline.reading import scan_files
from pipeline.reading.recognition import Recognition
from pipeline.sources import registry
from tests.sources.harness import (
    TinyArchive,
    TinyMember,
    case_archive,
    golden_differences,
    outcome_json,
    read,
    read_settings,
)

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expected.json"))


def _id(case: Path) -> str:
    return case.relative_to(HERE).as_posix()


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_golden(case: Path) -> None:
    source = registry.sources()[case.parent.name]
    assert golden_differences(case, read(source, case_archive(case), read_settings(case))) == {}


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_every_record_is_accounted_for(case: Path) -> None:
    """The independent count equals what the reader stored, set aside and skipped, member by member."""
    source = registry.sources()[case.parent.name]
    outcome = read(source, case_archive(case), read_settings(case))
    for member, counted in outcome.counted.items():
        records = [item for item in outcome.items[member] if isinstance(item, Stored | SetAside | Skipped)]
        if counted is not None:
            assert len(records) == counted, member
        assert len({record.pointer for record in records}) == len(records), f"{member}: pointers are not unique"


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_an_archive_inside_an_archive_says_the_same(case: Path) -> None:
    """Exports lie zipped in a folder or in another zip: `li.zip!/Connections.csv` is `Connections.csv`."""
    source = registry.sources()[case.parent.name]
    archive = case_archive(case)
    inside = [TinyMember(f"li.zip!/{member.name}", member.content) for member in archive.members]
    alone, within = (
        outcome_json(read(source, each, read_settings(case)))
        for each in (archive, TinyArchive(archive.file_name, inside))
    )
    for row in within.get("set_aside", []):
        row["member"] = row["member"].removeprefix("li.zip!/")
    assert within == alone


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_surveys_can_be_kept_as_json(case: Path, tmp_path: Path) -> None:
    source = registry.sources()[case.parent.name]
    survey = read(source, case_archive(case), read_settings(case)).survey
    scan_files.save(tmp_path / "survey.json", Recognition(surveys={source.name: survey}))
    kept = scan_files.load(tmp_path / "survey.json", registry.sources())
    assert kept is not None
    assert kept.surveys[source.name] == survey


@pytest.mark.parametrize("name", sorted(registry.sources()))
def test_every_source_has_golden_cases(name: str) -> None:
    assert any(case.parent.name in {name, "threads" if name == "instagram" else name} for case in CASES)
