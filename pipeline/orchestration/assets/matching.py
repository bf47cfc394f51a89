"""Gestures and their answers."""

from collections.abc import Iterator
from typing import Annotated

import polars as pl

from pipeline.consolidation.contacts import decided_contacts, kept_contacts
from pipeline.contacts.decisions import Decisions
from pipeline.home.settings import Settings
from pipeline.matching import encoding, match
from pipeline.matching.counts import MatchingCounts
from pipeline.matching.exclusions import exclusions_table
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.tie_ends import tie_ends
from pipeline.orchestration.settings import matching_parameters
from pipeline.orchestration.table_assets import Columns, Made, tables


@tables(
    "gestures", "matching_counts", "exclusions",
    encoded_interactions="Interactions as whole numbers, with marks of what is excluded: what every run of the matcher reads.",
)  # fmt: skip
def gestures_and_counts(
    interactions: Annotated[pl.LazyFrame, Columns(*encoding.READ)],
    contacts: Annotated[pl.DataFrame, Columns("contact_id", "excluded", "exclusion_reason")],
    identities: Annotated[pl.DataFrame, Columns("identity_id", "contact_id")],
    owner_decisions: Decisions,
    link_drops: Annotated[pl.DataFrame, Columns("interaction_id")],
    coverage: pl.DataFrame,
    ties: pl.DataFrame,
    consolidation_counts: pl.DataFrame,
    settings: Settings,
) -> Made:
    """Match outbound with inbound interactions of each contact, and put each gesture on or off the risk set."""
    kept = kept_contacts(decided_contacts(identities, owner_decisions))
    encoded = match.encode_interactions(interactions.collect(), contacts, link_drops.to_series(), kept)
    yield "exclusions", exclusions_table(encoded, contacts)
    encoded = encoded.drop("reason")
    yield "encoded_interactions", encoded
    counts = MatchingCounts(dict(consolidation_counts.iter_rows()))
    at_risk = RiskSet(coverage, tie_ends(ties))

    def parts() -> Iterator[pl.DataFrame]:
        for analysis in match.gesture_tables(encoded, at_risk, matching_parameters(settings)):
            counts.add(analysis.initiator, analysis.outcome, analysis.counts)
            yield analysis.gestures

    yield "gestures", parts()
    yield "matching_counts", counts.table()
