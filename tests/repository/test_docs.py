"""Documents made from the code are as the code is; what is written by hand names every part."""

from pathlib import Path

import pytest

import pipeline
from pipeline.cli import COMMANDS
from pipeline.documentation.pages import column_row, pages
from pipeline.home.options import OPTIONS
from pipeline.model.codes import CLASSES
from pipeline.model.tables import tables
from pipeline.sources.registry import platforms, sources
from pipeline.warehouse.sql_files import sql_files
from reports.model import Section
from reports.sections.registry import sections

ROOT = Path(pipeline.__file__).parents[1]
DOCS = ROOT / "docs"


def words() -> str:
    """Return README and every page of docs/."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))])


@pytest.mark.parametrize("name", pages())
def test_made_pages_are_as_the_code_is(name: str) -> None:
    """Not so? `make docs`."""
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name]


def test_no_page_is_left_of_a_source_that_is_gone() -> None:
    assert {f"sources/{path.name}" for path in (DOCS / "sources").glob("*.md")} == {
        name for name in pages() if name.startswith("sources/")
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## dancecard {command}\n" in pages()["commands.md"]


@pytest.mark.parametrize("option", [option.name for option in OPTIONS])
def test_every_setting_is_documented_with_its_default(option: str) -> None:
    (line,) = [line for line in pages()["commands.md"].splitlines() if line.startswith(f"| `{option}` |")]
    assert len(line.split(" | ")) == 3


@pytest.mark.parametrize("table", tables())
def test_every_table_and_column_is_documented(table: str) -> None:
    page = pages()["tables.md"].partition(f"\n## {table}\n")[2].partition("\n## ")[0]
    for column in tables()[table].columns:
        assert column_row(column) in page
    assert len(tables()[table].comment) > 10


@pytest.mark.parametrize("folder", ["views", "macros", "queries"])
def test_every_view_macro_and_query_is_documented(folder: str) -> None:
    for file in sql_files(folder).values():
        assert f"| `{file.name}` | {file.question} |" in pages()["tables.md"]


def test_every_platform_says_how_to_ask_and_what_it_can_not_show() -> None:
    for source in sources().values():
        for platform in source.platforms:
            assert platform.how_to_ask.strip(), platform.name
            assert platform.cannot_show.strip(), platform.name
            assert set(platform.known_classes) <= set(CLASSES)
    assert all(f"sources/{name}.md" in pages() for name in platforms())


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.key)
def test_every_section_of_the_report_asks_a_question_and_is_documented(section: Section) -> None:
    assert section.question.endswith("?")
    assert section.title in words()
