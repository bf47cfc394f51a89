"""The working tables of one home: what assets hand to each other, as Parquet in `state/work`, rebuilt in each run."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.home.paths import Home
from pipeline.model.row_groups import ROW_GROUP


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of Parquet files, one a table; a table made in parts is a folder of files.

    Attributes:
        folder: where the tables are.
    """

    folder: Path

    @classmethod
    def of(cls, home: Home) -> "Store":
        """Return the working tables of a home."""
        return cls(home.state / "work")

    def write(self, table: str, frame: pl.DataFrame) -> int:
        """Write the table whole (renamed into place) and return its number of rows."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.folder / f"{table}.parquet.tmp"
        frame.write_parquet(aside, compression="lz4", row_group_size=ROW_GROUP)
        self._place(aside, table)
        return frame.height

    def write_parts(self, table: str, parts: Iterable[pl.DataFrame]) -> int:
        """Write a table part by part, one in memory at a time: a folder with a file each, read one after the other."""
        aside = self.folder / f"{table}.parquet.tmp"
        _remove(aside)
        aside.mkdir(mode=0o700, parents=True)
        rows = 0
        for number, part in enumerate(parts):
            part.write_parquet(aside / f"{number:04}.parquet", compression="lz4", row_group_size=ROW_GROUP)
            rows += part.height
            del part
        self._place(aside, table)
        return rows

    def _place(self, aside: Path, table: str) -> None:
        place = self.folder / f"{table}.parquet"
        if aside.is_dir() or place.is_dir():
            _remove(place)  # a file can't be put in the place of a folder, nor a folder in that of a file
        aside.replace(place)

    def read(self, table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the table, or these columns of it; raises FileNotFoundError when no run has made it."""
        return pl.read_parquet(self.folder / f"{table}.parquet", columns=None if columns is None else list(columns))

    def scan(self, table: str) -> pl.LazyFrame:
        """Return the table unread; reading it raises FileNotFoundError when no run has made it."""
        return pl.scan_parquet(self.folder / f"{table}.parquet")


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
