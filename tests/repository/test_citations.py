"""Every rule that is cited is defined in docs/methods.md or a chapter below docs/methods/; nothing cites a document from outside."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pipeline
from tests.repository.markdown import headings

ROOT = Path(pipeline.__file__).parents[1]
CHAPTERS = [ROOT / "docs" / "methods.md", *sorted((ROOT / "docs" / "methods").glob("*.md"))]
PLACES = ["pipeline", "reports", "sql", "tests", "docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile"]
KINDS = {".py", ".sql", ".md", ".css", ".js", ".toml", ".txt", ".json", ".yaml", ""}

CITATION = re.compile(r"\bmethods:([a-z0-9][a-z0-9-]*)")
OUTSIDE = re.compile(
    r"\b(METHODS|CONTRACT|RELIABILITY|REPORTS)\b(?!_)|\b[Rr]ulings? \d|\b[Pp]arts? ([A-H]|I|II|III|IV|V|VI|VII|VIII)\b|\ba later part\b"
)


def files() -> Iterator[Path]:
    """Yield the files of the repository that are written by hand (licences aren't), this one excepted."""
    for place in PLACES:
        path = ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            written = file.suffix in KINDS and "__pycache__" not in file.parts and file.name != "LICENSE"
            if file.is_file() and written and file != Path(__file__):
                yield file


@cache
def lines() -> list[tuple[str, str]]:
    """Return (path:line number, text) for every line of the repository."""
    return [
        (f"{file.relative_to(ROOT)}:{number}", line)
        for file in files()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
    ]


def rules() -> list[str]:
    """Return the names of all rules: the anchors of headings of the third level."""
    return [name for chapter in CHAPTERS for name in headings(chapter, "###")]


def test_every_rule_is_defined_once() -> None:
    names = rules()
    assert sorted(names) == sorted(set(names))


def test_every_cited_rule_is_defined() -> None:
    known = set(rules())
    missing = {where: rule for where, line in lines() for rule in CITATION.findall(line) if rule not in known}
    assert missing == {}


def test_nothing_cites_a_document_from_outside() -> None:
    found = {where: line.strip() for where, line in lines() if OUTSIDE.search(line)}
    assert found == {}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_has_at_most_600_lines(chapter: Path) -> None:
    assert len(chapter.read_text(encoding="utf-8").splitlines()) <= 600


LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize(
    "page",
    sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, section = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.exists(), target
        assert not section or section in headings(other), target
