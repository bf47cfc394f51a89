"""The report."""

from pathlib import Path

import polars as pl

from pipeline.home.settings import Settings
from pipeline.orchestration.resources import Session
from pipeline.orchestration.table_assets import file
from pipeline.warehouse.connection import published


@file("altair")
def report(warehouse: Path, settings: Settings, session: Session) -> Path:
    """One HTML file that needs no network, and the numbers behind each chart."""
    from reports.build import write_reports  # noqa: PLC0415 - Altair costs most of a second; only this asset needs it

    home = session.home()
    with published(warehouse, home.tmp) as connection:

        def ask(sql: str) -> pl.DataFrame:
            frame: pl.DataFrame = connection.sql(sql).pl()
            return frame

        write_reports(ask, home.reports, settings=settings)
    return home.reports / "index.html"
