"""Write the report: `index.html`, the numbers behind each chart as CSV, and a manifest, all from published tables.

The same warehouse and settings give the same bytes. Every file is written aside, then renamed over the old one, so that a
reader sees either the old report or the new one, whole.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl
from altair.utils import schemapi

from reports import shares
from reports.files import MANIFEST, digest, manifest_text, write_file
from reports.model import Content, Context, Frames, ReportSettings, Section, Settings
from reports.page.shell import page_html
from reports.page.tables import csv_text
from reports.queries import Warehouse, fetch
from reports.sections.contacts import TABLE_COLUMNS
from reports.sections.registry import sections as all_sections

_TABLES: Final = "tables"


def write_reports(
    warehouse: Warehouse, folder: Path, *, settings: Settings | None = None, check_charts: bool = False
) -> list[Path]:
    """Write the report into a folder.

    Args:
        warehouse: runs one SQL text on the published warehouse and returns the rows.
        folder: `HOME/reports`; made when missing.
        settings: time zone of the dates; UTC when None.
        check_charts: validate every chart against Vega-Lite's schema (the tests do; it costs seconds).

    Returns:
        The files written: `index.html` first, then the CSVs by name, then `manifest.json`. CSVs of an earlier report
        that this one doesn't have are removed.
    """
    sections, context = compute(warehouse, settings or ReportSettings())
    tables = published_tables(sections)
    with schemapi.debug_mode(check_charts):
        files = {"index.html": page_html(sections, context)}
    files |= {f"{_TABLES}/{name}.csv": csv_text(frame) for name, frame in sorted(tables.items())}
    files[MANIFEST] = _manifest(files, sections)
    written = [write_file(folder / name, content) for name, content in files.items()]
    for stale in sorted((folder / _TABLES).glob("*.csv")):
        if stale not in written:
            stale.unlink()
    return written


def compute(warehouse: Warehouse, settings: Settings) -> tuple[list[tuple[Section, Content]], Context]:
    """Run each query that sections name once, and compute the sections."""
    zone = settings.time_zone
    fetched: dict[str, pl.DataFrame] = {}

    def frame(query: str) -> pl.DataFrame:
        if query not in fetched:
            rows = fetch(warehouse, query, zone)
            fetched[query] = shares.labelled(rows) if query == "reciprocation" else rows
        return fetched[query]

    context = Context(settings, frame("facts").row(0, named=True), frame("off_risk"), frame("visibility"))
    sections: list[tuple[Section, Content]] = []
    for section in all_sections():
        frames: Frames = {name: frame(query) for name, query in section.queries.items()}
        sections.append((section, section.build(frames, context)))
    return sections, context


def published_tables(sections: list[tuple[Section, Content]]) -> Mapping[str, pl.DataFrame]:
    """Return name -> frame of each table, as in its CSV; and `contacts`, one row per person."""
    tables = {figure.table.name: figure.table.raw for _, content in sections for figure in content.figures}
    for _, content in sections:
        if content.people is not None:
            tables["contacts"] = content.people.select([column.name for column in TABLE_COLUMNS])
    return tables


def _manifest(files: Mapping[str, str], sections: list[tuple[Section, Content]]) -> str:
    content = {
        "files": {name: digest(text) for name, text in files.items()},
        "headlines": {
            section.key: {"text": part.headline.text, "claims": [claim.as_json() for claim in part.headline.claims]}
            for section, part in sections
        },
    }
    return manifest_text(content)
