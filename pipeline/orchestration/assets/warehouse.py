"""The published warehouse, with tables of what the run changed and what it was built from."""

from pathlib import Path
from typing import Annotated

import polars as pl

from pipeline.home.settings import Settings
from pipeline.orchestration.resources import Session
from pipeline.orchestration.table_assets import Columns, file, table
from pipeline.warehouse import run_metadata
from pipeline.warehouse.publishing import publish


@table
def changes(
    archives: Annotated[pl.LazyFrame, Columns("archive_id")],
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id")],
    contacts: Annotated[pl.LazyFrame, Columns("contact_id", "display_name")],
    gestures: Annotated[pl.LazyFrame, Columns("gesture_id", "status", "outcome")],
    levels: Annotated[pl.LazyFrame, Columns("contact_id", "month", "level")],
    session: Session,
) -> pl.DataFrame:
    """Compare this run's tables with the published warehouse."""
    home = session.home()
    now = {
        "archives": archives,
        "interactions": interactions,
        "contacts": contacts,
        "gestures": gestures,
        "levels": levels,
    }
    return run_metadata.changes(run_metadata.previous(home.warehouse, home.tmp), now)


@table
def build_info(
    archives: Annotated[pl.DataFrame, Columns("archive_id")], settings: Settings, session: Session
) -> pl.DataFrame:
    """Version, settings and archives that made the warehouse, and when."""
    home = session.home()
    number = run_metadata.sequence_before(home.warehouse, home.tmp) + 1
    return run_metadata.build_info(number, archives, settings)


@file("duckdb")
def warehouse(session: Session, **tables: pl.LazyFrame) -> Path:
    """Every table with its comments, the views and macros: built aside, checked in a fresh process, swapped in.

    Readers are never blocked and never block.
    """
    home = session.home()
    publish(home.warehouse, home.state / "warehouse.building", tables)
    return home.warehouse
