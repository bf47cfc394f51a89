"""Write `shareable.html`, the pseudonymised twin of the report."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl
from altair.utils import schemapi

from reports import shares
from reports.files import add_to_manifest, write_file
from reports.model import Content, Context, ReportSettings, Section, Settings
from reports.page.shell import page_html
from reports.queries import Warehouse, fetch
from reports.sections.registry import sections as all_sections
from reports.shareable import groups
from reports.shareable.allowed import ALLOWED
from reports.shareable.pseudonyms import pseudonyms
from reports.shareable.sanitise import FEWEST_PEOPLE, sanitised, with_enough_people, with_merged_cells

NAME: Final = "shareable.html"
BANNER: Final = "Pseudonymised. People who know you may still guess who is meant."
TOO_FEW: Final = f"{BANNER} Nothing is shown: these archives have too few people ({FEWEST_PEOPLE} needed on each side)."


def write_shareable(
    warehouse: Warehouse, folder: Path, *, key: bytes, settings: Settings | None = None, check_charts: bool = False
) -> Path:
    """Write the pseudonymised report and list it in the manifest.

    Args:
        warehouse: runs one SQL text on the published warehouse and returns the rows.
        folder: `HOME/reports`.
        key: the home's secret key of pseudonyms.
        settings: time zone in which months begin and end; UTC when None.
        check_charts: validate every chart against Vega-Lite's schema.

    Returns:
        The file written. The same warehouse, key and settings give the same bytes.
    """
    with schemapi.debug_mode(check_charts):
        content = shareable_html(warehouse, key, settings or ReportSettings())
    path = write_file(folder / NAME, content)
    add_to_manifest(folder, NAME, content)
    return path


def shareable_html(warehouse: Warehouse, key: bytes, settings: Settings) -> str:
    """Return the page, made of sanitised frames only."""
    frame = _frames(warehouse, key, settings.time_zone)
    context = Context(ReportSettings(), frame("facts").row(0, named=True), frame("off_risk"), frame("visibility"))
    if not context.facts["archives"]:
        return page_html([], context, banner=BANNER)
    sides = frame("reciprocation").filter(pl.col("dimension") == "all")
    if context.facts["contacts"] < FEWEST_PEOPLE or sides.is_empty():
        return page_html([], _nothing_known(context), banner=TOO_FEW)
    found: list[tuple[Section, Content]] = []
    for section in (groups.SECTION, *all_sections()):
        if not section.shareable or not set(section.queries.values()) <= set(ALLOWED):
            continue
        frames = {name: frame(query) for name, query in section.queries.items()}
        if "steps" in frames and section.queries["steps"] == "dance_steps":
            merged = with_merged_cells(frames["steps"])
            if merged is None:
                continue
            frames["steps"] = merged
        found.append((section, section.build(frames, context)))
    return page_html(found, context, banner=BANNER)


def _nothing_known(context: Context) -> Context:
    """Return the facts without any number: a total of three people is a small group as well."""
    facts = {name: 0 if isinstance(value, int) else None for name, value in context.facts.items()}
    return Context(
        context.settings, {**facts, "archives": context.facts["archives"]}, context.off_risk, context.visibility
    )


def _frames(warehouse: Warehouse, key: bytes, zone: str) -> Callable[[str], pl.DataFrame]:
    """Return what fetches a query once and sanitises it; nothing else of the warehouse reaches the page."""
    fetched: dict[str, pl.DataFrame] = {}

    def raw(query: str) -> pl.DataFrame:
        if query not in fetched:
            fetched[query] = fetch(warehouse, query, zone)
        return fetched[query]

    names = {
        **pseudonyms(raw("visibility")["account_id"].drop_nulls(), "Account", key),
        **pseudonyms(raw("conservation")["archive_id"].drop_nulls(), "Archive", key),
    }
    safe: dict[str, pl.DataFrame] = {}

    def frame(query: str) -> pl.DataFrame:
        if query not in safe:
            rows = sanitised(query, raw(query), names)
            if query == "lag_curves":
                rows = with_enough_people(rows, frame("lag_quantiles"))
            safe[query] = shares.labelled(rows) if query == "reciprocation" else rows
        return safe[query]

    return frame
