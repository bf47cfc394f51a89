"""The table `accounts`: the owner's accounts, and which archive belongs to which. Source: methods:owner-accounts."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.stagings import StagedArchive, distinct, load

_FIELDS = ("handle", "display_name", "email")


def _account_id() -> pl.Expr:
    return pl.concat_str("platform", pl.lit(":"), "native_id").alias("account_id")


def accounts_table(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `accounts`: every account that an archive states or a row belongs to.

    Each field is that of the newest archive that states it.

    Source: methods:owner-accounts.
    """
    stated = load(stagings, "accounts").sort("archive_rank", descending=True)
    used = [distinct(stagings, table, "platform", "account") for table in ("interactions", "unattributed", "ties")]
    named = pl.concat(used).filter(pl.col("account").is_not_null()).rename({"account": "native_id"}).unique()
    return (
        pl.concat([stated, named], how="diagonal_relaxed")
        .group_by("platform", "native_id", maintain_order=True)
        .agg(pl.col(field).drop_nulls().first() for field in _FIELDS)
        .select(_account_id(), "platform", "native_id", *_FIELDS)
        .sort("account_id")
    )


def archive_accounts(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return archive_id and account_id: the account that an archive belongs to, the least when it holds several."""
    stated = load(stagings, "accounts").select("archive_id", _account_id())
    return stated.group_by("archive_id").agg(pl.col("account_id").min())
