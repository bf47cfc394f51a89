"""Identities and contacts."""

from typing import Annotated

import polars as pl

from pipeline.consolidation.contacts import contact_spans, contacts_table, decided_contacts, excluded_contacts
from pipeline.consolidation.identities import identities_table
from pipeline.consolidation.stagings import staged_archives
from pipeline.consolidation.steps import GESTURES_INPUT, INTERACTIONS_INPUT, steps_table
from pipeline.contacts.decisions import Decisions
from pipeline.contacts.step_verdicts import StepVerdicts
from pipeline.contacts.suggestions import suggestions
from pipeline.matching import automatic_messages
from pipeline.orchestration.table_assets import Columns, table


@table
def identities(readings: pl.DataFrame, owner_decisions: Decisions) -> pl.DataFrame:
    """Identities joined by strong evidence and by the owner's decisions."""
    return identities_table(staged_archives(readings), owner_decisions)


@table
def identity_suggestions(
    identities: pl.DataFrame,
    interactions: Annotated[pl.LazyFrame, Columns("contact_id", "at")],
    owner_decisions: Decisions,
) -> pl.DataFrame:
    """Contacts that may be one person."""
    return suggestions(identities, contact_spans(interactions).collect(), owner_decisions)


@table
def steps(
    interactions: Annotated[pl.LazyFrame, Columns(*INTERACTIONS_INPUT)],
    gestures: Annotated[pl.LazyFrame, Columns(*GESTURES_INPUT)],
    owner_steps: StepVerdicts,
) -> pl.DataFrame:
    """The owner's verdicts on steps. No measured rate reads them."""
    return steps_table(gestures, interactions, owner_steps)


@table
def contacts(
    identities: pl.DataFrame,
    interactions: Annotated[pl.LazyFrame, Columns(*automatic_messages.READ)],
    link_droppers: pl.DataFrame,
    owner_decisions: Decisions,
) -> pl.DataFrame:
    """Contacts with what excludes some of them from the figures."""
    acts = interactions.collect()
    decided = decided_contacts(identities, owner_decisions)
    excluded = excluded_contacts(acts, decided, link_droppers["contact_id"])
    return contacts_table(identities, acts, excluded)
