"""The ledger of all archives: which records were new, which another archive or an earlier member had brought."""

import polars as pl

_RECORD = ["archive_id", "member", "pointer"]


def record_fates(rows: pl.DataFrame, new: pl.DataFrame, conflicts: pl.DataFrame) -> pl.DataFrame:
    """Say of each stored record that may have been brought before whether it brought anything new.

    Args:
        rows: one row a staged row: archive_rank, archive_id, member, pointer, and `keys`, a list of what makes it the same
            row elsewhere (its id; its content with ordinal). It is new iff no key occurs earlier, in the order of
            (archive_rank, member, position).
        new: archive_id, member, pointer of further rows, of which no other row has a key.
        conflicts: archive_id, member, pointer of records whose id belongs to another act (ruling 2).

    Returns:
        archive_id, member, pointer, fate (`stored`, `already_stored`, `set_aside`) of the records of `rows` and
        `conflicts`; sorted.
    """
    ordered = rows.sort("archive_rank", "member", maintain_order=True).with_row_index("_row")
    first = ordered.select("_row", "keys").explode("keys").group_by("keys").agg(pl.col("_row").min().alias("_first"))
    brought = (
        ordered.select("_row", "keys")
        .explode("keys")
        .join(first, on="keys", nulls_equal=True)
        .group_by("_row")
        .agg((pl.col("_first") >= pl.col("_row")).all().alias("_new"))
    )
    fates = ordered.join(brought, on="_row").group_by(_RECORD).agg(pl.col("_new").any())
    known = fates.filter(~pl.col("_new")).select(_RECORD)
    also_new = new.join(known, on=_RECORD, how="semi").unique().with_columns(pl.lit(value=True).alias("_also_new"))
    fates = fates.join(also_new, on=_RECORD, how="left").with_columns(
        pl.col("_new") | pl.col("_also_new").is_not_null()
    )
    clash = conflicts.select(_RECORD).unique().with_columns(pl.lit(value=True).alias("_clash"))
    return (
        fates.join(clash, on=_RECORD, how="full", coalesce=True)
        .with_columns(
            pl.when(pl.col("_clash").fill_null(value=False)).then(pl.lit("set_aside"))
            .when(pl.col("_new")).then(pl.lit("stored"))
            .otherwise(pl.lit("already_stored"))
            .alias("fate")
        )
        .select(*_RECORD, "fate")
        .sort(_RECORD)
    )  # fmt: skip


def united_members(members: pl.DataFrame, fates: pl.DataFrame) -> pl.DataFrame:
    """Return the table `members`: staged counts with already_stored and conflicts told apart."""
    counts = (
        fates.group_by("archive_id", "member")
        .agg(
            (pl.col("fate") == "already_stored").sum().cast(pl.Int64).alias("already_stored"),
            (pl.col("fate") == "set_aside").sum().cast(pl.Int64).alias("conflicts"),
        )
    )  # fmt: skip
    joined = members.join(counts, on=["archive_id", "member"], how="left").with_columns(
        pl.col("already_stored", "conflicts").fill_null(0)
    )
    return joined.select(
        "archive_id", "member", "reader", "records_in",
        (pl.col("stored") - pl.col("already_stored") - pl.col("conflicts")).alias("stored"),
        "already_stored", (pl.col("set_aside") + pl.col("conflicts")).alias("set_aside"), "skipped", "skip_reason",
    ).sort("archive_id", "member")  # fmt: skip
