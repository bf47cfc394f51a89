"""How every asset is declared, and what its body ends with: write the table, report its rows, evaluate its checks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import dagster as dg
import polars as pl

from pipeline.orchestration import checks
from pipeline.orchestration.memory import give_back
from pipeline.orchestration.resources import Session
from pipeline.warehouse.shaping import empty
from pipeline.warehouse.sql_files import tables

Written: TypeAlias = Any
"""A `dg.MaterializeResult`. Dagster takes the class as an annotation only bare, and it is generic to the type checker."""

KINDS = {"polars"}


def table_asset(
    group: str, *, deps: Sequence[str], kinds: set[str] | None = None
) -> Callable[[Callable[[Session], Written]], dg.AssetsDefinition]:
    """Declare an asset of the table that the function is named after, with the checks that stand beside it."""

    def declared(body: Callable[[Session], Written]) -> dg.AssetsDefinition:
        body.__annotations__["return"] = dg.MaterializeResult  # with check results, Dagster insists on the bare class
        return dg.asset(
            group_name=group,
            deps=list(deps),
            kinds=kinds or KINDS,
            pool="home",
            check_specs=checks.specs(body.__name__),
        )(body)

    return declared


def written(session: Session, table: str, frame: pl.DataFrame) -> Written:
    """Write a working table and report its row count (no names, no texts: Dagster's log is outside of *forget*)."""
    rows = session.store().write(table, frame)
    give_back()
    metadata: dict[str, Any] = {"dagster/row_count": rows, "dagster/table_name": table}
    return dg.MaterializeResult(asset_key=table, metadata=metadata, check_results=checks.evaluate(table, frame))


def written_parts(session: Session, table: str, parts: Iterable[pl.DataFrame]) -> Written:
    """Do what `written` does with a table that is made part by part; keys are checked inside of each part."""
    found: list[list[dg.AssetCheckResult]] = []

    def checked() -> Iterator[pl.DataFrame]:
        for part in parts:
            found.append(checks.evaluate(table, part))
            yield part

    rows = session.store().write_parts(table, checked())
    give_back()
    # one result a check: a part's that fails, if there is any
    results = [min(of_check, key=lambda result: result.passed) for of_check in zip(*found, strict=True)]
    metadata: dict[str, Any] = {"dagster/row_count": rows, "dagster/table_name": table}
    return dg.MaterializeResult(asset_key=table, metadata=metadata, check_results=results)


def empty_table(session: Session, table: str) -> Written:
    """Write a table that no part fills yet: its columns, no rows (its comment and `dancecard status` say so)."""
    return written(session, table, empty(tables()[table]))
