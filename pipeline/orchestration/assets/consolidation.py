"""All archives together: who is who, and every act once."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.consolidation.accounts import accounts_table
from pipeline.consolidation.archives import archives_table
from pipeline.consolidation.contacts import contacts_table, excluded_contacts, owner_decisions
from pipeline.consolidation.coverage import coverage_table
from pipeline.consolidation.identities import identities_table
from pipeline.consolidation.interactions import consolidated_interactions
from pipeline.consolidation.ledger import ledger_tables
from pipeline.consolidation.stagings import StagedArchive, staged_archives
from pipeline.consolidation.ties import ties_table
from pipeline.consolidation.unattributed import unattributed_table
from pipeline.matching import automatic_senders
from pipeline.orchestration.assets.writing import Written, empty_table, table_asset, written
from pipeline.orchestration.checks import specs
from pipeline.orchestration.resources import Session

_GROUP = "uniting"


def staged(session: Session) -> list[StagedArchive]:
    """Return what uniting needs of each reading of this run."""
    return staged_archives(session.store().read("readings"))


@table_asset(_GROUP, deps=["readings"])
def identities(session: Session) -> Written:
    """Decide who is who: identities joined by strong evidence and by the owner's decisions."""
    return written(session, "identities", identities_table(staged(session), session.decisions()))


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
    united = consolidated_interactions(archives, people)
    members, set_aside = ledger_tables(archives, people, united)
    counts = pl.DataFrame(sorted(united.counts.items()), schema={"name": pl.String, "value": pl.Int64}, orient="row")
    yield written(session, "interactions", united.interactions)
    yield written(session, "members", members)
    yield written(session, "set_aside", set_aside)
    yield written(session, "united_counts", counts)


@table_asset(_GROUP, deps=["readings", "set_aside"])
def archives(session: Session) -> Written:
    """List the archives with their state."""
    store = session.store()
    table = archives_table(staged(session), store.read("readings"), store.read("set_aside"))
    return written(session, "archives", table)


@table_asset(_GROUP, deps=["readings"])
def accounts(session: Session) -> Written:
    """List the owner's accounts."""
    return written(session, "accounts", accounts_table(staged(session)))


@table_asset(_GROUP, deps=["identities", "interactions", "link_droppers"])
def contacts(session: Session) -> Written:
    """List the people, with what leaves some of them out of the figures."""
    store = session.store()
    people, acts = store.read("identities"), store.read("interactions", automatic_senders.READ)
    droppers = store.read("link_droppers")["contact_id"]
    excluded = excluded_contacts(acts, owner_decisions(people, session.decisions()), droppers)
    return written(session, "contacts", contacts_table(people, acts, excluded))


@table_asset(_GROUP, deps=["readings", "identities"])
def ties(session: Session) -> Written:
    """Unite undated and mutual relations."""
    return written(session, "ties", ties_table(staged(session), session.store().read("identities")))


@table_asset(_GROUP, deps=["readings"])
def unattributed(session: Session) -> Written:
    """Unite acts whose counterpart no export names."""
    return written(session, "unattributed", unattributed_table(staged(session)))


@table_asset(_GROUP, deps=["readings"])
def coverage(session: Session) -> Written:
    """Say what the archives can show: class, direction, surface, from when until when."""
    return written(session, "coverage", coverage_table(staged(session)))
