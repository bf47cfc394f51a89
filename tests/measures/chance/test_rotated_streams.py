"""The rotation kernel counts what the matching rules count: rotated streams put through them give the same shares."""

import numpy as np
import polars as pl
import pytest

from pipeline.matching.match import Run, encode_interactions, match
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.chance.events import observed_run
from pipeline.measures.chance.rotation import NULLS, Sample, draw_offsets, rotate, sample
from tests.matching.running import all_gestures
from tests.measures.people.logs import DAY, HOUR, START, coverage, day, event, interactions, planted

DAYS = 300
HORIZONS = [DAY, 7 * DAY, 14 * DAY]
P = MatchingParameters()


def streams(seed: int) -> Sample:
    log = planted(seed, 12, days=DAYS, every=6, theta=0.3)
    gestures, _ = all_gestures(log, coverage(day(DAYS)), P)
    mine = gestures.filter(initiator="me", outcome="worded")
    return sample(observed_run(encode_interactions(log), "me", Run("worded", P), mine)[1], seed)


def rotated(of: Sample, null: str, seed: int) -> pl.DataFrame:
    """Return the interactions after the first rotation that `rotate` draws: one contact a channel."""
    offsets, length = draw_offsets(null, of.span, 1, np.random.default_rng([seed, 0]))
    moved = (of.in_at + offsets[0][of.in_channel]) % length[of.in_channel]
    acts = [(channel, at, True) for channel, at in zip(of.out_channel.tolist(), of.out_at.tolist(), strict=True)]
    acts += [(channel, at, False) for channel, at in zip(of.in_channel.tolist(), moved.tolist(), strict=True)]
    return interactions(*(event(k, f"p{channel:03}", START + at, out=out) for k, (channel, at, out) in enumerate(acts)))


@pytest.mark.parametrize("null", NULLS)
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("turn_gap_us", [0, 6 * HOUR, 48 * HOUR])
def test_shares_of_a_rotation_equal_those_of_the_rules(null: str, seed: int, turn_gap_us: int) -> None:
    of = streams(seed)
    parameters = MatchingParameters(turn_gap_us=turn_gap_us, window_channel_us=10 * DAY)
    [matched] = match(encode_interactions(rotated(of, null, seed)), "me", [Run("worded", parameters)])
    answered = pl.col("grade").is_not_null()
    expected = [matched.outcomes.select((answered & (pl.col("lag_us") <= h)).mean()).item() for h in HORIZONS]
    found = rotate(
        of, HORIZONS, turn_gap=turn_gap_us, window=10 * DAY, spans=0, repeats=1, seed=seed, nulls=(null,)
    )  # fmt: skip
    shares = [each.means[null] for each in found if each is not None]
    assert shares == pytest.approx(expected, abs=1e-12)
    assert 0 < expected[0] < expected[1] <= expected[2] < 1
