"""Stable ids: what makes two rows the same row, in whatever archive they stand."""

from collections.abc import Sequence
from hashlib import blake2b

import polars as pl

_SEPARATOR = "\x1f"
_NULL = "\x00"


def hashed(frame: pl.DataFrame, parts: Sequence[str | pl.Expr]) -> pl.Series:
    """Return a 32-digit hexadecimal hash of the parts of each row (nulls differ from empty text)."""
    columns = [pl.col(part) if isinstance(part, str) else part for part in parts]
    joined = frame.select(
        pl.concat_str([column.cast(pl.String).fill_null(_NULL) for column in columns], separator=_SEPARATOR).alias("id")
    )["id"]
    return pl.Series(
        "id", [blake2b(value.encode(), digest_size=16).hexdigest() for value in joined.to_list()], dtype=pl.String
    )


def with_ordinal(frame: pl.DataFrame, content: Sequence[str]) -> pl.DataFrame:
    """Add `ordinal`: 1, 2, … among equal rows of one archive, in the order of the file.

    Equal rows inside one archive are different acts (people do send "ok" twice); equal rows with equal ordinals in two
    archives are the same act (METHODS R1b).
    """
    return (
        frame.with_row_index("_row")
        .with_columns(pl.col("_row").rank("ordinal").over("archive_id", *content).cast(pl.Int64).alias("ordinal"))
        .drop("_row")
    )


def interaction_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `interaction_id`: hash of platform, account, native_id (else content and ordinal), identity and kind (CONTRACT).

    Args:
        frame: staged interactions with identity_id, in file order.
    """
    content = ["platform", "account", "identity_id", "direction", "kind", "thread", "at", "resolution_s", "text", "url"]
    known = frame.filter(pl.col("native_id").is_not_null()).with_columns(pl.lit(None, dtype=pl.Int64).alias("ordinal"))
    nameless = with_ordinal(frame.filter(pl.col("native_id").is_null()), content)
    known = known.with_columns(
        hashed(known, ["platform", "account", "native_id", "identity_id", "kind"]).alias("interaction_id")
    )
    nameless = nameless.with_columns(hashed(nameless, [pl.lit("content"), *content, "ordinal"]).alias("interaction_id"))
    return pl.concat([known, nameless], how="vertical").drop("ordinal")
