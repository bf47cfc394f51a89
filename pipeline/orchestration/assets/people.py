"""Figures on people: standing, turns and exchanges, effort, balance, levels, the dance."""

from typing import Annotated

import polars as pl

from pipeline.consolidation.contacts import decided_contacts
from pipeline.contacts.decisions import Decisions
from pipeline.home.settings import Settings
from pipeline.measures.people.alternation import ENCODED_COLUMNS
from pipeline.measures.people.balance import balance_table, outreach
from pipeline.measures.people.balance_scores import balance_scores_table
from pipeline.measures.people.contact_reciprocation import CONTACT_RECIPROCATION_INPUT, contact_reciprocation_table
from pipeline.measures.people.dance import dance_table
from pipeline.measures.people.dormancy import dormant_spans_table
from pipeline.measures.people.effort import EFFORT_INPUT, effort_table, word_counts, words_by_month_table
from pipeline.measures.people.follows import FOLLOWS_INPUT, follows_table
from pipeline.measures.people.funnel import funnel_table
from pipeline.measures.people.level_changes import level_changes_table
from pipeline.measures.people.levels import last_activity, levels_table
from pipeline.measures.people.monthly import MONTHLY_INPUT, monthly_table, sessions
from pipeline.measures.people.opt_ins import OPT_INS_INPUT, opt_ins_table
from pipeline.measures.people.rhythm import rhythm_table
from pipeline.measures.people.standing import STANDING_INPUT, standing_table
from pipeline.measures.people.turns import TURNS_INPUT, exchanges_table, turns_table
from pipeline.orchestration import contact_ids
from pipeline.orchestration.contact_ids import ContactIds, as_enum, as_text
from pipeline.orchestration.exclusions import kept_interactions
from pipeline.orchestration.settings import target_mix, tier_limits
from pipeline.orchestration.table_assets import Columns, Made, table, tables
from pipeline.statistics.concurrency import run_concurrently


@table
def standing(
    contacts: pl.DataFrame,
    identities: pl.DataFrame,
    interactions: Annotated[pl.LazyFrame, Columns(*STANDING_INPUT)],
    ties: pl.DataFrame,
    tie_lists: pl.DataFrame,
    owner_decisions: Decisions,
    settings: Settings,
) -> pl.DataFrame:
    """Each contact's tier with the evidence for it; unknown stays unknown."""
    return standing_table(
        contacts,
        decisions=decided_contacts(identities, owner_decisions),
        ties=ties,
        lists=tie_lists,
        identities=identities,
        interactions=interactions.collect(),
        limits=tier_limits(settings),
    )


@tables(
    turns="Each contact's turns of the outcome `worded`, both sides in one order.",
    exchanges="Exchanges of the outcome `worded`, dated.",
)
def turns_and_exchanges(gestures: Annotated[pl.LazyFrame, Columns(*TURNS_INPUT)], contacts: ContactIds) -> Made:
    """Put each contact's turns in one order and date the exchanges: what the figures on people are made from."""
    worded = as_enum(gestures.filter(pl.col("outcome") == "worded"), contacts)
    yield "turns", as_text(turns_table(worded))
    yield "exchanges", as_text(exchanges_table(worded))


@tables(
    effort="Words and texts that each side wrote, by contact.",
    words_by_month="Words that each side wrote, by month.",
)
def effort_and_words(
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id", *EFFORT_INPUT)],
    exclusions: Annotated[pl.DataFrame, Columns("interaction_id")],
    contacts: ContactIds,
    settings: Settings,
) -> Made:
    """Count the words that each side wrote, by contact and by month."""
    kept = kept_interactions(interactions, exclusions, EFFORT_INPUT)
    counts = word_counts(as_enum(kept, contacts))
    yield "effort", as_text(effort_table(counts))
    yield "words_by_month", words_by_month_table(counts, settings.time_zone)


@tables("balance", "balance_scores")
def balance_and_scores(
    turns: pl.LazyFrame,
    standing: Annotated[pl.LazyFrame, Columns("contact_id", "tier")],
    contacts: ContactIds,
    settings: Settings,
) -> Made:
    """Share outreach and return among tiers, by month and over all, against the owner's target mix; score how evenly."""
    rows = outreach(as_enum(turns, contacts), as_enum(standing, contacts), settings.time_zone)
    mix = target_mix(settings)
    yield "balance", balance_table(rows, mix)
    yield "balance_scores", balance_scores_table(rows, mix, seed=0)


