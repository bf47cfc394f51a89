"""What the last run changed, and what made the warehouse."""

import dagster as dg

from pipeline.assets.writing import Written, written
from pipeline.bookkeeping import build_info as build_info_table
from pipeline.bookkeeping import changes as changes_table
from pipeline.bookkeeping import previous
from pipeline.checks import specs
from pipeline.session import Session

_GROUP = {"group_name": "bookkeeping", "kinds": {"polars"}, "pool": "home"}


@dg.asset(deps=["interactions", "contacts", "gestures", "levels", "archives"], **_GROUP, check_specs=specs("changes"))
def changes(session: Session) -> Written:
    """Compare this run's tables with the published warehouse."""
    home, store = session.home(), session.store()
    return written(session, "changes", changes_table(previous(home.warehouse, home.tmp), store))


@dg.asset(deps=["archives"], **_GROUP, check_specs=specs("build_info"))
def build_info(session: Session) -> Written:
    """Say which version, settings and archives made the warehouse, and when."""
    home, store = session.home(), session.store()
    before = previous(home.warehouse, home.tmp)
    return written(session, "build_info", build_info_table(before, store.read("archives"), session.settings()))
