"""Stable ids: what makes two rows the same row, in whatever archive they stand."""

from collections.abc import Sequence

import polars as pl

from pipeline.model.hashing import hashes

_SEPARATOR = "\x1f"
_NULL = "\x00"


def hashed(frame: pl.DataFrame, parts: Sequence[str | pl.Expr]) -> pl.Series:
    """Return a 32-digit hexadecimal hash of the parts of each row (nulls differ from empty text)."""
    columns = [pl.col(part) if isinstance(part, str) else part for part in parts]
    return hashes(
        frame, pl.concat_str([column.cast(pl.String).fill_null(_NULL) for column in columns], separator=_SEPARATOR)
    )


def with_ordinal(frame: pl.DataFrame, content: Sequence[str]) -> pl.DataFrame:
    """Add `ordinal`: 1, 2, … among equal rows of one archive, in the order of the file.

    Equal rows inside one archive are different acts (people do send "ok" twice); equal rows with equal ordinals in two
    archives are the same act (METHODS R1b).
    """
    key = ["archive_id", *content]
    numbered = frame.with_row_index("_row")
    # only rows that may have an equal one are compared in full
    again = numbered.filter(pl.struct(key).hash().is_duplicated()).select("_row", *key)
    ordinals = again.select("_row", pl.col("_row").rank("ordinal").over(key).cast(pl.Int64).alias("ordinal"))
    return (
        numbered.join(ordinals, on="_row", how="left", maintain_order="left")
        .with_columns(pl.col("ordinal").fill_null(1))
        .drop("_row")
    )


def interaction_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `interaction_id`: hash of platform, account, native_id (else content and ordinal), identity and kind (CONTRACT).

    Args:
        frame: staged interactions with identity_id, in file order.
    """
    content = ["platform", "account", "identity_id", "direction", "kind", "thread", "at", "resolution_s", "text", "url"]
    known = frame.filter(pl.col("native_id").is_not_null())
    nameless = with_ordinal(frame.filter(pl.col("native_id").is_null()), content)
    known = known.with_columns(
        hashed(known, ["platform", "account", "native_id", "identity_id", "kind"]).alias("interaction_id")
    )
    nameless = nameless.with_columns(hashed(nameless, [pl.lit("content"), *content, "ordinal"]).alias("interaction_id"))
    return pl.concat([known, nameless.drop("ordinal")], how="vertical", rechunk=True)
