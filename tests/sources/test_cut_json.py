"""A JSON file cut exactly between two records, or before its last bracket, must not look whole: on no platform."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.formats.count_json import Unended
from pipeline.model.records import SetAside
from pipeline.sources import registry
from tests.sources.harness import Outcome, TinyArchive, archive_of, read, read_settings

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expected.json"))


def shows_damage(outcome: Outcome, member: str) -> bool:
    """Return whether the outcome shows that the member is not whole."""
    return isinstance(outcome.counted.get(member), Unended) or any(
        isinstance(item, SetAside) for item in outcome.items.get(member, ())
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HERE).as_posix())
def test_a_json_file_without_its_last_bracket_is_told_from_a_whole_one(case: Path) -> None:
    source = registry.sources()[case.parent.name]
    name = case / "name.txt"
    archive = archive_of(case / "input", name.read_text(encoding="utf-8").strip() if name.exists() else None)
    settings = read_settings(case)
    whole = read(source, archive, settings)
    for member in archive.members:
        text = member.content.rstrip(b" \r\n\t;")
        if not member.name.lower().endswith((".json", ".js")) or text[-1:] not in (b"]", b"}"):
            continue
        if not whole.counted.get(member.name) or shows_damage(whole, member.name):
            continue
        cut = [replace(other, content=text[:-1]) if other is member else other for other in archive.members]
        outcome = read(source, TinyArchive(archive.file_name, cut), settings)
        assert member.name not in outcome.counted or shows_damage(outcome, member.name), member.name
