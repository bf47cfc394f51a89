"""Stable ids: what makes two rows the same row, whichever archive holds them. Source: methods:native-ids."""

from collections.abc import Sequence

import polars as pl

from pipeline.model.hashing import hashes

_SEPARATOR = "\x1f"
_NULL = "\x00"


def account_id() -> pl.Expr:
    """Return `platform:native_id` of the owner's account; null where the account is null."""
    return pl.concat_str("platform", pl.lit(":"), "account")


def row_hashes(frame: pl.DataFrame, parts: Sequence[str | pl.Expr]) -> pl.Series:
    """Return a hash of the parts of each row, 32 hexadecimal digits; null and empty text differ.

    Args:
        frame: any frame.
        parts: columns or expressions, cast to text.
    """
    columns = [pl.col(part) if isinstance(part, str) else part for part in parts]
    return hashes(
        frame, pl.concat_str([column.cast(pl.String).fill_null(_NULL) for column in columns], separator=_SEPARATOR)
    )


def with_ordinal(frame: pl.DataFrame, content: Sequence[str]) -> pl.DataFrame:
    """Number equal rows of one archive: 1, 2, … in the order of the file.

    Equal rows in one archive are different acts: people do send "ok" twice. Equal rows with equal ordinals in two
    archives are the same act.

    Args:
        frame: rows with archive_id and the columns of `content`, in file order.
        content: columns in which equal rows are equal.

    Returns:
        The frame with `ordinal` (Int64), in its order.

    Source: methods:deduplication.
    """
    key = ["archive_id", *content]
    numbered = frame.with_row_index("_row")
    # only rows whose hash repeats are compared in full
    candidates = numbered.filter(pl.struct(key).hash().is_duplicated()).select("_row", *key)
    ordinals = candidates.select("_row", pl.col("_row").rank("ordinal").over(key).cast(pl.Int64).alias("ordinal"))
    return (
        numbered.join(ordinals, on="_row", how="left", maintain_order="left")
        .with_columns(pl.col("ordinal").fill_null(1))
        .drop("_row")
    )


def interaction_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `interaction_id`: a hash of platform, account, native_id (else content and ordinal), identity and kind.

    Args:
        frame: staged interactions with identity_id, in file order.

    Returns:
        The rows with a native_id, then the others.

    Source: methods:native-ids.
    """
    content = ["platform", "account", "identity_id", "direction", "kind", "thread", "at", "resolution_s", "text", "url"]
    with_id = frame.filter(pl.col("native_id").is_not_null())
    without = with_ordinal(frame.filter(pl.col("native_id").is_null()), content)
    by_native = row_hashes(with_id, ["platform", "account", "native_id", "identity_id", "kind"])
    by_content = row_hashes(without, [pl.lit("content"), *content, "ordinal"])
    parts = [
        with_id.with_columns(by_native.alias("interaction_id")),
        without.with_columns(by_content.alias("interaction_id")).drop("ordinal"),
    ]
    return pl.concat(parts, how="vertical", rechunk=True)


def unattributed_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `unattributed_id`: a hash of the native_id where there is one, else of content and ordinal.

    Args:
        frame: staged unattributed acts, in file order.

    Source: methods:native-ids.
    """
    content = ["platform", "account", "kind", "direction", "at", "text", "url", "thread"]
    ordered = with_ordinal(frame, content)
    by_native = row_hashes(ordered, [pl.lit("native"), "platform", "account", "kind", "native_id"])
    by_content = row_hashes(ordered, [pl.lit("content"), *content, "ordinal"])
    has_id = pl.col("native_id").is_not_null()
    return ordered.with_columns(pl.when(has_id).then(by_native).otherwise(by_content).alias("unattributed_id")).drop(
        "ordinal"
    )
