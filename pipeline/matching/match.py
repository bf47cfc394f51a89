"""Who answered whom: METHODS 1, all rules, in O(n log n).

Entry points:
    match(interactions, parameters, initiator=…, outcome=…): R0-R6 for one analysis, without risk set.
    all_gestures(interactions, coverage, parameters, contacts): tables `gestures` (both initiators, both outcomes, with
        the risk set of METHODS 2.1) and `matching_counts`.
Both are pure and don't depend on the order of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from pipeline.matching.adjacency import adjacency_passes
from pipeline.matching.explicit import explicit_pass
from pipeline.matching.filters import EXCLUSIONS, exclusion_marks, keep
from pipeline.matching.order import Bools, canonical, encode
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.record import collect_answers, record_gestures
from pipeline.matching.risk import RiskSet
from pipeline.matching.turns import build_turns
from pipeline.schemas import GESTURES, INTERACTIONS

Initiator = Literal["me", "them"]
Outcome = Literal["worded", "any"]
ANALYSES: Final[tuple[tuple[Initiator, Outcome], ...]] = (
    ("me", "worded"), ("me", "any"), ("them", "worded"), ("them", "any"),
)  # fmt: skip
UNITED_COUNTS: Final = ("id_conflict", "edited", "archive_overlap")
"""Names that `deduplicate` counts before any analysis; they stand the same in each."""
SORTED_BY: Final = ("initiator", "outcome", "contact_id", "started_at", "first_interaction_id")
"""How gestures are sorted: by construction, the numbers of `encode` run in the order of names."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Interactions numbered (`order.encode`) and marked with what the exclusions leave out: reusable for several runs."""

    encoded: pl.DataFrame
    marks: dict[str, Bools]


def prepare(
    interactions: pl.DataFrame, contacts: pl.DataFrame | None = None, link_drops: pl.Series | None = None
) -> Prepared:
    """Number and mark interactions (arguments as in `all_gestures`)."""
    encoded = encode(interactions.select(*INTERACTIONS))
    return Prepared(encoded, exclusion_marks(encoded, contacts, link_drops))


@dataclass(frozen=True, slots=True)
class Matched:
    """Gestures of one analysis (schema GESTURES without censored_after_us, at_risk, off_risk_reason), and rule counts."""

    gestures: pl.DataFrame
    counts: dict[str, int]


def match(
    interactions: pl.DataFrame,
    parameters: MatchingParameters,
    *,
    initiator: Initiator,
    outcome: Outcome,
    contacts: pl.DataFrame | None = None,
    link_drops: pl.Series | None = None,
    exclusions: bool = True,
) -> Matched:
    """Match one analysis.

    Args:
        interactions: schema INTERACTIONS, deduplicated (R1); any order.
        parameters: turn gap and windows.
        initiator: whose gestures: `me` (the owner's) or `them`.
        outcome: `worded` or `any` (ruling 3).
        contacts: `contact_id`, `excluded`; None: nobody is excluded.
        link_drops: interaction_ids that 7.3 calls link drops.
        exclusions: False leaves the exclusions of 2.7 off (dimension `exclusions`, value `none`).
    """
    prepared = prepare(interactions, contacts, link_drops)
    return _run(prepared.encoded, prepared.marks if exclusions else {}, parameters, initiator, outcome)


def _run(
    encoded: pl.DataFrame,
    marks: dict[str, Bools],
    parameters: MatchingParameters,
    initiator: str,
    outcome: str,
    *,
    ids: bool = True,
) -> Matched:
    initiator_out = initiator == "me"
    kept, counts = keep(encoded, marks, initiator_out, outcome == "worded")
    events = canonical(encoded, kept, initiator_out, parameters)
    if not len(events):
        empty = {name: kind for name, kind in GESTURES.items() if name not in RiskSet.COLUMNS}
        return Matched(pl.DataFrame(schema=empty), {**_no_counts(), **counts})
    turns = build_turns(events, parameters)
    explicit = explicit_pass(events, turns)
    pairs = adjacency_passes(events, turns, explicit, parameters)
    answers = collect_answers(events, turns, explicit, pairs)
    gestures = record_gestures(encoded, events, turns, answers, initiator=initiator, outcome=outcome, ids=ids)
    counts |= {
        "gestures": gestures.height,
        "simultaneous": pairs.simultaneous,
        "dangling_reply_to": explicit.dangling,
        "negative_lag": explicit.negative,
        "uncertain": int(answers.uncertain.sum()),
    }
    return Matched(gestures, counts)


