"""Link drops; gestures and their answers."""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.writing import Written, written
from pipeline.checks import specs
from pipeline.matching.link_drops import find_link_drops
from pipeline.matching.match import all_gestures
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.tie_ends import tie_ends
from pipeline.session import Session


def parameters(session: Session) -> MatchingParameters:
    """Return turn gap and windows as the owner set them."""
    own = session.settings().matching
    return MatchingParameters.from_settings(
        turn_gap_h=own.turn_gap_h,
        window_thread_d=own.window_thread_d,
        window_channel_d=own.window_channel_d,
        window_contact_d=own.window_contact_d,
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(name, deps=["interactions"], group_name="matching", kinds={"polars"})
        for name in ("link_drops", "link_droppers")
    ],
    pool="home",
)
def dropped_links(session: Session) -> Iterator[Written]:
    """Find texts that only lead away to the writer's own pages, and who mostly sends such (METHODS 7.3)."""
    found = find_link_drops(session.store().read("interactions"), session.settings().own_domains)
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
        for name in ("gestures", "matching_counts")
    ],
    check_specs=specs("gestures", "matching_counts"),
    pool="home",
)
def matched(session: Session) -> Iterator[Written]:
    """Match outbound with inbound interactions per contact (METHODS 1), and put each gesture on or off the risk set (2.1)."""
    store = session.store()
    united = dict(store.read("united_counts").iter_rows())
    gestures, counts = all_gestures(
        store.read("interactions"),
        store.read("coverage"),
        parameters(session),
        store.read("contacts"),
        link_drops=store.read("link_drops")["interaction_id"],
        tie_ends=tie_ends(store.read("ties")),
        united=united,
    )
    yield written(session, "gestures", gestures)
    yield written(session, "matching_counts", counts)
