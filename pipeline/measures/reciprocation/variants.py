"""Other runs of the matcher beside the headline: dimensions `turn_gap` and `exclusions`."""

from collections.abc import Iterable, Iterator
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
_OF_FIRST: Final = ("contact_id", "resolution_s", "censored_after_us", "at_risk", "off_risk_reason")
"""Columns of `cohorts.READ` that the first interaction of a gesture decides."""


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
        matched = match(self.encoded, initiator, others)
        outcomes = {run: of_run.outcomes for run, of_run in zip(others, matched, strict=True)}
        first = self._first_interactions(outcomes.values(), initiator, outcome)
        for (dimension, value), run in runs.items():
            if run not in known and run == own:
                known[run] = _cohort(outcomes[run], first)
            yield dimension, value, known[run] if run in known else _cohort(outcomes.pop(run), first)

    def _first_interactions(self, runs: Iterable[pl.DataFrame], initiator: Initiator, outcome: Outcome) -> pl.DataFrame:
        """Put each interaction that begins a gesture of some run on or off the risk set; rows sorted by `row`.

        Most gestures of one run begin with the same interaction in another: each is assessed once.
        """
        rows = pl.concat([pl.Series("row", [], pl.UInt32), *(outcomes["row"] for outcomes in runs)]).unique().sort()
        columns = ("row", *NAMES, "is_group", "resolution_s", pl.col("at").alias("started_at"))
        return self.risk.assess(self.encoded.select(columns)[rows], initiator, outcome)


def _cohort(outcomes: pl.DataFrame, first: pl.DataFrame) -> Cohort:
    """Read a run's gestures: what became of each, beside what its first interaction shows."""
    gestures = first.select(_OF_FIRST)[first["row"].search_sorted(outcomes["row"])]
    return Cohort.of(gestures.hstack(outcomes.select(grade_names(), "lag_us", "superseded_after_us", "uncertain")))
