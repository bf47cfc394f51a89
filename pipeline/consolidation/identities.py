"""The table `identities`: every person that a staged row names, with the contact it belongs to. Source: methods:identities."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.stagings import StagedArchive, distinct, load
from pipeline.contacts.decisions import Decisions
from pipeline.contacts.identities import identities
from pipeline.contacts.joining import contact_of

_COLUMNS = (
    "identity_id", "contact_id", "platform", "native_id", "handle", "display_name", "url", "email", "join_reason", "placeholder",
)  # fmt: skip


def identities_table(stagings: Sequence[StagedArchive], decisions: Decisions) -> pl.DataFrame:
    """Return the table `identities`, with `placeholder`, sorted by identity_id.

    Args:
        stagings: all archives.
        decisions: the owner's merges and splits.

    Source: methods:joins.
    """
    named = [distinct(stagings, table, "platform", "person") for table in ("interactions", "ties")]
    mentioned = pl.concat(named).unique().rename({"person": "native_id"})
    persons = load(stagings, "persons")
    table = identities(persons, mentioned)
    joined = contact_of(table, persons, load(stagings, "aliases"), decisions)
    return table.join(joined, on="identity_id").select(_COLUMNS).sort("identity_id")
