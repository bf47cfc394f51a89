"""The table `ties`: relations such as follows and friendships, once each. Source: methods:tie-ends."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.ids import account_id
from pipeline.consolidation.stagings import StagedArchive, load

_RELATION = ["account_id", "contact_id", "platform", "kind"]


def staged_ties(stagings: Sequence[StagedArchive], identities: pl.DataFrame) -> pl.DataFrame:
    """Return the staged ties of all archives with identity_id, contact_id and account_id.

    Args:
        stagings: all archives.
        identities: identity_id, contact_id, platform, native_id.
    """
    persons = identities.select("platform", pl.col("native_id").alias("person"), "identity_id", "contact_id")
    ties = load(stagings, "ties").join(persons, on=["platform", "person"], how="left", maintain_order="left")
    return ties.with_columns(account_id().alias("account_id"))


def ties_table(stagings: Sequence[StagedArchive], identities: pl.DataFrame) -> pl.DataFrame:
    """Return the table `ties`, one row a relation.

    A relation is missing from the first complete list that is newer than every list that shows it.

    Args:
        stagings: all archives.
        identities: identity_id, contact_id, platform, native_id.

    Returns:
        account_id, contact_id, platform, kind, since, last_seen_at, missing_since (Int64, microseconds UTC), archive_id;
        sorted by the relation.

    Source: methods:tie-ends.
    """
    relations = (
        staged_ties(stagings, identities)
        .sort("archive_rank")
        .group_by(_RELATION)
        .agg(pl.col("since").min(), pl.col("exported_at").max().alias("last_seen_at"), pl.col("archive_id").last())
    )
    complete = (
        load(stagings, "lists")
        .filter("complete", pl.col("exported_at").is_not_null())
        .select(account_id().alias("account_id"), "kind", "exported_at")
        .unique()
    )
    missing = (
        relations.join(complete, on=["account_id", "kind"])
        .filter(pl.col("exported_at") > pl.col("last_seen_at"))
        .group_by(_RELATION)
        .agg(pl.col("exported_at").min().alias("missing_since"))
    )
    joined = relations.join(missing, on=_RELATION, how="left", nulls_equal=True)
    return joined.select(*_RELATION, "since", "last_seen_at", "missing_since", "archive_id").sort(_RELATION)


def tie_lists_table(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return account_id, platform, kind, complete, as_of of every list of ties that an archive holds; sorted.

    Args:
        stagings: all archives.

    Returns:
        One row a list; `as_of` (Int64, microseconds UTC, nullable) is when its archive was exported.
    """
    return (
        load(stagings, "lists")
        .select(account_id().alias("account_id"), "platform", "kind", "complete", pl.col("exported_at").alias("as_of"))
        .unique()
        .sort("account_id", "kind", "as_of", "complete", nulls_last=True)
    )
