"""Link drops; gestures and their answers."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.matching import link_drops
from pipeline.matching.encode import READ
from pipeline.matching.match import Counts, analyses, prepare
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.tie_ends import tie_ends
from pipeline.orchestration.assets.writing import Written, written, written_parts
from pipeline.orchestration.checks import specs
from pipeline.orchestration.resources import Session
from pipeline.orchestration.working_tables import Store


def parameters(session: Session) -> MatchingParameters:
    """Return turn gap and windows as the owner set them."""
    own = session.settings().matching
    return MatchingParameters.from_settings(
        turn_gap_h=own.turn_gap_h,
        window_thread_d=own.window_thread_d,
        window_channel_d=own.window_channel_d,
        window_contact_d=own.window_contact_d,
    )


def risk_set(store: Store) -> RiskSet:
    """Return coverage and known ends of ties, made ready for look-ups."""
    return RiskSet(store.read("coverage"), tie_ends(store.read("ties")))


@dg.multi_asset(
    specs=[
        dg.AssetSpec(name, deps=["interactions"], group_name="matching", kinds={"polars"})
        for name in ("link_drops", "link_droppers")
    ],
    pool="home",
)
def dropped_links(session: Session) -> Iterator[Written]:
    """Find texts that only lead away to the writer's own pages, and who mostly sends such (METHODS 7.3)."""
    found = link_drops.find_link_drops(
        session.store().read("interactions", link_drops.READ), session.settings().own_domains
    )
    yield written(session, "link_drops", found.drops)
    yield written(session, "link_droppers", found.nothing_else.to_frame())


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            name,
            deps=["interactions", "coverage", "contacts", "ties", "link_drops", "united_counts"],
            group_name="matching",
            kinds={"polars"},
        )
        for name in ("gestures", "matching_counts", "prepared", "left_out")
    ],
    check_specs=specs("gestures", "matching_counts"),
    pool="home",
)
def matched(session: Session) -> Iterator[Written]:
    """Match outbound with inbound interactions per contact (METHODS 1), and put each gesture on or off the risk set (2.1)."""
    store = session.store()
    own = prepare(
        store.read("interactions", READ),
        store.read("contacts", ["contact_id", "excluded"]),
        store.read("link_drops", ["interaction_id"]).to_series(),
    )
    # numbers and marks serve the other runs of the matcher too
    yield written(session, "prepared", own.frame())
    yield written(session, "left_out", own.left_out())
    counts = Counts(dict(store.read("united_counts").iter_rows()))

    def parts() -> Iterator[pl.DataFrame]:
        for initiator, outcome, matched in analyses(own, risk_set(store), parameters(session)):
            counts.add(initiator, outcome, matched.counts)
            yield matched.gestures

    yield written_parts(session, "gestures", parts())
    yield written(session, "matching_counts", counts.table())
