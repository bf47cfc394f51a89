"""The report and its pseudonymised twin."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from pipeline.home.paths import Home
from pipeline.home.pseudonym_key import pseudonym_key
from pipeline.home.settings import Settings
from pipeline.orchestration.resources import Session
from pipeline.orchestration.table_assets import file
from pipeline.warehouse.connection import published


@file("altair")
def report(warehouse: Path, settings: Settings, session: Session) -> Path:
    """One HTML file that needs no network, and the numbers behind each chart."""
    from reports.build import write_reports  # noqa: PLC0415 - Altair costs most of a second; only this asset needs it

    home = session.home()
    with _published(warehouse, home) as ask:
        write_reports(ask, home.reports, settings=settings)
    return home.reports / "index.html"


@file("altair")
def shareable_report(report: Path, warehouse: Path, settings: Settings, session: Session) -> Path:
    """The report without names, texts and small groups, under pseudonyms; listed in the report's manifest."""
    from reports.shareable.build import write_shareable  # noqa: PLC0415 - Altair, as above

    home = session.home()
    with _published(warehouse, home) as ask:
        return write_shareable(ask, report.parent, key=pseudonym_key(home), settings=settings)


@contextmanager
def _published(warehouse: Path, home: Home) -> Iterator[Callable[[str], pl.DataFrame]]:
    """Give what runs one SQL text on the published warehouse and returns its rows."""
    with published(warehouse, home.tmp) as connection:

        def ask(sql: str) -> pl.DataFrame:
            frame: pl.DataFrame = connection.sql(sql).pl()
            return frame

        yield ask
