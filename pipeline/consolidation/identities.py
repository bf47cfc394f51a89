"""The table `identities`: every person that a staged row names, with the contact it belongs to. Source: methods:identities."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.changing_ids import StagedActs, staged_acts
from pipeline.consolidation.stagings import StagedArchive, distinct, load
from pipeline.contacts.decisions import Decisions
from pipeline.contacts.evidence import matched_edges
from pipeline.contacts.identities import identities
from pipeline.contacts.joining import contact_of

_COLUMNS = (
    "identity_id", "contact_id", "platform", "native_id", "handle", "display_name", "url", "email", "join_reason", "former_handles", "placeholder",
)  # fmt: skip


def identities_table(stagings: Sequence[StagedArchive], decisions: Decisions) -> pl.DataFrame:
    """Return the table `identities`, with `placeholder`, sorted by identity_id.

    Args:
        stagings: all archives.
        decisions: the owner's merges and splits.

    Source: methods:joins.
    """
    acts = staged_acts(stagings)
    acting, tied = (distinct(stagings, table, "platform", "person") for table in ("interactions", "ties"))
    mentioned = pl.concat([acting, tied]).unique().rename({"person": "native_id"})
    persons = load(stagings, "persons")
    if acts.same_people.height:
        mentioned, persons = _without_resolved(mentioned, persons, acts, tied)
    table = identities(persons, mentioned)
    matched = matched_edges(acts.same_people)
    joined = contact_of(table, persons, load(stagings, "aliases"), decisions, matched=matched)
    return table.join(joined, on="identity_id").select(_COLUMNS).sort("identity_id")


def _without_resolved(
    mentioned: pl.DataFrame, persons: pl.DataFrame, acts: StagedActs, tied: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out closed accounts of groups all of whose messages have a named sender in another export."""
    key = ["platform", "native_id"]
    used = pl.concat([acts.interactions.select("platform", "person"), tied]).rename({"person": "native_id"})
    sides = [
        acts.same_people.select("platform", pl.col(side).alias("native_id")) for side in ("person", "person_right")
    ]
    closed = persons.group_by(key).agg(pl.col("placeholder").fill_null(value=False).all().alias("closed"))
    resolved = (
        mentioned.join(closed.filter("closed"), on=key, how="semi").join(pl.concat([used, *sides]), on=key, how="anti")
    )  # fmt: skip
    return mentioned.join(resolved, on=key, how="anti"), persons.join(
        resolved, on=key, how="anti", maintain_order="left"
    )
