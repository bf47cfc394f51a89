"""Rates and lags: the answered share with its doubt and with what chance would give, the lag curves, their quantiles."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.matching.match import Prepared
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.chance.chance import chance as chance_of
from pipeline.measures.reciprocation.comparison_table import comparison_table
from pipeline.measures.reciprocation.dimensions import FIRST, READ, assign
from pipeline.measures.reciprocation.rates import measure_rates
from pipeline.measures.reciprocation.tier_history import dated, tier_history
from pipeline.measures.reciprocation.variants import Runs
from pipeline.orchestration.assets.consolidation import staged
from pipeline.orchestration.assets.inputs import lists_seen, numbered, zone
from pipeline.orchestration.assets.matching import parameters, risk_set
from pipeline.orchestration.assets.writing import Written, table_asset, written
from pipeline.orchestration.checks import specs
from pipeline.orchestration.resources import Session
from pipeline.orchestration.working_tables import Store

_GROUP = "rates"
RATES = ("reciprocation", "response_lag", "lag_quantiles")


def _zone_assumed(store: Store) -> pl.Series:
    return store.read("interactions", ["interaction_id", "zone_assumed"]).filter("zone_assumed")["interaction_id"]


def _tiers(session: Session) -> pl.DataFrame:
    standing = session.store().read("standing", ["contact_id", "tier", "evidence"])
    if not dated(standing):
        return standing.select("contact_id", "tier")
    return tier_history(standing, session.store().read("ties"), lists_seen(staged(session)), zone(session.settings()))


def _smallest_window(of: MatchingParameters) -> int:
    """Return the smallest window of the headline's grades: no share is told beyond it (ruling 7)."""
    return min(of.window_thread_us, of.window_channel_us)


@table_asset(_GROUP, deps=["contacts", "gestures", "levels", "standing", "interactions", "ties"])
def gesture_dimensions(session: Session) -> Written:
    """Give every gesture its value in each dimension: platform, class, month, hour, tier, level … (ruling 15)."""
    store, settings = session.store(), session.settings()
    assumed = None if settings.zone_is_set else _zone_assumed(store)
    assigned = assign(
        numbered(
            store, store.scan("gestures").select(READ if assumed is None or assumed.is_empty() else (*READ, FIRST))
        ),
        time_zone=zone(settings),
        zone_assumed=assumed,
        tiers=numbered(store, _tiers(session)),
        levels=numbered(store, store.scan("levels").select("contact_id", "month", "level")),
    )
    return written(session, "gesture_dimensions", assigned)


@table_asset(_GROUP, deps=["gesture_dimensions", "prepared"])
def chance(session: Session) -> Written:
    """Say what coincidence alone would give: rotations of the inbound stream, analytic and simulated (METHODS 4)."""
    store = session.store()
    table = chance_of(Prepared.of(store.read("prepared")), store.scan("gesture_dimensions"), parameters(session))
    return written(session, "chance", table)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            name,
            deps=["gesture_dimensions", "chance", "prepared", "coverage", "ties"],
            group_name="rates",
            kinds={"polars"},
        )
        for name in RATES
    ],
    check_specs=specs(*RATES),
    pool="home",
)
def rates(session: Session) -> Iterator[Written]:
    """Compute the answered share at 1, 7 and 14 days, the lag curves and their quantiles (METHODS 2 and 3).

    The same with nothing excluded, and with turn gaps of 1, 6 and 24 hours, tells how much hangs on those choices.
    """
    store, own = session.store(), parameters(session)
    others = Runs(Prepared.of(store.read("prepared")), risk_set(store), own)
    measured = measure_rates(
        store.scan("gesture_dimensions"),
        variants=others,
        chance=store.read("chance"),
        window_us=_smallest_window(own),
    )
    for name, table in zip(RATES, (measured.reciprocation, measured.response_lag, measured.lag_quantiles), strict=True):
        yield written(session, name, table)


@table_asset(_GROUP, deps=["gesture_dimensions"])
def comparisons(session: Session) -> Written:
    """Hold every two platforms, classes, tiers, levels against each other (METHODS 8): an association, not a cause."""
    assigned = session.store().scan("gesture_dimensions")
    return written(session, "comparisons", comparison_table(assigned, _smallest_window(parameters(session))))
