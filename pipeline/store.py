"""The working tables of one home: what assets hand to each other, as Parquet in `state/work`, made anew in each run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of Parquet files, one a table."""

    folder: Path

    def write(self, table: str, frame: pl.DataFrame) -> int:
        """Write the table whole (renamed into place) and return its number of rows."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.folder / f"{table}.parquet.tmp"
        frame.write_parquet(aside, compression="lz4")
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
        pl.scan_parquet(files).sink_parquet(aside, compression="lz4", maintain_order=True)
        aside.replace(self.folder / f"{table}.parquet")
        for file in files:
            file.unlink()
        return rows

    def read(self, table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the table, or these columns of it; raises FileNotFoundError when no run has made it."""
        return pl.read_parquet(self.folder / f"{table}.parquet", columns=None if columns is None else list(columns))

    def has(self, table: str) -> bool:
        """Tell whether a run has made the table."""
        return (self.folder / f"{table}.parquet").exists()


class Tables(Mapping[str, pl.DataFrame]):
    """Working tables by name, each read when it is asked for and kept by nobody: one at a time is in memory."""

    def __init__(self, store: Store, names: Sequence[str]) -> None:
        self._store, self._names = store, tuple(names)

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self._names:
            raise KeyError(name)
        return self._store.read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
