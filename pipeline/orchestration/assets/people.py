"""Figures on people: standing, balance, levels, the dance. Rates and lags are in `pipeline.orchestration.assets.rates`."""

from collections.abc import Iterator, Sequence

import dagster as dg
import polars as pl

from pipeline.consolidation.contacts import owner_decisions
from pipeline.measures.people import alternation as alternating
from pipeline.measures.people import balance as balancing
from pipeline.measures.people import contact_reciprocation as reciprocating
from pipeline.measures.people import dance as dancing
from pipeline.measures.people import dormancy, opt_ins
from pipeline.measures.people import effort as efforts
from pipeline.measures.people import funnel as funnelling
from pipeline.measures.people import levels as levelling
from pipeline.measures.people import monthly as months
from pipeline.measures.people import standing as standings
from pipeline.measures.people.timeline import Timeline
from pipeline.measures.reciprocation import answer_kinds as answering
from pipeline.orchestration.assets.consolidation import staged
from pipeline.orchestration.assets.inputs import (
    as_of,
    kept_interactions,
    lists_seen,
    named,
    numbered,
    prepared,
    target_mix,
    tier_limits,
    timeline,
    turn_gestures,
    zone,
)
from pipeline.orchestration.assets.writing import Written, empty_table, table_asset, written
from pipeline.orchestration.checks import specs
from pipeline.orchestration.resources import Session
from pipeline.statistics.concurrency import run_concurrently

_GROUP = "people"


@table_asset(_GROUP, deps=["contacts", "identities", "ties", "interactions"])
def standing(session: Session) -> Written:
    """Place each contact by evidence that is shown; unknown stays unknown (METHODS 5)."""
    store = session.store()
    people = store.read("identities")
    table = standings.standing(
        store.read("contacts"),
        decisions=owner_decisions(people, session.decisions()),
        ties=store.read("ties"),
        lists=lists_seen(staged(session)),
        identities=people,
        interactions=store.read("interactions", standings.INTERACTIONS_READ),
        limits=tier_limits(session.settings()),
    )
    return written(session, "standing", table)


def _working(names: Sequence[str], deps: Sequence[str]) -> list[dg.AssetSpec]:
    return [dg.AssetSpec(name, deps=deps, group_name=_GROUP, kinds={"polars"}) for name in names]


@dg.multi_asset(specs=_working(("turns", "exchanges"), ["contacts", "gestures"]), pool="home")
def timelines(session: Session) -> Iterator[Written]:
    """Put each contact's turns in one order and date the exchanges: what the next figures are made from."""
    told = Timeline.of(turn_gestures(session.store()))
    for name, table in (("turns", told.turns), ("exchanges", told.exchanges)):
        yield written(session, name, named(table))


@dg.multi_asset(specs=_working(("effort", "words_said"), ["contacts", "interactions", "left_out"]), pool="home")
def words(session: Session) -> Iterator[Written]:
    """Count the words that each side wrote, by contact and by month."""
    store, own_zone = session.store(), zone(session.settings())
    told = efforts.said(numbered(store, kept_interactions(store, efforts.READ)))
    yield written(session, "effort", named(efforts.effort(told)))
    yield written(session, "words_said", efforts.words_said(told, own_zone))


@dg.multi_asset(
    specs=_working(("balance", "balance_scores"), ["contacts", "standing", "turns"]),
    check_specs=specs("balance", "balance_scores"),
    pool="home",
)
def balances(session: Session) -> Iterator[Written]:
    """Share outreach and return among tiers, by month and over all, against the owner's target mix; score how evenly."""
    store, settings = session.store(), session.settings()
    tiers = numbered(store, store.scan("standing").select("contact_id", "tier"))
    rows, mix = balancing.outreach(timeline(store).turns, tiers, zone(settings)), target_mix(settings)
    yield written(session, "balance", balancing.balance(rows, mix))
    yield written(session, "balance_scores", balancing.balance_scores(rows, mix, seed=0))


