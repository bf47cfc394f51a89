"""What was computed of each text in an earlier run, by the text's hash, so that a text seen before costs nothing.

The files are in `state/staging/texts`. They hold no text that the home no longer has: each run keeps only the rows that it
asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.home.paths import Home
from pipeline.model.hashing import hashes

_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class TextCache:
    """A folder of Parquet files, one for each thing that is computed of texts."""

    folder: Path

    @classmethod
    def of(cls, home: Home) -> "TextCache":
        """Return the cache of a home."""
        return cls(home.staging / "texts")

    def computed(self, name: str, keys: pl.DataFrame, compute: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        """Return what `compute` returns for the keys, row by row; only keys that are new are computed.

        Args:
            name: of what is computed.
            keys: texts and whatever else the result depends on; each row once.
            compute: a pure function of the keys, one row a key, in their order.
        """
        # rules that changed give other results, and another release of Polars may read a pattern differently
        version = f"{name}-{rules_hash()}-{pl.__version__}"
        file = self.folder / f"{version}.parquet"
        ids = _ids(keys)
        known = pl.read_parquet(file) if file.exists() else None
        if known is None:
            new, result = keys, compute(keys).with_columns(ids)
        else:
            new = keys.filter(~ids.is_in(known["id"].implode()))
            made = compute(new).with_columns(_ids(new)).select(known.columns)
            result = ids.to_frame().join(pl.concat([known, made]), on="id", how="left", maintain_order="left")
        if known is None or not new.is_empty() or result.height != known.height:
            self._write(name, file, result)
        return result.drop("id")

    def _write(self, name: str, file: Path, result: pl.DataFrame) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.folder / f".{name}.tmp"
        result.write_parquet(aside, compression="lz4")
        for old in self.folder.glob(f"{name}-*.parquet"):
            old.unlink()
        aside.replace(file)


def _ids(keys: pl.DataFrame) -> pl.Series:
    joined = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in keys.columns], separator=_SEPARATOR)
    return hashes(keys, joined)


@cache
def rules_hash() -> str:
    """Return a hash of the code and the lists of `pipeline.measures.texts`."""
    found = blake2b(digest_size=8)
    _add(files("pipeline.measures.texts"), found.update)
    return found.hexdigest()


def _add(folder: Traversable, update: Callable[[bytes], None]) -> None:
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        if part.is_dir() and part.name != "__pycache__":
            _add(part, update)
        elif part.is_file() and not part.name.endswith(".pyc"):
            update(part.name.encode() + b"\0" + part.read_bytes())
