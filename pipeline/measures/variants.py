"""Other runs of the matcher that dimensions hold up against the headline: `exclusions` and `turn_gap` (METHODS 0.1, 2.7).

Entry points: `Runs(prepared, risk, parameters)`, which makes them analysis by analysis as `dimensions.samples` asks;
`variants(interactions, coverage, parameters, contacts, ...)`, which holds all of them at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from pipeline.matching.match import ANALYSES, Initiator, Outcome, Prepared, prepare, run
from pipeline.matching.parameters import HOUR, MatchingParameters
from pipeline.matching.risk import RiskSet
from pipeline.measures.dimensions import NEEDED

_READ: Final = ("initiator", "outcome", *NEEDED)
TURN_GAPS_H: Final = (1, 6, 24)


@dataclass(frozen=True, slots=True)
class Runs:
    """The other runs of one analysis at a time, each made when it is asked for."""

    prepared: Prepared
    risk: RiskSet
    parameters: MatchingParameters
    """The headline's; each variant changes one thing."""

    def __call__(
        self, initiator: Initiator, outcome: Outcome, headline: pl.DataFrame | None = None
    ) -> Iterator[tuple[str, str, pl.DataFrame]]:
        """Yield dimension, value and gestures (initiator, outcome and NEEDED columns).

        Args:
            initiator: whose gestures.
            outcome: `worded` or `any`.
            headline: the analysis' gestures with `parameters`, if they are at hand: the run of an equal turn gap.
        """
        side = self.prepared.events(initiator, outcome, self.parameters, exclusions=True)
        for hours in TURN_GAPS_H:
            changed = replace(self.parameters, turn_gap_us=hours * HOUR)
            if headline is not None and changed == self.parameters:
                yield "turn_gap", f"{hours}h", headline.select(_READ)
                continue
            matched = run(self.prepared, side, changed, ids=False)
            yield "turn_gap", f"{hours}h", self.risk.assess(matched.gestures, initiator, outcome).select(_READ)
        side = self.prepared.events(initiator, outcome, self.parameters, exclusions=False)
        matched = run(self.prepared, side, self.parameters, ids=False)
        yield "exclusions", "none", self.risk.assess(matched.gestures, initiator, outcome).select(_READ)


def variants(
    interactions: pl.DataFrame,
    coverage: pl.DataFrame,
    parameters: MatchingParameters,
    contacts: pl.DataFrame | None = None,
    *,
    link_drops: pl.Series | None = None,
    tie_ends: pl.DataFrame | None = None,
    headline: pl.DataFrame | None = None,
) -> dict[tuple[str, str], pl.DataFrame]:
    """Return (dimension, value) -> gestures of all analyses, for `dimensions.samples`.

    Args:
        interactions: schema INTERACTIONS, deduplicated.
        coverage: schema COVERAGE.
        parameters: the headline's; each variant changes one thing.
        contacts: `contact_id`, `excluded`.
        link_drops: as in `all_gestures`.
        tie_ends: as in `all_gestures`.
        headline: gestures already matched with `parameters`, used for the turn gap that equals theirs.
    """
    runs = Runs(prepare(interactions, contacts, link_drops), RiskSet(coverage, tie_ends), parameters)
    found: dict[tuple[str, str], list[pl.DataFrame]] = {}
    for initiator, outcome in sorted(ANALYSES):
        own = None
        if headline is not None:
            own = headline.filter((pl.col("initiator") == initiator) & (pl.col("outcome") == outcome))
        for dimension, value, gestures in runs(initiator, outcome, own):
            found.setdefault((dimension, value), []).append(gestures)
    return {key: pl.concat(frames) for key, frames in found.items()}
