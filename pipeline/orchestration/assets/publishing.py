"""From working tables to what others open: the warehouse, published whole, and the report."""

import dagster as dg
import polars as pl

from pipeline.orchestration.assets.writing import Written
from pipeline.orchestration.resources import Session
from pipeline.orchestration.working_tables import Tables
from pipeline.warehouse.connection import published
from pipeline.warehouse.publishing import publish
from pipeline.warehouse.sql_files import tables

PUBLISHED = tuple(tables())
"""Every table of the warehouse is an asset (or one of a multi-asset) of the same name."""


@dg.asset(deps=list(PUBLISHED), group_name="publishing", kinds={"duckdb"}, pool="home")
def warehouse(session: Session) -> Written:
    """Build the warehouse aside, check it in a fresh process, swap it in: readers are never blocked and never blocked on."""
    home, store = session.home(), session.store()
    publish(home.warehouse, home.state / "warehouse.building", Tables(store, PUBLISHED))
    return dg.MaterializeResult(metadata={"size_bytes": home.warehouse.stat().st_size})


@dg.asset(deps=["warehouse"], group_name="reports", kinds={"altair"}, pool="home")
def report(session: Session) -> Written:
    """Write the report: one HTML file without network, and the numbers behind each chart."""
    from reports.build import write_reports  # noqa: PLC0415 - Altair costs most of a second; only this asset needs it

    home = session.home()
    with published(home.warehouse, home.tmp) as connection:

        def ask(sql: str) -> pl.DataFrame:
            frame: pl.DataFrame = connection.sql(sql).pl()
            return frame

        files = write_reports(ask, home.reports, settings=session.settings())
    return dg.MaterializeResult(metadata={"files": len(files)})
