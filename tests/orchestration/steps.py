"""Run the graph's steps one by one, in this process and without Dagster's event log."""

from functools import cache
from typing import Any

import dagster as dg
import polars as pl

from pipeline.definitions import build_defs
from pipeline.orchestration.handover import Handover
from pipeline.orchestration.io_manager import HomeFiles, hand_out
from pipeline.orchestration.resources import Session
from pipeline.orchestration.table_assets import Input
from pipeline.orchestration.working_tables import Store


@cache
def steps(wanted: tuple[str, ...]) -> list[dg.AssetsDefinition]:
    """Return the steps that make the tables wanted and all that they need, each after what it needs."""
    definitions = build_defs()
    graph = definitions.resolve_asset_graph()
    needed = set(wanted)
    for key in reversed(graph.toposorted_asset_keys):
        if key.to_user_string() in needed:
            needed |= {parent.to_user_string() for parent in graph.get(key).parent_keys}
    found: dict[str, dg.AssetsDefinition] = {}
    for key in graph.toposorted_asset_keys:
        if key.to_user_string() in needed and graph.get(key).is_executable:
            asset = definitions.resolve_assets_def(key)
            found.setdefault(asset.op.name, asset)
    return list(found.values())


def inputs(asset: dg.AssetsDefinition) -> dict[str, Input]:
    """Return the inputs of a step as Dagster knows them."""
    found = {}
    for name, definition in asset.op.ins.items():
        columns = (definition.metadata or {}).get("columns")
        kind: Any = definition.dagster_type
        found[name] = Input(kind.typing_type, tuple(columns) if columns else None)
    return found


def execute(asset: dg.AssetsDefinition, session: Session) -> None:
    """Run one step on the working tables of the session's home: load its inputs, make its tables, write them."""
    store = Store.of(session.home())
    files = HomeFiles(home_folder=session.home_folder, archives=session.archives)
    given = {
        name: hand_out(store, name, of) if of.kind in (pl.DataFrame, pl.LazyFrame) else files.load(name)
        for name, of in inputs(asset).items()
    }
    body: Any = asset.op.compute_fn
    for made in body.decorated_fn(session=session, **given):
        if isinstance(made, dg.Output) and isinstance(made.value, Handover):
            rows = made.value.take()
            if isinstance(rows, pl.DataFrame):
                store.write(made.output_name, rows)
            else:
                store.write_parts(made.output_name, rows)
