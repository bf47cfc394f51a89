"""The matching rules, applied one after the other to encoded interactions.

Entry points:
    encode_interactions(interactions, contacts, link_drops, kept_contacts): once a home; every run of the matcher reads its result.
    match(encoded, initiator, runs): outcomes of gestures in numbers, for any number of runs.
    gesture_tables(encoded, risk, parameters): the table `gestures`, analysis by analysis.
All are pure and don't depend on the order of rows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import polars as pl

from pipeline.matching.adjacent_answers import adjacent_answers
from pipeline.matching.canonical_order import PLACES, add_places, is_initiators, order_time
from pipeline.matching.encoding import TEXTS, encode
from pipeline.matching.exclusions import add_exclusions, exclusions_of
from pipeline.matching.explicit_answers import explicit_answers
from pipeline.matching.gestures import gesture_outcomes, name_gestures
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.turns import assign_turns, turns_of
from pipeline.model.codes import EXCLUSIONS, INITIATORS, OUTCOMES, Initiator, Outcome
from pipeline.model.durations import SECOND
from pipeline.model.schemas import GESTURES

ANALYSES: Final[tuple[tuple[Initiator, Outcome], ...]] = tuple(product(INITIATORS, OUTCOMES))
"""Each initiator with each outcome."""
SLICE_ROWS: Final = 300_000
"""Interactions matched at a time: more need more memory, fewer more time."""


@dataclass(frozen=True, slots=True)
class Run:
    """The parameters of one run of the matcher."""

    outcome: Outcome
    parameters: MatchingParameters
    exclusions: bool = True
    """False: nothing is excluded."""
    links: bool = True
    """False matches as if no export named the interaction that is answered."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Outcomes of gestures (columns `gestures.OUTCOMES`), and how often each rule applied."""

    outcomes: pl.DataFrame
    counts: Mapping[str, int]


def encode_interactions(
    interactions: pl.DataFrame,
    contacts: pl.DataFrame | None = None,
    link_drops: pl.Series | None = None,
    kept_contacts: pl.Series | None = None,
) -> pl.DataFrame:
    """Turn names into numbers, put interactions in order and mark what the exclusions drop.

    Args:
        interactions: at least `encoding.READ` of schema INTERACTIONS, deduplicated; any order.
        contacts: `contact_id`, `excluded`; None: no contact is excluded.
        link_drops: interaction_ids of link drops; inbound ones are excluded.
        kept_contacts: contact_ids of people whom the owner keeps in: no rule excludes what passed between the two.

    Returns:
        What `encoding.encode` returns without TEXTS, with `place_me` and `place_them` (see `canonical_order.add_places`)
        and `exclusion`, the first of EXCLUSIONS that drops the interaction, else null, with `reason`, an Enum.
    """
    encoded = encode(interactions)
    excluded = exclusions_of(encoded, contacts, link_drops, kept_contacts)
    return add_exclusions(add_places(encoded.drop(TEXTS)), excluded)


def match(
    encoded: pl.DataFrame, initiator: Initiator, runs: Sequence[Run], slice_rows: int = SLICE_ROWS
) -> list[Matched]:
    """Match one initiator's gestures, once for each run.

    Args:
        encoded: what `encode_interactions` returns.
        initiator: whose gestures.
        runs: what to count; they share the order of interactions.
        slice_rows: interactions at a time, at least; a contact is never divided.

    Returns:
        One a run, in their order; outcomes are sorted by row.
    """
    found: list[list[Matched]] = [[] for _ in runs]
    for part in slices(encoded, slice_rows):
        interactions = by_lane(part, initiator)
        for of_run, run in zip(found, runs, strict=True):
            kept, dropped = kept_interactions(interactions, run)
            matched = match_turns(assign_turns(kept, run.parameters.turn_gap_us), run)
            of_run.append(Matched(matched.outcomes, {**dropped, **matched.counts}))
    return [_united(of_run) for of_run in found]


def slices(encoded: pl.DataFrame, rows: int) -> Iterator[pl.DataFrame]:
    """Cut a frame sorted by contact into parts of at least `rows` rows between contacts; at least one part."""
    contact = encoded["contact"]
    begin = 0
    while begin + rows < encoded.height:
        end = contact.search_sorted(contact[begin + rows], side="left")
        end = end if end > begin else contact.search_sorted(contact[begin + rows], side="right")
        yield encoded[begin:end]
        begin = end
    yield encoded[begin:]


