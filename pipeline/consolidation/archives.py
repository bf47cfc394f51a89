"""The tables `archives`, `accounts` and `set_aside` from the readings of one run."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.stagings import StagedArchive, load

_FIELDS = ("handle", "display_name", "email")


def account_id() -> pl.Expr:
    """Return `platform:native_id` of the owner's account (null account: null)."""
    return pl.concat_str("platform", pl.lit(":"), "account")


def united_accounts(archives: Sequence[StagedArchive], interactions: pl.DataFrame) -> pl.DataFrame:
    """Return the table `accounts`: every account that an archive states or a row belongs to, newest words first."""
    stated = load(archives, "accounts").sort("archive_rank", descending=True)
    used = interactions.select("platform", pl.col("account").alias("native_id")).unique()
    return (
        pl.concat([stated, used], how="diagonal_relaxed")
        .group_by("platform", "native_id", maintain_order=True)
        .agg(pl.col(field).drop_nulls().first() for field in _FIELDS)
        .select(
            pl.concat_str("platform", pl.lit(":"), "native_id").alias("account_id"), "platform", "native_id", *_FIELDS
        )
        .sort("account_id")
    )


def event_spans(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return archive_id, first_at, last_at over all staged events of each archive."""
    names = ("archive_id", "at")
    times = pl.concat([load(archives, table, names).select(names) for table in ("interactions", "unattributed")])
    return times.group_by("archive_id").agg(pl.col("at").min().alias("first_at"), pl.col("at").max().alias("last_at"))


def united_set_aside(archives: Sequence[StagedArchive], conflicts: pl.DataFrame) -> pl.DataFrame:
    """Return the table `set_aside`: what readers set aside, and records whose id belongs to another act."""
    clash = conflicts.select("archive_id", "member", "pointer").unique().with_columns(
        pl.lit("id_conflict").alias("reason_code"),
        pl.lit("the same id stands for another act in another record; that one was kept").alias("reason"),
    )  # fmt: skip
    columns = ["archive_id", "member", "pointer", "reason_code", "reason"]
    return pl.concat([load(archives, "set_aside").select(columns), clash.select(columns)]).sort(columns)