def _no_counts() -> dict[str, int]:
    return dict.fromkeys(("gestures", "simultaneous", "dangling_reply_to", "negative_lag", "uncertain"), 0)


def all_gestures(
    interactions: pl.DataFrame,
    coverage: pl.DataFrame,
    parameters: MatchingParameters,
    contacts: pl.DataFrame | None = None,
    *,
    link_drops: pl.Series | None = None,
    tie_ends: pl.DataFrame | None = None,
    united: Mapping[str, int] | None = None,
    exclusions: bool = True,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Match all four analyses and put every gesture on or off the risk set.

    Args:
        interactions: schema INTERACTIONS, deduplicated.
        coverage: schema COVERAGE.
        parameters: turn gap and windows.
        contacts: `contact_id`, `excluded`; None: nobody is excluded.
        link_drops: interaction_ids that 7.3 calls link drops; inbound ones are left out.
        tie_ends: `contact_id`, `platform`, `ended_at` (µs): known ends (a block, a deletion, the platform's death).
        united: counts of `deduplicate` (id_conflict, edited …), repeated for each analysis.
        exclusions: False leaves the exclusions of 2.7 off.

    Returns:
        Frame of schema GESTURES sorted by SORTED_BY; frame initiator, outcome, name, value (ruling 17), sorted.
    """
    prepared = prepare(interactions, contacts, link_drops)
    risk = RiskSet(coverage, tie_ends)
    return match_all(prepared, risk, parameters, united=united, exclusions=exclusions)


def match_all(
    prepared: Prepared,
    risk: RiskSet,
    parameters: MatchingParameters,
    *,
    united: Mapping[str, int] | None = None,
    exclusions: bool = True,
    columns: Sequence[str] = tuple(GESTURES),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Do what `all_gestures` does on interactions that are prepared already.

    Args:
        prepared: from `prepare`.
        risk: coverage, made ready.
        parameters: turn gap and windows.
        united: counts of `deduplicate`.
        exclusions: False leaves the exclusions of 2.7 off.
        columns: columns of GESTURES wanted; without gesture_id its hashing is saved, which costs more than the matching (and
            response_interaction_id is null).
    """
    marks = prepared.marks if exclusions else {}
    frames: list[pl.DataFrame] = []
    counts: list[tuple[str, str, str, int]] = []
    for initiator, outcome in sorted(ANALYSES):
        matched = _run(prepared.encoded, marks, parameters, initiator, outcome, ids="gesture_id" in columns)
        frames.append(risk.assess(matched.gestures, initiator, outcome).select(*GESTURES).select(columns))
        named = {**dict.fromkeys(UNITED_COUNTS, 0), **dict(united or {}), **matched.counts}
        counts += [(initiator, outcome, name, value) for name, value in named.items()]
    schema = {"initiator": pl.String, "outcome": pl.String, "name": pl.String, "value": pl.Int64}
    table = pl.DataFrame(counts, schema=schema, orient="row").sort("initiator", "outcome", "name")
    return pl.concat(frames), table


def exclusion_report(
    interactions: pl.DataFrame, contacts: pl.DataFrame | None = None, link_drops: pl.Series | None = None
) -> pl.DataFrame:
    """Return interaction_id and exclusion (the rule) of every interaction that R0's exclusions leave out, sorted."""
    prepared = prepare(interactions, contacts, link_drops)
    encoded, marks = prepared.encoded, prepared.marks
    rule = pl.coalesce(pl.when(pl.Series(name, marks[name])).then(pl.lit(name)) for name in EXCLUSIONS)
    return (
        encoded.select("interaction_id", rule.alias("exclusion"))
        .filter(pl.col("exclusion").is_not_null())
        .sort("interaction_id")
    )
