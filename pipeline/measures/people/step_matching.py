"""Columns of table `dance` on step matching: steps up the order of intimacy, and whether the other side follows."""

from itertools import product
from typing import Final

import numpy as np
import polars as pl

from pipeline.model.durations import DAY
from pipeline.statistics.arrays import segment_minimum

INTIMACY: Final = {
    "reaction": 0, "follow": 0, "share": 1, "comment": 2, "message": 3, "invite": 4, "endorsement": 4, "subscription": 4,
}  # fmt: skip
"""class -> its height in the order of intimacy."""
HEIGHTS: Final = sorted(set(INTIMACY.values()))
WINDOW: Final = 14 * DAY
"""Within which a step must be matched, microseconds."""


def step_matching(turns: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Count each side's steps up, and those that the other side matched within 14 days.

    A side steps up with its first turn of a class that is higher than any before with this contact. It is matched by a
    turn of the other side of the same or a higher class. Steps younger than 14 days are not counted.

    Args:
        turns: direct turns, from `turns.turns`.
        as_of: end of what is known, microseconds UTC.

    Returns:
        contact_id, steps_mine, steps_mine_matched, steps_theirs, steps_theirs_matched; sorted by contact_id, contacts
        without a step left out.

    Source: methods:step-matching.
    """
    mine, at = turns["mine"].to_numpy(), turns["at"].to_numpy()
    height = (
        turns.select(pl.col("class").replace_strict(INTIMACY, default=0, return_dtype=pl.Int64)).to_series().to_numpy()
    )
    contact = turns["contact_id"].rle_id().to_numpy()  # turns are sorted by contact and place
    parts: list[pl.DataFrame] = []
    for owners, level in product((True, False), HEIGHTS):
        high = height >= level
        own, others = np.flatnonzero((mine == owners) & high), np.flatnonzero((mine != owners) & high)
        # the first turn of this height or more is the step up to it, unless it goes higher at once
        first = own[np.unique(contact[own], return_index=True)[1]]
        steps = first[(height[first] == level) & (at[first] + WINDOW <= as_of)]
        begin, end = np.searchsorted(others, steps), np.searchsorted(contact[others], contact[steps], side="right")
        matched = segment_minimum(at[others], begin, end) <= at[steps] + WINDOW
        parts.append(
            pl.DataFrame({
                "contact_id": turns["contact_id"].gather(steps),
                "steps_mine": np.full(len(steps), owners), "steps_mine_matched": matched & owners,
                "steps_theirs": np.full(len(steps), not owners), "steps_theirs_matched": matched & (not owners),
            })
        )  # fmt: skip
    return pl.concat(parts).group_by("contact_id").agg(pl.all().sum()).sort("contact_id")
