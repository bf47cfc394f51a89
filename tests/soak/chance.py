"""Worlds in which nobody answers anybody: how often does the chance test raise a false alarm?

`python -m tests.soak.chance --worlds 1000 --write docs/validation.md` writes its section (see `tests.soak.writing`).
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import polars as pl

from pipeline.matching.match import Run, encode_interactions
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.chance.events import observed_run
from pipeline.measures.chance.rotation import NULLS, rotate, sample
from tests.matching.running import all_gestures
from tests.measures.people.logs import DAY, HOUR, coverage, day, event, interactions, planted
from tests.soak.writing import run

HORIZONS: Final = (1, 7)
REPEATS: Final = 199
ALARM: Final = 0.05
DAYS: Final = 300


def apart(seed: int) -> pl.DataFrame:
    """The owner writes to each of 15 contacts about every 15 days; they write about every fifth day, whatever the owner does."""
    return planted(seed, 15, days=DAYS)


def rhythm(seed: int) -> pl.DataFrame:
    """Both sides write on days of their own, but all in the same two hours of the evening."""
    rng = np.random.default_rng([7, seed])
    rows: list[dict[str, Any]] = []
    for person in range(15):
        for out, often in ((True, 1 / 15), (False, 1 / 5)):
            days = np.flatnonzero(rng.random(DAYS - 1) < often)
            rows += [
                event(len(rows) + k, f"p{person}", day(d + 0.8 + float(rng.random()) / 12), out=out)
                for k, d in enumerate(days)
            ]
    return interactions(*rows)


WORLDS: Final[dict[str, Callable[[int], pl.DataFrame]]] = {"apart": apart, "rhythm": rhythm}


def p_values(log: pl.DataFrame, seed: int) -> dict[tuple[int, str], float]:
    """Return the p values of one world by horizon (days) and null; `published` is the one that the tables carry."""
    parameters = MatchingParameters()
    gestures = all_gestures(log, coverage(day(DAYS)), parameters)[0].filter(initiator="me", outcome="worded")
    run = Run("worded", parameters)
    of = sample(observed_run(encode_interactions(log), "me", run, gestures)[1], seed)
    horizons = [days * DAY for days in HORIZONS]
    found = rotate(of, horizons, turn_gap=6 * HOUR, window=14 * DAY, repeats=REPEATS, seed=seed)
    values: dict[tuple[int, str], float] = {}
    for days, simulated in zip(HORIZONS, found, strict=True):
        if simulated is not None:
            values |= {(days, null): p for null, p in simulated.p_values.items()}
            values[days, "published"] = simulated.p_value
    return values


def lines(worlds: int) -> list[str]:
    """Simulate how often p is 0.05 or less where there is nothing to find."""
    columns = (*NULLS, "published")
    table = [f"| worlds | within | {' | '.join(columns)} |", f"| --- | --: |{' --: |' * len(columns)}"]
    for name, make in WORLDS.items():
        values = [p_values(make(seed), seed) for seed in range(worlds)]
        for days in HORIZONS:
            shares = [
                np.mean([world[days, null] <= ALARM for world in values if (days, null) in world]) for null in columns
            ]
            table.append(f"| {name} | {days} d | {' | '.join(f'{100 * share:.1f} %' for share in shares)} |")
    return table


def report(worlds: int) -> str:
    """Write the section of docs/validation.md."""
    return "\n".join([
        "## False alarms of the chance test",
        "",
        f"`python -m tests.soak.chance --worlds {worlds} --write docs/validation.md` made this section ({worlds:,} simulated worlds a line, fixed seeds).",
        "",
        "**How often is p at most 0.05 where nobody answers anybody?** 15 contacts, 300 days, about 20 steps of the owner and 60 messages of",
        "their own accord each, at independent times (`apart`), or on independent days but all in the same two hours of the evening",
        f"(`rhythm`). Each null turns the stream {REPEATS} times; the tables carry the largest of the three p values (`published`).",
        "",
        *lines(worlds),
    ])  # fmt: skip


if __name__ == "__main__":
    run("chance", report, __doc__)
