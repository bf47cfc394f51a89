"""Rates and lags: the answered share with its doubt and with what chance would give, the lag curves, their quantiles."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.assets.inputs import kept_interactions, zone
from pipeline.assets.matching import parameters
from pipeline.assets.writing import Written, table_asset, written
from pipeline.checks import specs
from pipeline.matching.match import all_gestures
from pipeline.matching.tie_ends import tie_ends
from pipeline.measures.chance import adjacent
from pipeline.measures.chance import chance as chance_of
from pipeline.measures.comparison_table import comparison_table
from pipeline.measures.dimensions import PREFIX, assign
from pipeline.measures.levels import level_before
from pipeline.measures.rates import measure_rates
from pipeline.measures.variants import variants
from pipeline.session import Session

_GROUP = "rates"
RATES = ("reciprocation", "response_lag", "lag_quantiles")


@table_asset(_GROUP, deps=["gestures", "levels", "standing", "interactions"])
def gesture_dimensions(session: Session) -> Written:
    """Give every gesture its value in each dimension: platform, class, month, hour, tier, level … (ruling 15)."""
    store, settings = session.store(), session.settings()
    gestures = store.read("gestures")
    local = pl.from_epoch("started_at", "us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone(settings))
    before = local.dt.replace_time_zone(None).dt.offset_by("-1mo").dt.strftime("%Y-%m").alias("month")
    months = gestures.select("gesture_id", "contact_id", before)
    levels = months.join(level_before(gestures, store.read("levels"), zone(settings)), on="gesture_id")
    tiers = months.join(store.read("standing").select("contact_id", "tier"), on="contact_id")
    assumed = None if settings.zone_is_set else store.read("interactions").filter("zone_assumed")["interaction_id"]
    assigned = assign(
        gestures,
        time_zone=zone(settings),
        zone_assumed=assumed,
        tiers=tiers.select("contact_id", "month", "tier").unique().sort(pl.all()),
        levels=levels.select("contact_id", "month", "level").unique().sort(pl.all()),
    )
    return written(session, "gesture_dimensions", assigned)


@table_asset(
    _GROUP, deps=["gestures", "gesture_dimensions", "interactions", "coverage", "contacts", "ties", "link_drops"]
)
def chance(session: Session) -> Written:
    """Say what coincidence alone would give: rotations of the inbound stream, analytic and simulated (METHODS 4)."""
    store, own = session.store(), parameters(session)
    gestures, interactions = store.read("gestures"), store.read("interactions")
    coverage, contacts = store.read("coverage"), store.read("contacts")
    drops, ends = store.read("link_drops")["interaction_id"], tie_ends(store.read("ties"))

    def rematch(rows: pl.DataFrame) -> pl.DataFrame:
        return all_gestures(rows, coverage, own, contacts, link_drops=drops, tie_ends=ends)[0]

    unlinked = adjacent(interactions, gestures, rematch)
    assigned = store.read("gesture_dimensions")
    # rows of `assigned` are in the order of `gestures`
    names = [name for name in assigned.columns if name.startswith(PREFIX) and name != f"{PREFIX}all"]
    dimensions = gestures.select("gesture_id").hstack(
        assigned.select(pl.col(name).cast(pl.String).alias(name.removeprefix(PREFIX)) for name in names)
    )
    table = chance_of(
        gestures,
        unlinked,
        kept_interactions(store),
        dimensions,
        turn_gap_us=own.turn_gap_us,
        window_us=own.window_channel_us,
        window_contact_us=own.window_contact_us,
    )
    return written(session, "chance", table)


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            name,
            deps=["gesture_dimensions", "chance", "interactions", "coverage", "contacts", "ties", "link_drops"],
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
    store = session.store()
    others = variants(
        store.read("interactions"),
        store.read("coverage"),
        parameters(session),
        store.read("contacts"),
        link_drops=store.read("link_drops")["interaction_id"],
        tie_ends=tie_ends(store.read("ties")),
        headline=store.read("gestures"),
    )
    measured = measure_rates(store.read("gesture_dimensions"), variants=others, chance=store.read("chance"))
    for name, table in zip(RATES, (measured.reciprocation, measured.response_lag, measured.lag_quantiles), strict=True):
        yield written(session, name, table)


@table_asset(_GROUP, deps=["gesture_dimensions"])
def comparisons(session: Session) -> Written:
    """Hold every two platforms, classes, tiers, levels against each other (METHODS 8): an association, not a cause."""
    return written(session, "comparisons", comparison_table(session.store().read("gesture_dimensions")))
