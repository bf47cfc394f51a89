"""All archives together: who is who, and every act once."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.consolidation import consolidate
from pipeline.consolidation.archives import event_spans
from pipeline.consolidation.interactions import united_interactions
from pipeline.consolidation.persons import excluded_contacts, owner_decisions, united_contacts, united_identities
from pipeline.consolidation.stagings import StagedArchive
from pipeline.matching import automatic_senders
from pipeline.orchestration.assets.writing import Written, empty_table, table_asset, written
from pipeline.orchestration.checks import specs
from pipeline.orchestration.resources import Session

_GROUP = "uniting"


def staged(session: Session) -> list[StagedArchive]:
    """Return what uniting needs of each reading of this run."""
    readings = session.store().read("readings").select("archive_id", "exported_at", "folder")
    return [StagedArchive(name, at, Path(folder) if folder else None) for name, at, folder in readings.iter_rows()]


@table_asset(_GROUP, deps=["readings"])
def identities(session: Session) -> Written:
    """Decide who is who: identities joined by strong evidence and by the owner's decisions."""
    return written(session, "identities", united_identities(staged(session), session.decisions()))


@table_asset(_GROUP, deps=["identities"])
def identity_suggestions(session: Session) -> Written:
    """Hold possible same persons for the owner to confirm; filled by a later part."""
    return empty_table(session, "identity_suggestions")


@dg.multi_asset(
    specs=[
        dg.AssetSpec(name, deps=["readings", "identities"], group_name="uniting", kinds={"polars"})
        for name in ("interactions", "members", "set_aside", "united_counts")
    ],
    check_specs=specs("interactions", "members", "set_aside"),
    pool="home",
)
def united_acts(session: Session) -> Iterator[Written]:
    """Keep every act once, in the version that stands; balance the ledger of every member."""
    store, archives = session.store(), staged(session)
    people = store.read("identities")
    united = united_interactions(archives, people)
    members, set_aside = consolidate.ledger_tables(archives, people, united)
    counts = pl.DataFrame(sorted(united.counts.items()), schema={"name": pl.String, "value": pl.Int64}, orient="row")
    yield written(session, "interactions", united.interactions)
    yield written(session, "members", members)
    yield written(session, "set_aside", set_aside)
    yield written(session, "united_counts", counts)


@table_asset(_GROUP, deps=["readings", "set_aside"])
def archives(session: Session) -> Written:
    """List the archives with their state."""
    store = session.store()
    stagings = staged(session)
    accounts_of = consolidate.archive_accounts(stagings)
    table = consolidate.archives_table(
        store.read("readings"), event_spans(stagings), accounts_of, store.read("set_aside")
    )
    return written(session, "archives", table)


@table_asset(_GROUP, deps=["readings"])
def accounts(session: Session) -> Written:
    """List the owner's accounts."""
    return written(session, "accounts", consolidate.accounts_table(staged(session)))


@table_asset(_GROUP, deps=["identities", "interactions", "link_droppers"])
def contacts(session: Session) -> Written:
    """List the people, with what leaves some of them out of the figures."""
    store = session.store()
    people, acts = store.read("identities"), store.read("interactions", automatic_senders.READ)
    droppers = store.read("link_droppers")["contact_id"]
    excluded = excluded_contacts(acts, owner_decisions(people, session.decisions()), droppers)
    return written(session, "contacts", united_contacts(people, acts, excluded))


@table_asset(_GROUP, deps=["readings", "identities"])
def ties(session: Session) -> Written:
    """Unite undated and mutual relations."""
    return written(session, "ties", consolidate.ties_table(staged(session), session.store().read("identities")))


@table_asset(_GROUP, deps=["readings"])
def unattributed(session: Session) -> Written:
    """Unite acts whose counterpart no export names."""
    return written(session, "unattributed", consolidate.unattributed_table(staged(session)))


@table_asset(_GROUP, deps=["readings"])
def coverage(session: Session) -> Written:
    """Say what the archives can show: class, direction, surface, from when until when."""
    return written(session, "coverage", consolidate.coverage_table(staged(session)))
