"""Write staged tables batch by batch: columns in, Parquet out, in bounded memory, equal bytes for equal rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model.schemas import STAGED

_TYPES: Final[dict[pl.DataType | type[pl.DataType], pa.DataType]] = {
    pl.String: pa.large_string(),
    pl.Int64: pa.int64(),
    pl.Boolean: pa.bool_(),
    pl.List(pl.String): pa.large_list(pa.large_string()),
}
SCHEMAS: Final[dict[str, pa.Schema]] = {
    table: pa.schema([(name, _TYPES[dtype]) for name, dtype in columns.items()]) for table, columns in STAGED.items()
}


_GROUP: Final = 50_000
"""Rows of a row group; many small groups cost time and space, here and where they are read."""


class BadColumns(Exception):  # noqa: N818 - named for the state of the columns
    """A batch holds a value of a wrong type; nothing of it is written."""


class Tables:
    """The staged tables of one archive, open for writing in a folder."""

    def __init__(self, folder: Path, *, batches: bool = False) -> None:
        """Open the tables.

        Args:
            folder: an existing folder.
            batches: write Arrow streams (`.arrows`) for `append` instead of Parquet.
        """
        self._folder, self._batches = folder, batches
        self._writers: dict[str, pq.ParquetWriter | pa.RecordBatchStreamWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {}
        """Batches that are too small for a row group."""

    def batch(self, table: str, columns: Sequence[Sequence[object]]) -> pa.Table:
        """Return columns as typed arrays.

        Args:
            table: a name in `pipeline.model.schemas.STAGED`.
            columns: in the schema's order.

        Raises:
            BadColumns: when a value has a wrong type.
        """
        # not pyarrow's own constructor: it imports pandas where that is installed, which takes seconds
        try:
            series = [
                pl.Series(name, column, dtype, strict=True)
                for column, (name, dtype) in zip(columns, STAGED[table].items(), strict=True)
            ]
        except (pl.exceptions.PolarsError, UnicodeError, TypeError, ValueError, OverflowError) as error:
            raise BadColumns(type(error).__name__) from None
        return pl.DataFrame(series).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(SCHEMAS[table])

    def write(self, table: str, batch: pa.Table) -> None:
        """Append a batch to a table."""
        if not batch.num_rows:
            return
        if self._batches:
            self._writer(table).write_table(batch)
            return
        waiting = self._waiting.setdefault(table, [])
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= _GROUP:
            self._flush(table)

    def append(self, folder: Path) -> None:
        """Append all batches that another process wrote into a folder."""
        for table in SCHEMAS:
            path = folder / f"{table}.arrows"
            if path.exists():
                with pa.memory_map(str(path)) as stored, pa.ipc.open_stream(stored) as stream:
                    for batch in stream:
                        self.write(table, pa.Table.from_batches([batch]))  # stays mapped for as long as it waits

    def rows(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Append rows, each a sequence of values in the schema's order."""
        if rows:
            self.write(table, self.batch(table, list(zip(*rows, strict=True))))

    def close(self) -> None:
        """Finish all files. A table without rows gets an empty Parquet file, but no stream of batches."""
        for table in SCHEMAS:
            self._flush(table)
            if not self._batches:
                self._writer(table)
        for writer in self._writers.values():
            writer.close()
        self._writers = {}

    def _flush(self, table: str) -> None:
        waiting = self._waiting.pop(table, [])
        if waiting:
            self._writer(table).write_table(pa.concat_tables(waiting).combine_chunks())

    def _writer(self, table: str) -> "pq.ParquetWriter | pa.RecordBatchStreamWriter":
        writer = self._writers.get(table)
        if writer is None:
            schema = SCHEMAS[table]
            if self._batches:
                writer = pa.ipc.new_stream(str(self._folder / f"{table}.arrows"), schema)
            else:
                path = self._folder / f"{table}.parquet"
                writer = pq.ParquetWriter(path, schema, compression="zstd", compression_level=1)
            self._writers[table] = writer
        return writer
