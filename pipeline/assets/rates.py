"""Rates and lags: the answered share with its doubt, the lag curves, their quantiles."""

from dataclasses import replace

import dagster as dg
import polars as pl

from pipeline.assets.inputs import zone
from pipeline.assets.matching import parameters
from pipeline.assets.writing import Written, written
from pipeline.checks import specs
from pipeline.matching.match import all_gestures
from pipeline.matching.parameters import HOUR
from pipeline.measures.dimensions import Variants, assign
from pipeline.measures.lag_quantiles import lag_quantiles as quantiles_of
from pipeline.measures.levels import level_before
from pipeline.measures.reciprocation import reciprocation as rates_of
from pipeline.measures.response_lag import response_lag as curves_of
from pipeline.session import Session
from pipeline.store import Store

_GROUP = {"group_name": "rates", "kinds": {"polars"}, "pool": "home"}
TURN_GAPS_H = (1, 6, 24)
VARIANTS = (("exclusions", "none"), *(("turn_gap", f"{hours}h") for hours in TURN_GAPS_H))


def _name(dimension: str, value: str) -> str:
    return f"variant_{dimension}_{value}"


def variants(store: Store) -> Variants:
    """Return the other runs of the matcher: nothing excluded, other turn gaps (METHODS 1.2, 2.7)."""
    return {key: store.read(_name(*key)) for key in VARIANTS}


@dg.asset(deps=["interactions", "coverage", "contacts"], group_name="matching", kinds={"polars"}, pool="home")
def gesture_variants(session: Session) -> Written:
    """Match again with nothing excluded, and with turn gaps of 1, 6 and 24 hours: how much do the figures hang on it?"""
    store, own = session.store(), parameters(session)
    interactions, coverage, contacts = (store.read(name) for name in ("interactions", "coverage", "contacts"))
    for dimension, value in VARIANTS:
        excluding = dimension != "exclusions"
        gap = own if not excluding else replace(own, turn_gap_us=int(value.removesuffix("h")) * HOUR)
        gestures, _ = all_gestures(interactions, coverage, gap, contacts, exclusions=excluding)
        store.write(_name(dimension, value), gestures)
    return dg.MaterializeResult(metadata={"runs": len(VARIANTS)})


@dg.asset(deps=["gestures", "levels", "standing", "interactions"], **_GROUP)
def gesture_dimensions(session: Session) -> Written:
    """Give every gesture its value in each dimension: platform, class, month, hour, tier, level … (ruling 15)."""
    store, settings = session.store(), session.settings()
    gestures = store.read("gestures")
    before = pl.from_epoch("started_at", "us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone(settings))
    months = gestures.select(
        "gesture_id",
        "contact_id",
        before.dt.replace_time_zone(None).dt.offset_by("-1mo").dt.strftime("%Y-%m").alias("month"),
    )
    levels = months.join(level_before(gestures, store.read("levels"), zone(settings)), on="gesture_id")
    tiers = months.join(store.read("standing").select("contact_id", "tier"), on="contact_id")
    assumed = store.read("interactions").filter("zone_assumed")["interaction_id"] if not settings.zone_is_set else None
    assigned = assign(
        gestures,
        time_zone=zone(settings),
        zone_assumed=assumed,
        tiers=tiers.select("contact_id", "month", "tier").unique().sort(pl.all()),
        levels=levels.select("contact_id", "month", "level").unique().sort(pl.all()),
    )
    return written(session, "gesture_dimensions", assigned)


@dg.asset(deps=["gesture_dimensions", "gesture_variants"], **_GROUP, check_specs=specs("reciprocation"))
def reciprocation(session: Session) -> Written:
    """Compute the answered share at 1, 7 and 14 days, with interval, checks and chance (METHODS 2 and 4)."""
    store = session.store()
    return written(session, "reciprocation", rates_of(store.read("gesture_dimensions"), variants=variants(store)))


@dg.asset(deps=["gesture_dimensions", "gesture_variants"], **_GROUP, check_specs=specs("response_lag"))
def response_lag(session: Session) -> Written:
    """Draw the answered share as the lag grows, unanswered gestures censored (METHODS 3)."""
    store = session.store()
    return written(session, "response_lag", curves_of(store.read("gesture_dimensions"), variants=variants(store)))


@dg.asset(deps=["gesture_dimensions", "gesture_variants"], **_GROUP, check_specs=specs("lag_quantiles"))
def lag_quantiles(session: Session) -> Written:
    """Say by which lag a share of the gestures is answered, and how long the answers took."""
    store = session.store()
    return written(session, "lag_quantiles", quantiles_of(store.read("gesture_dimensions"), variants=variants(store)))