@table
def contact_reciprocation(
    gestures: Annotated[pl.LazyFrame, Columns(*CONTACT_RECIPROCATION_INPUT)],
    effort: pl.LazyFrame,
    contacts: ContactIds,
    settings: Settings,
) -> pl.DataFrame:
    """Each contact's answered share, shrunk; the balance of turns and words."""
    return contact_reciprocation_table(as_enum(gestures, contacts), as_enum(effort, contacts), settings.time_zone)


@table
def dance(
    turns: pl.LazyFrame,
    exchanges: pl.LazyFrame,
    contacts: ContactIds,
    encoded_interactions: pl.LazyFrame,
    as_of: pl.DataFrame,
) -> pl.DataFrame:
    """Who begins, who begins again, how steps alternate."""
    own = contact_ids.turns_and_exchanges(turns, exchanges, contacts)
    return dance_table(*own, contact_ids.encoded(encoded_interactions, ENCODED_COLUMNS), as_of.item())


@table
def rhythm(exchanges: pl.LazyFrame, contacts: ContactIds, as_of: pl.DataFrame) -> pl.DataFrame:
    """The usual gap between a contact's exchanges, and who is overdue by it."""
    return rhythm_table(as_enum(exchanges, contacts), as_of.item())


@table
def follows(ties: Annotated[pl.DataFrame, Columns(*FOLLOWS_INPUT)], tie_lists: pl.DataFrame) -> pl.DataFrame:
    """Who follows whom, and who no longer does."""
    return follows_table(ties, tie_lists)


@tables(
    "level_changes", "levels",
    dormant_spans="From when until when a contact was dormant.",
    opt_ins="When a contact first opted in.",
)  # fmt: skip
def levels_and_changes(
    turns: pl.LazyFrame,
    exchanges: pl.LazyFrame,
    interactions: Annotated[pl.LazyFrame, Columns(*OPT_INS_INPUT)],
    ties: pl.DataFrame,
    contacts: Annotated[pl.DataFrame, Columns("contact_id", "excluded")],
    as_of: pl.DataFrame,
    settings: Settings,
) -> Made:
    """Place each contact on a level each month, from what was known by then, and date the moves."""
    own, zone, end = contact_ids.turns_and_exchanges(turns, exchanges, contacts), settings.time_zone, as_of.item()
    excluded = contacts.filter("excluded")["contact_id"]
    moves, spans, opted = run_concurrently(
        lambda: level_changes_table(*own, zone=zone, as_of=end),
        lambda: dormant_spans_table(*own, zone=zone, as_of=end),
        lambda: as_enum(opt_ins_table(interactions.collect(), ties, excluded), contacts),
    )
    for name, made in (("level_changes", moves), ("dormant_spans", spans), ("opt_ins", opted)):
        yield name, as_text(made)
    last = last_activity(own[0], opted)
    yield "levels", levels_table(as_enum(moves, contacts), opted, spans, zone=zone, as_of=end, last_activity=last)


@table
def funnel(
    turns: pl.LazyFrame,
    exchanges: pl.LazyFrame,
    contacts: pl.DataFrame,
    level_changes: pl.LazyFrame,
    opt_ins: pl.LazyFrame,
    as_of: pl.DataFrame,
) -> pl.DataFrame:
    """Contacts at each stage from stranger to opted in, and the time to it."""
    people, moves, opted = (as_enum(of, contacts) for of in (contacts, level_changes, opt_ins))
    own = contact_ids.turns_and_exchanges(turns, exchanges, contacts)
    return funnel_table(people, *own, level_changes=moves, opt_ins=opted, as_of=as_of.item())


@table
def monthly(
    turns: pl.LazyFrame,
    exchanges: pl.LazyFrame,
    contacts: ContactIds,
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id", *MONTHLY_INPUT)],
    exclusions: Annotated[pl.DataFrame, Columns("interaction_id")],
    words_by_month: pl.DataFrame,
    dormant_spans: pl.DataFrame,
    as_of: pl.DataFrame,
    settings: Settings,
) -> pl.DataFrame:
    """Breadth against depth and effort against return, month by month."""
    kept = kept_interactions(interactions, exclusions, MONTHLY_INPUT)
    return monthly_table(
        *contact_ids.turns_and_exchanges(turns, exchanges, contacts),
        words=words_by_month,
        sessions=sessions(kept),
        dormant_spans=dormant_spans,
        zone=settings.time_zone,
        as_of=as_of.item(),
    )