def by_lane(encoded: pl.DataFrame, initiator: Initiator) -> pl.DataFrame:
    """Select what the rules read, lane by lane, each in its canonical order.

    Args:
        encoded: what `encode_interactions` returns, or a part of it that divides no contact.
        initiator: whose gestures.

    Returns:
        row, contact, channel, thread, lane, is_group, file, linked, target, wordless, exclusion as they are;
        place: in the canonical order; own: the initiator's; at, end: its interval, in µs; order_time, in µs.
        Sorted by lane, then place.
    """
    return (
        encoded.select(
            "row", "contact", "channel", "thread", "lane", "is_group", "file", "linked", "target", "wordless", "exclusion",
            pl.col(PLACES[initiator]).alias("place"),
            is_initiators(initiator).alias("own"),
            "at",
            (pl.col("at") + pl.col("resolution_s") * SECOND).alias("end"),
            order_time(initiator).alias("order_time"),
        )
        .sort("place")
        # two stable sorts by one key each cost a third of one sort by both
        .sort("lane", maintain_order=True)
    )  # fmt: skip


def kept_interactions(interactions: pl.DataFrame, run: Run) -> tuple[pl.DataFrame, dict[str, int]]:
    """Drop the interactions that a run doesn't count.

    Args:
        interactions: what `by_lane` returns.
        run: exclusions and outcome.

    Returns:
        The rows that stay, in their order; and `dropped_<rule>` counts, each row under the first rule that drops it.

    Source: methods:filter, methods:outcomes-worded-and-any.
    """
    counts = {f"dropped_{rule}": 0 for rule in (*EXCLUSIONS, "wordless")}
    if run.exclusions:
        excluded = interactions["exclusion"].drop_nulls().value_counts()
        counts |= {f"dropped_{rule}": number for rule, number in excluded.iter_rows()}
        if not excluded.is_empty():
            interactions = interactions.filter(pl.col("exclusion").is_null())
    if run.outcome == "worded":
        kept = interactions.filter(pl.col("own") | ~pl.col("wordless"))
        counts["dropped_wordless"] = interactions.height - kept.height
        interactions = kept
    if not run.links:
        interactions = interactions.with_columns(pl.lit(value=False).alias("linked"))
    return interactions.drop("wordless", "exclusion"), counts


def match_turns(interactions: pl.DataFrame, run: Run) -> Matched:
    """Find the answers to the gestures among interactions with turns.

    Args:
        interactions: what `turns.assign_turns` returns.
        run: windows.
    """
    turns = turns_of(interactions)
    explicit = explicit_answers(interactions, turns)
    taken = pl.concat([explicit.answers["turn"], explicit.closed])
    adjacent, simultaneous = adjacent_answers(turns, taken, run.parameters)
    outcomes = gesture_outcomes(interactions, turns, pl.concat([explicit.answers, adjacent]))
    counts = {
        "gestures": outcomes.height,
        "simultaneous": simultaneous,
        "dangling_reply_to": explicit.dangling,
        "negative_lag": explicit.negative,
        "uncertain": int(outcomes["uncertain"].sum()),
    }
    return Matched(outcomes, counts)


def _united(parts: list[Matched]) -> Matched:
    """Concatenate the slices of one run."""
    counts = {name: sum(part.counts[name] for part in parts) for name in parts[0].counts}
    return Matched(pl.concat([part.outcomes for part in parts]).rechunk(), counts)


@dataclass(frozen=True, slots=True)
class GestureTable:
    """Gestures of one analysis (schema GESTURES), and how often each rule applied."""

    initiator: Initiator
    outcome: Outcome
    gestures: pl.DataFrame
    counts: Mapping[str, int]


def gesture_tables(
    encoded: pl.DataFrame,
    risk: RiskSet,
    parameters: MatchingParameters,
    *,
    exclusions: bool = True,
    initiators: Collection[Initiator] = INITIATORS,
) -> Iterator[GestureTable]:
    """Match analyses and put every gesture on or off the risk set.

    Args:
        encoded: what `encode_interactions` returns.
        risk: coverage and known ends of ties.
        parameters: turn gap and windows.
        exclusions: False: nothing is excluded.
        initiators: whose gestures.

    Yields:
        One analysis after the other; their gestures are sorted by contact, time and interaction_id of the first interaction.
    """
    for initiator in sorted(initiators):
        outcomes = sorted(outcome for of, outcome in ANALYSES if of == initiator)
        runs = [Run(outcome, parameters, exclusions=exclusions) for outcome in outcomes]
        for run, matched in zip(runs, match(encoded, initiator, runs), strict=True):
            named = name_gestures(matched.outcomes, encoded, initiator, run.outcome)
            assessed = risk.assess(named, initiator, run.outcome)
            gestures = assessed.select(pl.col(name).cast(kind) for name, kind in GESTURES.items())
            yield GestureTable(initiator, run.outcome, gestures, matched.counts)
