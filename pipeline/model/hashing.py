"""Hashes of texts, row by row: what the ids of interactions, nameless acts and gestures are made of."""

from hashlib import blake2b
from typing import Final

import polars as pl

_AT_ONCE: Final = 1 << 16
"""Rows whose texts and hashes are Python objects at one time."""


def hashes(frame: pl.DataFrame, text: pl.Expr) -> pl.Series:
    """Return a 32-digit hexadecimal hash (BLAKE2b) of a text that is made of each row; none may be null."""
    # texts are built, hashed and dropped slice by slice: a million of them at once are a quarter of a gigabyte
    parts = [
        pl.Series([blake2b(value, digest_size=16).digest() for value in made.to_list()], dtype=pl.Binary)
        for start in range(0, frame.height, _AT_ONCE)
        for made in frame.slice(start, _AT_ONCE).select(text.cast(pl.Binary).alias("text"))
    ]
    return pl.concat([pl.Series(dtype=pl.Binary), *parts], rechunk=True).bin.encode("hex").rename("id")


def in_order(ids: pl.Series) -> pl.Series:
    """Return the row numbers of these hashes in their order, compared as whole numbers as long as those differ."""
    lead = ids.str.head(16).str.to_integer(base=16, dtype=pl.UInt64)
    return (lead if lead.n_unique() == len(ids) else ids).arg_sort()
