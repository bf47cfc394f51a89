"""Aalen-Johansen estimate of the cumulative incidence of an event with one competing event.

At risk at time t are the rows with times >= t; at equal times events come before censorings.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.statistics.arrays import Floats, Ints, changes
from pipeline.statistics.kaplan_meier import counts_by_segment, step_values

CENSORED: Final = 0
EVENT: Final = 1
COMPETING: Final = 2
"""Kinds of what ends the observation of a row."""


@dataclass(frozen=True, slots=True)
class CumulativeIncidence:
    """The estimate at the distinct times of either event. All arrays have one entry for each of them."""

    size: int
    """All rows, censored ones included."""
    times: Ints
    at_risk: Floats
    events: Floats
    """Rows with the event of interest."""
    all_events: Floats
    """Rows with either event."""
    survival: Floats
    """Without either event just after each time."""
    incidence: Floats
    """Share with the event of interest by each time."""

    def at(self, lags: Ints) -> Floats:
        """Return the incidence by each lag (included); 0 before the first event."""
        return step_values(self.times, self.incidence, lags, 0.0)


def aalen_johansen(times: Ints, kinds: Ints, until: int | None = None) -> CumulativeIncidence:
    """Estimate the cumulative incidence: at each event time `F += S d1 / n`, then `S *= 1 - (d1 + d2) / n`.

    Without censoring before a time it is the plain share of rows that had the event by then.

    Args:
        times: rising, in any unit.
        kinds: EVENT, COMPETING or CENSORED for each time.
        until: the longest lag that will be asked for; the curve is not computed beyond it. None: the whole curve.

    Source: methods:answered-share (Aalen & Johansen 1978).

    Examples:
        >>> curve = aalen_johansen(np.array([1, 2, 3, 4]), np.array([EVENT, COMPETING, EVENT, CENSORED]))
        >>> curve.at(np.array([0, 1, 3])).tolist()
        [0.0, 0.25, 0.5]
    """
    size = len(times)
    end = size if until is None else int(np.searchsorted(times, until, side="right"))
    times, kinds = times[:end], kinds[:end]
    begin = np.flatnonzero(changes(times))
    events, all_events = counts_by_segment(kinds == EVENT, begin), counts_by_segment(kinds != CENSORED, begin)
    some = all_events > 0
    at_risk = (size - begin[some]).astype(np.float64)
    events, all_events = events[some], all_events[some]
    survival = np.cumprod(1 - all_events / at_risk).astype(np.float64)
    before = np.concatenate([[1.0], survival])[: len(survival)]
    incidence = np.cumsum(before * events / at_risk)
    return CumulativeIncidence(
        size=size,
        times=times[begin[some]],
        at_risk=at_risk,
        events=events,
        all_events=all_events,
        survival=survival,
        incidence=incidence,
    )
