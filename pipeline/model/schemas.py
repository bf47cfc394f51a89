"""Polars schemas of the frames that pass between rooms, derived from the DDL where a frame mirrors a table.

Times are Int64 microseconds since 1970, UTC. Durations of gestures are Int64 microseconds (`lag_us`); the warehouse has
TIMESTAMPTZ and DOUBLE seconds (`lag_s`).
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

import polars as pl

from pipeline.model.tables import Table, table

Schema: TypeAlias = Mapping[str, pl.DataType | type[pl.DataType]]

S, I, B = pl.String, pl.Int64, pl.Boolean  # noqa: E741 - three letters keep the tables below readable

TYPES: Final[dict[str, pl.DataType]] = {
    "VARCHAR": pl.String(), "VARCHAR[]": pl.List(pl.String()), "BIGINT": pl.Int64(), "DOUBLE": pl.Float64(),
    "BOOLEAN": pl.Boolean(), "TIMESTAMPTZ": pl.Datetime("us", "UTC"),
}  # fmt: skip
"""DuckDB type -> type of a Polars column that becomes it."""
RENAMED: Final = {"occurred_at": "at"}
"""Column of the warehouse -> its name in frames."""
WORKING_ONLY: Final[dict[str, dict[str, pl.DataType | type[pl.DataType]]]] = {
    "gestures": {"resolution_s": I, "place": I},
    "identities": {"placeholder": B},
    "unattributed": {
        "account": S, "thread": S, "exported_at": I, "archive_rank": I, "unattributed_id": S,
    },
}  # fmt: skip
"""table -> columns that its frame has beside those of the warehouse.

In `gestures`, `resolution_s` is that of the first interaction, and `place` its rank among all interactions in canonical
order, by which turns of both sides merge (methods:canonical-order).
"""


def frame_schema(source: Table, *, durations: bool = False) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Return the schema of the frame that mirrors a table, its working-only columns last.

    Args:
        source: the table.
        durations: whether durations are Int64 microseconds named `x_us` instead of DOUBLE seconds named `x_s`.
    """
    columns: dict[str, pl.DataType | type[pl.DataType]] = {}
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

# --- staging: one folder an archive; every row says where it comes from (member, pointer) --------------------------------
LOCATION: Final = {"member": S, "pointer": S}
STAGED: Final[dict[str, dict[str, pl.DataType | type[pl.DataType]]]] = {
    "interactions": {
        "platform": S, "account": S, "person": S, "direction": S, "kind": S, "class": S, "at": I, "resolution_s": I,
        "native_id": S, "thread": S, "reply_to": S, "is_group": B, "text": S, "url": S, "seq": I, "surface": S,
        "automatic": S, "zone_assumed": B, **LOCATION,
    },
    "ties": {"platform": S, "account": S, "person": S, "kind": S, "since": I, **LOCATION},
    "unattributed": {
        "platform": S, "account": S, "kind": S, "direction": S, "at": I, "text": S, "url": S, "native_id": S, "thread": S,
        **LOCATION,
    },
    "persons": {
        "platform": S, "native_id": S, "handle": S, "display_name": S, "url": S, "email": S, "key": S, "placeholder": B,
    },
    "aliases": {"platform": S, "native_id": S, "other": S, "reason": S},
    "accounts": {"platform": S, "native_id": S, "handle": S, "display_name": S, "email": S},
    "coverage": {
        "platform": S, "account": S, "class": S, "direction": S, "surface": S, "thread": S, "visibility": S,
        "starts_at": I, "ends_at": I, "reason": S, "reply_links": B,
    },
    "lists": {"platform": S, "account": S, "kind": S, "complete": B},
    "set_aside": {**LOCATION, "reason_code": S, "reason": S},
    "members": {
        "member": S, "reader": S, "records_in": I, "stored": I, "set_aside": I, "skipped": I, "skip_reason": pl.List(S),
    },
}  # fmt: skip
"""file name -> schema. In `interactions`, `ties` and `unattributed`, `platform` and `account` are never null."""
