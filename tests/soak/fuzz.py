"""Random logs against matching: whatever the log, equal input in another order gives equal gestures."""

import numpy as np
import polars as pl

from pipeline.matching.parameters import MatchingParameters
from tests.bench.world import coverage, log
from tests.matching.running import all_gestures


def fuzz(rounds: int) -> int:
    """Match `rounds` random logs twice, the second time shuffled; return how many differed."""
    differed = 0
    for seed in range(rounds):
        rng = np.random.default_rng(seed)
        size = int(rng.integers(1, 3_000))
        acts = log(size, int(rng.integers(1, 60)), seed)
        # some written by the day, some at equal times, some in one file's order
        coarse = pl.Series(rng.choice([1, 60, 3_600, 86_400], size))
        acts = acts.with_columns(
            coarse.cast(pl.Int64).alias("resolution_s"), (pl.col("at") // 3_600_000_000 * 3_600_000_000).alias("at")
        )
        first = all_gestures(acts, coverage(), MatchingParameters())
        second = all_gestures(acts.sample(fraction=1.0, shuffle=True, seed=seed), coverage(), MatchingParameters())
        differed += not (first[0].equals(second[0]) and first[1].equals(second[1]))
    return differed
