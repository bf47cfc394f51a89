"""Other runs of the matcher that dimensions hold up against the headline: `exclusions` and `turn_gap` (METHODS 0.1, 2.7).

Entry point: variants(interactions, coverage, parameters, contacts, ...) with the arguments of `all_gestures`.
"""

from dataclasses import replace
from typing import Final

import polars as pl

from pipeline.matching.match import all_gestures
from pipeline.matching.parameters import HOUR, MatchingParameters
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
    runs: dict[tuple[str, str], pl.DataFrame] = {}
    for hours in TURN_GAPS_H:
        changed = replace(parameters, turn_gap_us=hours * HOUR)
        if headline is not None and changed == parameters:
            gestures = headline
        else:
            gestures, _ = all_gestures(
                interactions, coverage, changed, contacts, link_drops=link_drops, tie_ends=tie_ends, ids=False
            )
        runs["turn_gap", f"{hours}h"] = gestures.select(NEEDED)
    bare, _ = all_gestures(interactions, coverage, parameters, tie_ends=tie_ends, exclusions=False, ids=False)
    runs["exclusions", "none"] = bare.select(NEEDED)
    return runs
