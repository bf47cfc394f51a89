"""Identities and contacts."""

from typing import Annotated

import polars as pl

from pipeline.consolidation.contacts import contact_spans, contacts_table, decided_contacts, excluded_contacts
from pipeline.consolidation.identities import identities_table
from pipeline.consolidation.stagings import staged_archives
from pipeline.contacts.decisions import Decisions
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
