"""Identities: one row for each native id of a platform, with the names in the newest export. Source: methods:identities."""

import polars as pl

_FIELDS = ("handle", "display_name", "url", "email")


def identity_id() -> pl.Expr:
    """Return `platform:native_id`, the permanent name of an identity. Source: methods:identities."""
    return pl.concat_str("platform", pl.lit(":"), "native_id")


def identities(persons: pl.DataFrame, mentioned: pl.DataFrame) -> pl.DataFrame:
    """Combine the persons of all archives.

    Args:
        persons: staged persons of all archives with archive_id and exported_at (Int64, microseconds UTC; null: unknown).
        mentioned: platform, native_id of every person that a staged interaction or tie names.

    Returns:
        identity_id, platform, native_id, handle, display_name, url, email, key, placeholder, former_handles (other handles in
        older exports, sorted; null when there are none); sorted by identity_id. Each
        field is taken from the newest export that states it; an export without a date counts as the oldest, and the least
        archive_id decides among equals.

    Source: methods:identities.
    """
    newest_first = persons.sort(
        pl.col("placeholder").fill_null(value=False),
        pl.col("exported_at").fill_null(-(2**62)),
        "archive_id",
        *_FIELDS,
        descending=[False, True, *[False] * 5],
        nulls_last=True,
    )
    combined = (
        pl.concat([newest_first, mentioned.unique(maintain_order=False)], how="diagonal_relaxed")
        .group_by("platform", "native_id", maintain_order=True)
        .agg(
            *(pl.col(field).drop_nulls().first() for field in (*_FIELDS, "key")),
            pl.col("placeholder").drop_nulls().all() & pl.col("placeholder").is_not_null().any(),
            former_handles=pl.col("handle").drop_nulls().unique().sort(),
        )
        .with_columns(pl.col("former_handles").list.set_difference(pl.concat_list("handle")).list.sort())
        .with_columns(pl.when(pl.col("former_handles").list.len() > 0).then("former_handles"))
    )
    columns = [
        identity_id().alias("identity_id"),
        "platform",
        "native_id",
        *_FIELDS,
        "key",
        "placeholder",
        "former_handles",
    ]
    return combined.select(columns).sort("identity_id")
