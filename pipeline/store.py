"""The working tables of one home: what assets hand to each other, as Parquet in `state/work`, made anew in each run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

GROUP: Final = 122_880
"""Rows of a row group, here as in DuckDB: what it is given in just such parts it compresses and writes as they come, on all
threads; of others it keeps what is over and compresses it anew at the end."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of Parquet files, one a table."""

    folder: Path

    def write(self, table: str, frame: pl.DataFrame) -> int:
        """Write the table whole (renamed into place) and return its number of rows."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.folder / f"{table}.parquet.tmp"
        frame.write_parquet(aside, compression="lz4", row_group_size=GROUP)
        aside.replace(self.folder / f"{table}.parquet")
        return frame.height

    def write_parts(self, table: str, parts: Iterable[pl.DataFrame]) -> int:
        """Write a table that is made part by part, one below the other, holding one part at a time; at least one part."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        rows = 0
        files: list[Path] = []
        for part in parts:
            files.append(self.folder / f"{table}.parquet.{len(files)}.tmp")
            part.write_parquet(files[-1], compression="lz4")
            rows += part.height
            del part
        aside = self.folder / f"{table}.parquet.tmp"
        pl.scan_parquet(files).sink_parquet(aside, compression="lz4", row_group_size=GROUP, maintain_order=True)
        aside.replace(self.folder / f"{table}.parquet")
        for file in files:
            file.unlink()
        return rows

    def read(self, table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the table, or these columns of it; raises FileNotFoundError when no run has made it."""
        return pl.read_parquet(self.folder / f"{table}.parquet", columns=None if columns is None else list(columns))

    def scan(self, table: str) -> pl.LazyFrame:
        """Return the table unread; reading it raises FileNotFoundError when no run has made it."""
        return pl.scan_parquet(self.folder / f"{table}.parquet")

    def has(self, table: str) -> bool:
        """Tell whether a run has made the table."""
        return (self.folder / f"{table}.parquet").exists()


class Tables(Mapping[str, pl.LazyFrame]):
    """Working tables by name, none of them read yet: who takes one says how much of it is in memory at a time."""

    def __init__(self, store: Store, names: Sequence[str]) -> None:
        self._store, self._names = store, tuple(names)

    def __getitem__(self, name: str) -> pl.LazyFrame:
        if name not in self._names:
            raise KeyError(name)
        return self._store.scan(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
