"""Matching as tests call it: interactions in, the gestures of one analysis or of all out."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipeline.matching.counts import MatchingCounts
from pipeline.matching.gestures import name_gestures
from pipeline.matching.match import SLICE_ROWS, Run, encode_interactions, gesture_tables
from pipeline.matching.match import match as match_runs
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.model.codes import Initiator, Outcome


@dataclass(frozen=True)
class Matched:
    """Gestures of one analysis without the risk set, and rule counts."""

    gestures: pl.DataFrame
    counts: Mapping[str, int]


def match(
    interactions: pl.DataFrame,
    parameters: MatchingParameters,
    *,
    initiator: Initiator,
    outcome: Outcome,
    contacts: pl.DataFrame | None = None,
    link_drops: pl.Series | None = None,
    exclusions: bool = True,
    slice_rows: int = SLICE_ROWS,
) -> Matched:
    """Match one analysis."""
    encoded = encode_interactions(interactions, contacts, link_drops)
    [matched] = match_runs(encoded, initiator, [Run(outcome, parameters, exclusions=exclusions)], slice_rows)
    return Matched(name_gestures(matched.outcomes, encoded, initiator, outcome), matched.counts)


def all_gestures(
    interactions: pl.DataFrame,
    coverage: pl.DataFrame,
    parameters: MatchingParameters,
    contacts: pl.DataFrame | None = None,
    *,
    link_drops: pl.Series | None = None,
    tie_ends: pl.DataFrame | None = None,
    exclusions: bool = True,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Match all four analyses; return the tables `gestures` and `matching_counts`."""
    encoded = encode_interactions(interactions, contacts, link_drops)
    tables = list(gesture_tables(encoded, RiskSet(coverage, tie_ends), parameters, exclusions=exclusions))
    counts = MatchingCounts()
    for table in tables:
        counts.add(table.initiator, table.outcome, table.counts)
    return pl.concat([table.gestures for table in tables]), counts.table()


def excluded(interactions: pl.DataFrame) -> dict[str, str]:
    """Return interaction_id -> the rule that excludes it."""
    found = encode_interactions(interactions).drop_nulls("exclusion").sort("interaction_id")
    return dict(found.select("interaction_id", pl.col("exclusion").cast(pl.String)).iter_rows())


def reasons(interactions: pl.DataFrame) -> dict[str, str]:
    """Return interaction_id -> the reason why it is excluded."""
    found = encode_interactions(interactions).drop_nulls("reason").sort("interaction_id")
    return dict(found.select("interaction_id", pl.col("reason").cast(pl.String)).iter_rows())
