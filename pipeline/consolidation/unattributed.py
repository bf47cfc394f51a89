"""The table `unattributed`: the owner's acts whose counterpart no export names. Source: methods:unattributed-acts."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.changing_ids import staged_acts
from pipeline.consolidation.ids import account_id, unattributed_ids
from pipeline.consolidation.stagings import StagedArchive


def unattributed_table(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `unattributed`: each act once, in the version of the newest archive.

    Args:
        stagings: all archives.

    Source: methods:unattributed-acts.
    """
    rows = unattributed_ids(staged_acts(stagings).unattributed.with_columns(account_id().alias("account_id")))
    return (
        rows.sort("archive_rank", "member", "pointer", descending=[True, False, False])
        .unique("unattributed_id", keep="first", maintain_order=True)
        .sort("platform", "kind", "at", "unattributed_id", nulls_last=True)
    )
