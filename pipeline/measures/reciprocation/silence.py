"""Table `silence`: the share of gestures that are still answered within 14 days after some days of silence.

Codes in `note`: those of `shares.hidden_reason`, and `fewer_than_10_contacts` where there is no interval.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.match import ANALYSES
from pipeline.measures.reciprocation import cohorts
from pipeline.measures.reciprocation.dimensions import PREFIX
from pipeline.measures.reciprocation.samples import Sample, samples
from pipeline.measures.reciprocation.shares import shares_by
from pipeline.measures.tables import table_schema, to_table
from pipeline.model.codes import Initiator, Outcome
from pipeline.model.durations import DAY
from pipeline.model.thresholds import WINDOW
from pipeline.statistics.concurrency import map_concurrently
from pipeline.statistics.intervals import MINIMUM_CLUSTERS

SILENT_DAYS: Final = (1, 2, 3, 5, 7, 10)
"""Days of silence after which the share is computed; all are below the window of 14 days."""
DIMENSIONS: Final = ("all", "platform", "level")
SILENCE_INPUT: Final = ("initiator", "outcome", *cohorts.READ, f"{PREFIX}platform", f"{PREFIX}level")
"""Columns of the gestures with their dimensions that are read."""


def silence_table(assigned: pl.DataFrame | pl.LazyFrame, window_us: int = WINDOW) -> pl.DataFrame:
    """Compute the table.

    Args:
        assigned: SILENCE_INPUT, from `dimensions.assign`; without a column of levels there is no such dimension.
        window_us: the smallest window of the headline's grades, microseconds; no share is shown if it is below 14 days.

    Returns:
        A row for each group and number of silent days, sorted by the key.

    Source: methods:silence.
    """
    lazy = assigned.lazy()
    known = lazy.collect_schema().names()
    read = lazy.select(name for name in SILENCE_INPUT if name in known)

    def rows_of(analysis: tuple[Initiator, Outcome]) -> list[dict[str, object]]:
        groups = (sample for sample in samples(read, *analysis) if sample.dimension in DIMENSIONS)
        return [row for sample in groups for row in _rows(sample, window_us)]

    rows = list(chain.from_iterable(map_concurrently(rows_of, ANALYSES)))
    frame = pl.DataFrame(rows, schema=table_schema("silence"))
    return to_table(frame, "silence", "initiator", "outcome", "dimension", "value", "silent_days")


def still_open(sample: Sample, after: int) -> Sample:
    """Select the gestures that are neither answered nor followed up after some time, and watched for longer.

    The Aalen-Johansen incidence of these at lag h is (F(h) - F(after)) / S(after) of the whole group.

    Args:
        sample: a group.
        after: microseconds since the gesture.
    """
    first = int(np.searchsorted(sample.times, after, side="right"))
    present, contacts = np.unique(sample.contacts[first:], return_inverse=True)
    return replace(
        sample,
        times=sample.times[first:],
        kinds=sample.kinds[first:],
        follow_up=sample.follow_up[first:],
        contacts=contacts.astype(np.int64),
        contact_count=len(present),
        coarse=sample.coarse[first:],
    )


def _rows(sample: Sample, window_us: int) -> Iterator[dict[str, object]]:
    for days in SILENT_DAYS:
        own = still_open(sample, days * DAY)
        found = shares_by(own, np.array([WINDOW], dtype=np.int64), window_us)
        hidden = found.hidden[0]
        row = sample.group | {"silent_days": days, "at_risk": len(own.times), "shown": hidden is None}
        if hidden is not None:
            yield row | {"note": hidden}
            continue
        low, high = found.intervals[0] or (None, None)
        few = own.contact_count < MINIMUM_CLUSTERS
        note = "fewer_than_10_contacts" if few else None
        yield row | {"answered_share": float(found.shares[0]), "low": low, "high": high, "note": note}
