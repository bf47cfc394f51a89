"""Identities: one row a native id and platform, with the names that the newest export tells."""

import polars as pl

_FIELDS = ("handle", "display_name", "url", "email")


def identity_id() -> pl.Expr:
    """Return `platform:native_id`, the name of a person that never changes (CONTRACT, "Files that the owner edits")."""
    return pl.concat_str("platform", pl.lit(":"), "native_id")


def identities(persons: pl.DataFrame, mentioned: pl.DataFrame) -> pl.DataFrame:
    """Unite what the archives say of persons.

    Args:
        persons: staged persons of all archives with `archive_id` and `exported_at` (Int64, null: unknown).
        mentioned: platform, native_id of every person that a staged row names, known by name or not.

    Returns:
        identity_id, platform, native_id, handle, display_name, url, email, key, placeholder; sorted by identity_id. Each field
        is the newest export's (unknown export dates count lowest; then least archive_id) that tells one.
    """
    newest_first = persons.sort(
        pl.col("exported_at").fill_null(-(2**62)),
        "archive_id",
        *_FIELDS,
        descending=[True, *[False] * 5],
        nulls_last=True,
    )
    united = (
        pl.concat([newest_first, mentioned.unique(maintain_order=False)], how="diagonal_relaxed")
        .group_by("platform", "native_id", maintain_order=True)
        .agg(
            *(pl.col(field).drop_nulls().first() for field in (*_FIELDS, "key")),
            pl.col("placeholder").fill_null(value=False).any(),
        )
    )
    return united.select(
        identity_id().alias("identity_id"), "platform", "native_id", *_FIELDS, "key", "placeholder"
    ).sort("identity_id")
