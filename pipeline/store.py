"""The working tables of one home: what assets hand to each other, as Parquet in `state/work`, made anew in each run."""

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

    def read(self, table: str) -> pl.DataFrame:
        """Return the table; raises FileNotFoundError when no run has made it."""
        return pl.read_parquet(self.folder / f"{table}.parquet")

    def has(self, table: str) -> bool:
        """Tell whether a run has made the table."""
        return (self.folder / f"{table}.parquet").exists()
