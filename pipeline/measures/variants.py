"""Other runs of the matcher that dimensions hold up against the headline: `exclusions` and `turn_gap` (METHODS 0.1, 2.7).

Entry point: variants(interactions, coverage, parameters, contacts, ...) with the arguments of `all_gestures`.
"""

from dataclasses import replace
from typing import Final

import polars as pl

from pipeline.matching.match import match_all, prepare
from pipeline.matching.parameters import HOUR, MatchingParameters
from pipeline.matching.risk import RiskSet
from pipeline.measures.dimensions import NEEDED

TURN_GAPS_H: Final = (1, 6, 24)


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
    """Return (dimension, value) -> gestures, for `dimensions.samples`.

    Args:
        interactions: schema INTERACTIONS, deduplicated.
        coverage: schema COVERAGE.
        parameters: the headline's; each variant changes one thing.
        contacts: `contact_id`, `excluded`.
        link_drops: as in `all_gestures`.
        tie_ends: as in `all_gestures`.
        headline: gestures already matched with `parameters`, used for the turn gap that equals theirs.
    """
    prepared = prepare(interactions, contacts, link_drops)
    risk = RiskSet(coverage, tie_ends)
    runs: dict[tuple[str, str], pl.DataFrame] = {}
    for hours in TURN_GAPS_H:
        changed = replace(parameters, turn_gap_us=hours * HOUR)
        if headline is not None and changed == parameters:
            gestures = headline.select(NEEDED)
        else:
            gestures, _ = match_all(prepared, risk, changed, columns=NEEDED)
        runs["turn_gap", f"{hours}h"] = gestures
    runs["exclusions", "none"], _ = match_all(prepared, risk, parameters, exclusions=False, columns=NEEDED)
    return runs