@table_asset(_GROUP, deps=["contacts", "effort", "gestures"])
def contact_reciprocation(session: Session) -> Written:
    """Shrink each contact's answered share, and balance turns and words (METHODS 2.4 to 2.6)."""
    store, settings = session.store(), session.settings()
    table = reciprocating.contact_reciprocation(
        turn_gestures(store, "censored_after_us", outcome=None),
        numbered(store, store.scan("effort")),
        zone(settings),
    )
    return written(session, "contact_reciprocation", table)


@table_asset(_GROUP, deps=["contacts", "exchanges", "interactions", "prepared", "turns"])
def dance(session: Session) -> Written:
    """Say who begins, who begins again, how steps alternate (METHODS 6)."""
    store = session.store()
    return written(
        session,
        "dance",
        dancing.dance(timeline(store), prepared(store, alternating.READ), as_of(store)),
    )


@dg.multi_asset(
    specs=_working(
        ("level_changes", "dormant_spans", "opted_in", "levels"),
        ["contacts", "exchanges", "interactions", "ties", "turns"],
    ),
    check_specs=specs("level_changes", "levels"),
    pool="home",
)
def levelled(session: Session) -> Iterator[Written]:
    """Place each contact on a level each month, from events up to then, and date the moves."""
    store, own_zone = session.store(), zone(session.settings())
    told, end = timeline(store), as_of(store)
    excluded = store.read("contacts", ["contact_id", "excluded"]).filter("excluded")["contact_id"]
    moves, spans, opted = run_concurrently(
        lambda: levelling.level_changes(told, own_zone, end),
        lambda: dormancy.dormant_spans(told, own_zone, end),
        lambda: numbered(
            store, opt_ins.opt_ins(store.read("interactions", opt_ins.READ), store.read("ties"), excluded)
        ),
    )
    for name, table in (("level_changes", moves), ("dormant_spans", spans), ("opted_in", opted)):
        yield written(session, name, named(table))
    last = [told.turns.select("contact_id", pl.col("last_at").alias("at")), opted.select("contact_id", "at")]
    quiet_since = pl.concat(last).group_by("contact_id").agg(pl.col("at").max())
    yield written(session, "levels", levelling.levels(numbered(store, moves), opted, spans, own_zone, end, quiet_since))


@table_asset(_GROUP, deps=["contacts", "exchanges", "interactions", "level_changes", "opted_in", "turns"])
def funnel(session: Session) -> Written:
    """Count contacts from stranger to opted in, and the time to each stage."""
    store = session.store()
    contacts, moves, opted = (numbered(store, store.scan(name)) for name in ("contacts", "level_changes", "opted_in"))
    table = funnelling.funnel(contacts, timeline(store), moves, opted, as_of(store))
    return written(session, "funnel", table)


@table_asset(_GROUP, deps=["gestures", "interactions", "left_out"])
def answer_kinds(session: Session) -> Written:
    """Tell whether gestures are answered in like fashion, or how else."""
    store = session.store()
    return written(
        session,
        "answer_kinds",
        answering.answer_kinds(
            store.read("gestures", answering.READ), store.read("interactions", ["interaction_id", "kind"])
        ),
    )


@table_asset(_GROUP, deps=["contacts", "dormant_spans", "exchanges", "interactions", "left_out", "turns", "words_said"])
def monthly(session: Session) -> Written:
    """Set breadth against depth and effort against return, month by month."""
    store, own_zone = session.store(), zone(session.settings())
    sat = months.sessions(kept_interactions(store, months.READ))
    table = months.monthly(
        timeline(store), store.read("words_said"), sat, store.read("dormant_spans"), own_zone, as_of(store)
    )
    return written(session, "monthly", table)


@table_asset(_GROUP, deps=["interactions"])
def craft(session: Session) -> Written:
    """Hold what the owner's texts are like; filled by a later part."""
    return empty_table(session, "craft")


@table_asset(_GROUP, deps=["interactions"])
def tone(session: Session) -> Written:
    """Hold what inbound texts are like; filled by a later part."""
    return empty_table(session, "tone")
