"""Other runs of the matcher beside the headline: dimensions `turn_gap` and `exclusions`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from pipeline.matching.encoding import NAMES
from pipeline.matching.gestures import grade_names
from pipeline.matching.match import Run, match
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.measures.reciprocation.cohorts import Cohort
from pipeline.model.codes import Initiator, Outcome
from pipeline.model.durations import HOUR

TURN_GAPS_H: Final = (1, 6, 24)


@dataclass(frozen=True, slots=True)
class VariantRuns:
    """Runs of the matcher that change one thing each: the turn gap, or that nothing is excluded.

    Args:
        encoded: what `match.encode_interactions` returns.
        risk: coverage and known ends of ties.
        parameters: the headline's.

    Source: methods:turn-gap-variants, methods:exclusions.
    """

    encoded: pl.DataFrame
    risk: RiskSet
    parameters: MatchingParameters

    def __call__(
        self, initiator: Initiator, outcome: Outcome, headline: Cohort | None = None
    ) -> Iterator[tuple[str, str, Cohort]]:
        """Match one analysis again.

        Args:
            initiator: whose gestures.
            outcome: `worded` or `any`.
            headline: the gestures of the analysis with `parameters`, if they are known: the run of the same turn gap,
                and the one without exclusions where nothing is excluded.

        Yields:
            Dimension, value and gestures.
        """
        own = Run(outcome, self.parameters)
        excludes = self.encoded["exclusion"].null_count() < self.encoded.height
        runs: dict[tuple[str, str], Run] = {
            ("turn_gap", f"{hours}h"): replace(own, parameters=replace(self.parameters, turn_gap_us=hours * HOUR))
            for hours in TURN_GAPS_H
        }
        runs["exclusions", "none"] = replace(own, exclusions=not excludes)
        known = {} if headline is None else {own: headline}
        others = [run for run in dict.fromkeys(runs.values()) if run not in known]
        outcomes = dict(zip(others, match(self.encoded, initiator, others), strict=True))
        for (dimension, value), run in runs.items():
            if run not in known and run == own:
                known[run] = self._cohort(outcomes[run].outcomes, initiator, outcome)
            cohort = known[run] if run in known else self._cohort(outcomes.pop(run).outcomes, initiator, outcome)
            yield dimension, value, cohort

    def _cohort(self, outcomes: pl.DataFrame, initiator: Initiator, outcome: Outcome) -> Cohort:
        """Put each gesture on or off the risk set."""
        columns = (*NAMES, "is_group", "resolution_s", pl.col("at").alias("started_at"))
        first = self.encoded.select(columns)[outcomes["row"]]
        gestures = first.hstack(outcomes.select(grade_names(), "lag_us", "superseded_after_us", "uncertain"))
        return Cohort.of(self.risk.assess(gestures, initiator, outcome))
