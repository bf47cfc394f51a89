"""Read Markdown as tests need it: headings as anchors, and the table below a heading."""

import re
from pathlib import Path


def anchor(title: str) -> str:
    """Return the anchor that a heading gets in a browser: `Turn gap` -> `turn-gap`."""
    return re.sub(r"[^\w -]", "", title.strip().lower()).replace(" ", "-")


def headings(page: Path, mark: str = "#+") -> list[str]:
    """Return the anchors of a page's headings, those with the given mark only (`###`; default: all)."""
    found = re.findall(rf"^{mark} (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [anchor(title) for title in found]


def table_below(page: Path, heading: str) -> list[dict[str, str]]:
    """Return the rows of the last table below a heading (by its anchor), as column -> text."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith("#") and anchor(line.lstrip("# ")) == heading)
    end = next((k for k in range(start + 1, len(lines)) if lines[k].startswith("#")), len(lines))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:end] if line.startswith("|")]
    header = max(k for k, row in enumerate(cells) if set("".join(row)) <= set(":- ")) - 1
    return [dict(zip(cells[header], row, strict=True)) for row in cells[header + 2 :]]
