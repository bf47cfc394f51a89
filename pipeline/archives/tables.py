"""Write staged tables chunk by chunk: columns in, Parquet out, bounded memory, equal bytes for equal rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schemas import STAGED

_TYPES: Final[dict[Any, pa.DataType]] = {
    pl.String: pa.large_string(),
    pl.Int64: pa.int64(),
    pl.Boolean: pa.bool_(),
    pl.List(pl.String): pa.large_list(pa.large_string()),
}
SCHEMAS: Final[dict[str, pa.Schema]] = {
    table: pa.schema([(name, _TYPES[dtype]) for name, dtype in columns.items()]) for table, columns in STAGED.items()
}


class BadColumns(Exception):  # noqa: N818 - reads as the state it tells of
    """A chunk holds a value of the wrong type; nothing of it was written."""


class Tables:
    """The staged tables of one archive, open for writing in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}

    def batch(self, table: str, columns: Sequence[Sequence[Any]]) -> pa.Table:
        """Return columns (in the schema's order) as typed arrays; raises BadColumns."""
        # polars builds the columns: pyarrow's own constructor would import pandas wherever that is installed, for seconds
        try:
            series = [
                pl.Series(name, column, dtype, strict=True)
                for column, (name, dtype) in zip(columns, STAGED[table].items(), strict=True)
            ]
        except (pl.exceptions.PolarsError, UnicodeError, TypeError, ValueError, OverflowError) as error:
            raise BadColumns(type(error).__name__) from None
        return pl.DataFrame(series).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(SCHEMAS[table])

    def write(self, table: str, batch: pa.Table) -> None:
        """Append a batch."""
        if not batch.num_rows:
            return
        writer = self._writers.get(table)
        if writer is None:
            path = self._folder / f"{table}.parquet"
            writer = self._writers[table] = pq.ParquetWriter(
                path, SCHEMAS[table], compression="zstd", compression_level=1
            )
        writer.write_table(batch)

    def rows(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows given as tuples."""
        if rows:
            self.write(table, self.batch(table, list(zip(*rows, strict=True))))

    def close(self) -> None:
        """Finish all files; a table without rows gets an empty one."""
        for table, schema in SCHEMAS.items():
            if table not in self._writers:
                self._writers[table] = pq.ParquetWriter(self._folder / f"{table}.parquet", schema, compression="zstd")
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
