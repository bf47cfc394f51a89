"""Step matching: is a step up the order of intimacy followed by one of the other side (METHODS 6, Ruling 16)?

Entry point: `step_matching(of_turns, as_of)`.
"""

from itertools import product
from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.people.timeline import DAY
from pipeline.statistics.arrays import segment_minimum

ORDER: Final = {
    "reaction": 0, "follow": 0, "share": 1, "comment": 2, "message": 3, "invite": 4, "endorsement": 4, "subscription": 4,
}  # fmt: skip
HEIGHTS: Final = sorted(set(ORDER.values()))
WINDOW: Final = 14 * DAY


def step_matching(of_turns: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Count each side's steps up and those that the other side followed with the same or a higher class within 14 days.

    A side steps up when it does something of a higher class than ever before with this person: only the first turn of
    the new class counts. Steps younger than 14 days are left out.

    Args:
        of_turns: what `timeline.turns` returns, direct turns.
        as_of: end of what is known, microseconds UTC.

    Returns:
        contact_id, steps_mine, steps_mine_matched, steps_theirs, steps_theirs_matched; sorted by contact_id.
    """
    mine, at = of_turns["mine"].to_numpy(), of_turns["at"].to_numpy()
    height = (
        of_turns.select(pl.col("class").replace_strict(ORDER, default=0, return_dtype=pl.Int64)).to_series().to_numpy()
    )
    # turns come by contact and place
    who = of_turns["contact_id"].rle_id().to_numpy()
    parts: list[pl.DataFrame] = []
    for side, level in product((True, False), HEIGHTS):
        high = height >= level
        own, others = np.flatnonzero((mine == side) & high), np.flatnonzero((mine != side) & high)
        # the first turn of this height or more is the step up to it, unless it goes higher at once
        first = own[np.unique(who[own], return_index=True)[1]]
        steps = first[(height[first] == level) & (at[first] + WINDOW <= as_of)]
        later, last = np.searchsorted(others, steps), np.searchsorted(who[others], who[steps], side="right")
        followed = segment_minimum(at[others], later, last) <= at[steps] + WINDOW
        parts.append(
            pl.DataFrame({
                "contact_id": of_turns["contact_id"].gather(steps),
                "steps_mine": np.full(len(steps), side), "steps_mine_matched": followed & side,
                "steps_theirs": np.full(len(steps), not side), "steps_theirs_matched": followed & (not side),
            })
        )  # fmt: skip
    return pl.concat(parts).group_by("contact_id").agg(pl.all().sum()).sort("contact_id")
