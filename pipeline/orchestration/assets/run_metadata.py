"""What the last run changed, and what made the warehouse."""

from pipeline.orchestration.assets.writing import Written, table_asset, written
from pipeline.orchestration.resources import Session
from pipeline.warehouse.run_metadata import build_info as build_info_table
from pipeline.warehouse.run_metadata import changes as changes_table
from pipeline.warehouse.run_metadata import previous, sequence_before

_GROUP = "bookkeeping"


@table_asset(_GROUP, deps=["interactions", "contacts", "gestures", "levels", "archives"])
def changes(session: Session) -> Written:
    """Compare this run's tables with the published warehouse."""
    home, store = session.home(), session.store()
    return written(
        session,
        "changes",
        changes_table(
            previous(home.warehouse, home.tmp),
            {name: store.scan(name) for name in ("interactions", "contacts", "gestures", "levels", "archives")},
        ),
    )


@table_asset(_GROUP, deps=["archives"])
def build_info(session: Session) -> Written:
    """Say which version, settings and archives made the warehouse, and when."""
    home, store = session.home(), session.store()
    number = sequence_before(home.warehouse, home.tmp) + 1
    return written(session, "build_info", build_info_table(number, store.read("archives"), session.settings()))
