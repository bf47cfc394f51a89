"""Other runs of the matcher that dimensions hold up against the headline: `exclusions` and `turn_gap` (METHODS 0.1, 2.7).

Entry point: `Runs(prepared, risk, parameters)`, which makes them analysis by analysis as `cells.samples` asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.encode import NAMES, Bools, Ints
from pipeline.matching.match import Initiator, Outcome, Prepared
from pipeline.matching.order import Events
from pipeline.matching.outcomes import Came, came_of
from pipeline.matching.parameters import HOUR, MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.wordless import WORDLESS_CLASSES
from pipeline.measures.reciprocation.cohorts import HOUR_S, Cohort

TURN_GAPS_H: Final = (1, 6, 24)


@dataclass(frozen=True, slots=True)
class Runs:
    """The other runs of one analysis at a time, each made when it is asked for."""

    prepared: Prepared
    risk: RiskSet
    parameters: MatchingParameters
    """The headline's; each variant changes one thing."""

    def __call__(
        self, initiator: Initiator, outcome: Outcome, headline: Cohort | None = None
    ) -> Iterator[tuple[str, str, Cohort]]:
        """Yield dimension, value and gestures.

        Args:
            initiator: whose gestures.
            outcome: `worded` or `any`.
            headline: the analysis' gestures with `parameters`, if they are at hand: the run of an equal turn gap, and
                the one without exclusions where nothing is excluded.
        """
        seen = _Seen(self.prepared, self.risk, initiator, outcome)
        side = self.prepared.events(initiator, outcome, self.parameters, exclusions=True)
        for hours in TURN_GAPS_H:
            changed = replace(self.parameters, turn_gap_us=hours * HOUR)
            same = headline is not None and changed == self.parameters
            yield "turn_gap", f"{hours}h", headline if same and headline else seen.cohort(side.events, changed)
        if headline is None or self.prepared.excludes():
            side = self.prepared.events(initiator, outcome, self.parameters, exclusions=False)
            headline = seen.cohort(side.events, self.parameters)
        yield "exclusions", "none", headline


class _Seen:
    """The risk set by first event, so that runs that begin gestures at the same events look it up once."""

    def __init__(self, prepared: Prepared, risk: RiskSet, initiator: Initiator, outcome: Outcome) -> None:
        self._encoded, self._risk, self._analysis = prepared.encoded, risk, (initiator, outcome)
        self._worded = outcome == "worded"
        size = prepared.encoded.height
        self._known: Bools = np.zeros(size, dtype=np.bool_)
        self._end: Ints = np.zeros(size, dtype=np.int64)
        self._at_risk, self._partial = self._known.copy(), self._known.copy()

    def cohort(self, events: Events, parameters: MatchingParameters) -> Cohort:
        """Match, and put each gesture on or off the risk set."""
        came: Came = came_of(events, parameters)
        row = came.row
        self._look_up(row[~self._known[row]])
        encoded = self._encoded
        return Cohort(
            contact=encoded["_contact"].cast(pl.Int64).to_numpy()[row],
            grade=came.grade,
            lag=came.lag,
            follow=came.follow,
            end=self._end[row],
            uncertain=came.uncertain,
            coarse=(encoded["resolution_s"] >= HOUR_S).fill_null(value=False).to_numpy()[row],
            at_risk=self._at_risk[row],
            partial=self._partial[row],
        )

    def _look_up(self, row: Ints) -> None:
        if not len(row):
            return
        firsts = self._encoded.select(*NAMES, "is_group", pl.col("at").alias("started_at"))[row]
        found = self._risk.assess(firsts, *self._analysis)
        self._known[row] = True
        self._end[row] = found["censored_after_us"].fill_null(0).to_numpy()
        self._at_risk[row] = found["at_risk"].to_numpy()
        in_part = (pl.col("off_risk_reason") == "partial") & (pl.col("censored_after_us") > 0)
        if self._worded:
            in_part &= ~pl.col("class").is_in(list(WORDLESS_CLASSES))
        self._partial[row] = found.select(in_part.fill_null(value=False)).to_series().to_numpy()
