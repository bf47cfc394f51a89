"""The table `unattributed`: the owner's acts whose counterpart no export names. Source: methods:unattributed-acts."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.changing_ids import staged_acts
from pipeline.consolidation.ids import account_id, unattributed_ids
from pipeline.consolidation.stagings import StagedArchive
from pipeline.model.codes import PLATFORMS_WITH_CHANGING_IDS


def unattributed_table(stagings: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return the table `unattributed`: each act once, in the version of the newest archive.

    Args:
        stagings: all archives.

    Source: methods:unattributed-acts.
    """
    acts = staged_acts(stagings)
    # another export may state the counterpart of the same act: who reacted to it, or a name that its text mentions
    known = acts.interactions.filter(pl.col("platform").is_in(PLATFORMS_WITH_CHANGING_IDS)).select(
        "platform", "native_id"
    )
    nameless = acts.unattributed.join(known, on=["platform", "native_id"], how="anti", maintain_order="left")
    rows = unattributed_ids(nameless.with_columns(account_id().alias("account_id")))
    return (
        rows.sort("archive_rank", "member", "pointer", descending=[True, False, False])
        .unique("unattributed_id", keep="first", maintain_order=True)
        .sort("platform", "kind", "at", "unattributed_id", nulls_last=True)
    )
