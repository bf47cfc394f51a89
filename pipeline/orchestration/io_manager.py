"""IO managers: assets pass tables to each other as Parquet files, and the owner's files and the outputs as they are."""

from pathlib import Path
from typing import Any, TypeAlias

import dagster as dg
import polars as pl
from pydantic import PrivateAttr

from pipeline.contacts.decisions import decisions_text, read_decisions
from pipeline.contacts.step_verdicts import read_steps
from pipeline.home.paths import Home, home_path
from pipeline.home.settings_file import load_settings
from pipeline.orchestration import table_facts
from pipeline.orchestration.handover import Handover
from pipeline.orchestration.table_assets import Input
from pipeline.orchestration.working_tables import Store

Frame: TypeAlias = pl.DataFrame | pl.LazyFrame


def hand_out(store: Store, table: str, of: Input) -> Frame:
    """Return a working table as an asset asks for it.

    Args:
        store: the working tables.
        table: its name.
        of: `kind` pl.DataFrame for the rows, pl.LazyFrame to read them later; `columns` to read only these.

    Raises:
        FileNotFoundError: no run has made the table.
    """
    if of.kind is pl.DataFrame:
        return store.read(table, of.columns)
    frame = store.scan(table)
    return frame if of.columns is None else frame.select(of.columns)


class WorkingTables(dg.ConfigurableIOManager):
    """Writes tables to `state/work` as Parquet and reads them back.

    Attributes:
        home_folder: as in `Session`.
    """

    home_folder: str = ""

    def store(self) -> Store:
        """Return the working tables of the home."""
        return Store.of(Home(home_path(self.home_folder or None)))

    def handle_output(self, context: dg.OutputContext, obj: Handover) -> None:
        """Write a table and report its row count (no names, no texts: forgetting a person does not reach Dagster's log)."""
        store, table = self.store(), obj.table
        rows = obj.take()
        count = store.write(table, rows) if isinstance(rows, pl.DataFrame) else store.write_parts(table, rows)
        metadata: dict[str, Any] = {"dagster/row_count": count, "dagster/table_name": table}
        if not table_facts.metadata(table):
            metadata["dagster/column_schema"] = table_facts.schema_of(store.scan(table))
        context.add_output_metadata(metadata)

    def load_input(self, context: dg.InputContext) -> Frame:
        """Return the table as the asset's parameter asks for it."""
        columns = (context.definition_metadata or {}).get("columns")
        of = Input(context.dagster_type.typing_type, tuple(columns) if columns else None)
        return hand_out(self.store(), context.asset_key.path[-1], of)


class HomeFiles(dg.ConfigurableIOManager):
    """Loads what is not a table: the owner's settings and decisions, the inbox, the path of the warehouse.

    Each is read once a run, so that a file changed meanwhile does not change half of the figures.

    Attributes:
        home_folder: as in `Session`.
        archives: as in `Session`.
    """

    home_folder: str = ""
    archives: list[str] = []  # noqa: RUF012 - pydantic copies the default for each instance
    _loaded: dict[str, object] = PrivateAttr(default_factory=dict)

    def handle_output(self, context: dg.OutputContext, obj: Path) -> None:
        """Report the size of the file that the asset wrote."""
        context.add_output_metadata({"size_bytes": obj.stat().st_size})

    def load_input(self, context: dg.InputContext) -> object:
        """Return what the asset's parameter names."""
        name = context.asset_key.path[-1]
        if name not in self._loaded:
            self._loaded[name] = self.load(name)
        return self._loaded[name]

    def load(self, name: str) -> object:
        """Return the owner's file or product of that name.

        Raises:
            SettingsError: dancecard.toml can't be understood.
        """
        home = Home(home_path(self.home_folder or None))
        match name:
            case "settings":
                return load_settings(home.settings_file)
            case "owner_decisions":
                return read_decisions(decisions_text(home.contacts_csv))
            case "owner_steps":
                return read_steps(decisions_text(home.steps_csv))
            case "inbox":
                return [*map(Path, self.archives), home.exports]
            case "warehouse":
                return home.warehouse
            case "report":
                return home.reports / "index.html"
        raise KeyError(name)
