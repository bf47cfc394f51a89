"""Polars schemas of the frames that pass between rooms, derived from the DDL where a frame mirrors a table.

Times are Int64 microseconds since 1970, UTC. Durations of gestures are Int64 microseconds (`lag_us`); the warehouse has
TIMESTAMPTZ and DOUBLE seconds (`lag_s`).
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

import polars as pl

from pipeline.model.tables import Table, table

Schema: TypeAlias = Mapping[str, pl.DataType | type[pl.DataType]]
Types: TypeAlias = dict[str, pl.DataType | type[pl.DataType]]

TYPES: Final[dict[str, pl.DataType]] = {
    "VARCHAR": pl.String(), "VARCHAR[]": pl.List(pl.String()), "BIGINT": pl.Int64(), "DOUBLE": pl.Float64(),
    "BOOLEAN": pl.Boolean(), "TIMESTAMPTZ": pl.Datetime("us", "UTC"),
}  # fmt: skip
"""DuckDB type -> type of a Polars column that becomes it."""
_STAGED_NAMES: Final = {"account": "account_id", "person": "contact_id", "thread": "thread_id", "at": "occurred_at"}
"""Name in staging -> column of the warehouse. Staging knows native ids only: ids of the home are made later."""
RENAMED: Final = {"occurred_at": "at"}
"""Column of the warehouse -> its name in frames."""
WORKING_ONLY: Final[dict[str, Types]] = {
    "gestures": {"resolution_s": pl.Int64, "place": pl.Int64},
    "identities": {"placeholder": pl.Boolean},
    "unattributed": {
        "account": pl.String, "thread": pl.String, "exported_at": pl.Int64, "archive_rank": pl.Int64, "unattributed_id": pl.String,
    },
}  # fmt: skip
"""table -> columns that its frame has beside those of the warehouse.

In `gestures`, `resolution_s` is that of the first interaction, and `place` its rank among all interactions in canonical
order, by which turns of both sides merge (methods:canonical-order).
"""


def frame_schema(source: Table, *, durations: bool = False) -> Types:
    """Return the schema of the frame that mirrors a table, its working-only columns last.

    Args:
        source: the table.
        durations: whether durations are Int64 microseconds named `x_us` instead of DOUBLE seconds named `x_s`.

    Examples:
        >>> frame_schema(table("levels"))["dormant"]
        Boolean
    """
    columns: Types = {}
    for column in source.columns:
        name = RENAMED.get(column.name, column.name)
        if durations and column.type == "DOUBLE" and name.endswith("_s"):
            columns[f"{name.removesuffix('_s')}_us"] = pl.Int64()
        else:
            columns[name] = pl.Int64() if column.type == "TIMESTAMPTZ" else TYPES[column.type]
    return columns | WORKING_ONLY.get(source.name, {})


INTERACTIONS: Final = frame_schema(table("interactions"))
COVERAGE: Final = frame_schema(table("coverage"))
GESTURES: Final = frame_schema(table("gestures"), durations=True)


def staged_schema(table_name: str, columns: str) -> Types:
    """Return the schema of a staged file: columns of a table under their shorter names in staging, with the table's types.

    Args:
        table_name: a table of the warehouse.
        columns: names in staging, in order, separated by blanks.
    """
    types = {column.name: column.type for column in table(table_name).columns}
    kinds = {name: types[_STAGED_NAMES.get(name, name)] for name in columns.split()}
    return {name: pl.Int64() if kind == "TIMESTAMPTZ" else TYPES[kind] for name, kind in kinds.items()}


LOCATION: Final = {"member": pl.String, "pointer": pl.String}
STAGED: Final[dict[str, Types]] = {
    "interactions": staged_schema(
        "interactions",
        "platform account person direction kind class at resolution_s native_id thread reply_to is_group text url seq surface "
        "automatic zone_assumed member pointer",
    ),
    "ties": staged_schema("ties", "platform account person kind since") | LOCATION,
    "unattributed": staged_schema("unattributed", "platform account kind direction at text url native_id")
    | {"thread": pl.String}
    | LOCATION,
    "persons": staged_schema("identities", "platform native_id handle display_name url email")
    | {"key": pl.String, "placeholder": pl.Boolean},
    "aliases": dict.fromkeys(("platform", "native_id", "other", "reason", "other_platform"), pl.String),
    "accounts": staged_schema("accounts", "platform native_id handle display_name email"),
    "coverage": staged_schema(
        "coverage", "platform account class direction surface thread visibility starts_at ends_at reason reply_links"
    ),
    "lists": staged_schema("ties", "platform account kind") | {"complete": pl.Boolean},
    "set_aside": staged_schema("set_aside", "member pointer reason_code reason"),
    "members": staged_schema("members", "member reader records_in stored set_aside skipped skip_reason"),
}
"""File of an archive's staging -> its schema; each row has its location (member, pointer).

In `interactions`, `ties` and `unattributed`, `platform` and `account` are never null.
"""
