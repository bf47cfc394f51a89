"""Checks beside assets: schema and keys block what follows; volume and set-aside records warn. Failures carry evidence."""

from collections.abc import Callable

import dagster as dg
import polars as pl

from pipeline.session import Session
from pipeline.store import Store
from pipeline.warehouse.shaping import shaped
from pipeline.warehouse.sqlfiles import tables

KEYS = {
    "archives": ["archive_id"], "accounts": ["account_id"], "contacts": ["contact_id"], "identities": ["identity_id"],
    "interactions": ["interaction_id"], "gestures": ["gesture_id"], "standing": ["contact_id"],
    "ties": ["account_id", "contact_id", "platform", "kind"], "members": ["archive_id", "member"],
    "reciprocation": ["initiator", "outcome", "dimension", "value", "horizon_days"],
}  # fmt: skip
"""table -> the columns that name a row."""


def _fits(table: str) -> Callable[[Store], dg.AssetCheckResult]:
    """Return a check that the working table has the columns and types of its DDL, and that its key is unique."""

    def evaluate(store: Store) -> dg.AssetCheckResult:
        frame = store.read(table)
        try:
            columns = shaped(frame, tables()[table])
        except pl.exceptions.PolarsError as error:
            return dg.AssetCheckResult(passed=False, metadata={"why": str(error)[:500]})
        key = KEYS.get(table)
        doubled = columns.height - columns.select(key).unique().height if key else 0
        return dg.AssetCheckResult(passed=not doubled, metadata={"rows": columns.height, "doubled_keys": doubled})

    return evaluate


def _balanced(store: Store) -> dg.AssetCheckResult:
    members = store.read("members")
    fates = pl.sum_horizontal("stored", "already_stored", "set_aside", "skipped")
    off = members.filter(pl.col("records_in") != fates)
    return dg.AssetCheckResult(passed=off.is_empty(), metadata={"members": members.height, "unbalanced": off.height})


def _all_read(store: Store) -> dg.AssetCheckResult:
    states = dict(store.read("archives").group_by("status").len().sort("status").iter_rows())
    return dg.AssetCheckResult(passed=set(states) <= {"complete"}, severity=dg.AssetCheckSeverity.WARN, metadata=states)


def _check(
    asset: str, name: str, evaluate: Callable[[Store], dg.AssetCheckResult], *, blocking: bool
) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=asset, name=name, blocking=blocking, pool="home")
    def check(session: Session) -> dg.AssetCheckResult:
        return evaluate(session.store())

    return check


def build_checks() -> list[dg.AssetChecksDefinition]:
    """Return a check for every table's asset, the ledger's balance (blocking) and the archives' states (warning)."""
    fitting = [_check(name, f"{name}_fits", _fits(name), blocking=True) for name in tables()]
    return [
        *fitting,
        _check("members", "members_balance", _balanced, blocking=True),
        _check("archives", "archives_all_read", _all_read, blocking=False),
    ]
