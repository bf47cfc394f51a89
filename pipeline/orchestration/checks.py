"""Asset checks: a table that does not fit its DDL blocks the assets below it; an archive not read in full only warns.

The asset that writes a table evaluates its checks, because a step of their own would take longer than the checks.
"""

from typing import Final

import dagster as dg
import polars as pl

from pipeline.model.conformity import compare
from pipeline.model.tables import tables


def specs(*names: str) -> list[dg.AssetCheckSpec]:
    """Return the specifications of the checks of these assets; an asset that is not a table has none."""
    own = [name for name in names if name in tables()]
    found = [dg.AssetCheckSpec(f"{name}_fits", asset=name, blocking=True, description=_FITS) for name in own]
    if "members" in names:
        found.append(dg.AssetCheckSpec("members_balance", asset="members", blocking=True, description=_BALANCE))
    if "archives" in names:
        found.append(dg.AssetCheckSpec("archives_all_read", asset="archives", description=_READ))
    return found


_FITS: Final = "The frame has the columns, types, NULLs and values that the table's DDL allows, and its key is unique."
_BALANCE: Final = "Every member's records are stored, already stored, set aside or skipped; none is missing."
_READ: Final = "Every archive was read in full."


def evaluate(table: str, frame: pl.DataFrame) -> list[dg.AssetCheckResult]:
    """Evaluate the checks of a table on the frame that is written."""
    if table not in tables():
        return []
    results = [_fits(table, frame)]
    if table == "members":
        fates = pl.sum_horizontal("stored", "already_stored", "set_aside", "skipped")
        off = frame.filter(pl.col("records_in") != fates).height
        evidence = {"members": frame.height, "unbalanced": off}
        results.append(
            dg.AssetCheckResult(passed=not off, asset_key=table, check_name="members_balance", metadata=evidence)
        )
    if table == "archives":
        states = dict(frame.group_by("status").len().sort("status").iter_rows())
        results.append(
            dg.AssetCheckResult(
                passed=set(states) <= {"complete"}, asset_key=table, check_name="archives_all_read",
                severity=dg.AssetCheckSeverity.WARN, metadata=states,
            )
        )  # fmt: skip
    return results


def _fits(table: str, frame: pl.DataFrame) -> dg.AssetCheckResult:
    evidence = compare(frame, tables()[table])
    return dg.AssetCheckResult(
        passed=evidence.conforms, asset_key=table, check_name=f"{table}_fits", metadata=evidence.metadata()
    )
